//! Settings of the outside OpenID provider that people may sign in with.

use std::path::PathBuf;

use clap::{ArgMatches, Args};
use tallyport_service::identity::outside::{InvalidProvider, OutsideProvider, ProviderSettings};
use zeroize::Zeroizing;

use crate::exit::{Exit, Failure};
use crate::settings::secret::{self, Secret};

/// Signing in elsewhere.
#[derive(Args, Debug)]
#[command(next_help_heading = "Outside sign-in")]
pub struct OpenIdSettings {
    /// Issuer of an OpenID provider that people may sign in with, such as https://login.example.com
    #[arg(long, env = "TALLYPORT_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<String>,

    /// As whom Tallyport is registered there; the redirect URI is <public-url>/signin/callback.
    #[arg(long, env = "TALLYPORT_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,

    /// The client's secret; better given as a file.
    #[arg(long, env = "TALLYPORT_OIDC_CLIENT_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<Secret>,

    /// File that holds the client's secret.
    #[arg(long, env = "TALLYPORT_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub oidc_client_secret_file: Option<PathBuf>,

    /// What the button says, such as the company's name [default: the issuer's host]
    #[arg(long, env = "TALLYPORT_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,
}

impl OpenIdSettings {
    /// Replaces the secret by what its file holds, where the file was given closer to the command.
    pub(super) fn resolve(&mut self, matches: &ArgMatches) -> Result<(), Failure> {
        self.oidc_client_secret = secret::choose(
            matches,
            ("oidc_client_secret", self.oidc_client_secret.take()),
            ("oidc_client_secret_file", self.oidc_client_secret_file.as_deref()),
            Exit::Setting,
        )?;
        Ok(())
    }

    /// The provider, where one is set.
    ///
    /// # Errors
    /// When a part is missing or wrong.
    pub fn provider(&self) -> Result<Option<OutsideProvider>, Failure> {
        let bad = |error: InvalidProvider| Failure::new(Exit::Setting, format!("oidc: {error}"));
        let Some(issuer) = &self.oidc_issuer else {
            let is_partial = self.oidc_client_id.is_some() || self.oidc_client_secret.is_some();
            return if is_partial { Err(bad(InvalidProvider::Incomplete)) } else { Ok(None) };
        };
        let host = issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(issuer);
        let settings = ProviderSettings {
            issuer: issuer.clone(),
            client_id: self.oidc_client_id.clone().unwrap_or_default(),
            client_secret: Zeroizing::new(
                self.oidc_client_secret.as_ref().map(Secret::expose).unwrap_or_default().to_owned(),
            ),
            name: self.oidc_name.clone().unwrap_or_else(|| host.to_owned()),
        };
        OutsideProvider::new(settings).map(Some).map_err(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: Option<&str>, client_id: Option<&str>, secret: Option<&str>) -> OpenIdSettings {
        OpenIdSettings {
            oidc_issuer: issuer.map(str::to_owned),
            oidc_client_id: client_id.map(str::to_owned),
            oidc_client_secret: secret.map(|text| text.parse().unwrap()),
            oidc_client_secret_file: None,
            oidc_name: None,
        }
    }

    #[test]
    fn a_provider_is_whole_or_not_there() {
        let issuer = Some("https://login.example");
        assert!(settings(None, None, None).provider().unwrap().is_none());
        assert!(settings(issuer, Some("us"), Some("secret")).provider().unwrap().is_some());
        for (issuer, id, secret) in [
            (None, Some("us"), Some("secret")),
            (issuer, None, Some("secret")),
            (issuer, Some("us"), None),
            (Some("http://login.example"), Some("us"), Some("secret")),
        ] {
            assert!(settings(issuer, id, secret).provider().is_err(), "{issuer:?} {id:?}");
        }
    }
}
