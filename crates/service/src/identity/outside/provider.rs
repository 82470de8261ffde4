//! The provider: what the operator says about it, what it says about itself, and its keys.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jsonwebtoken::jwk::JwkSet;
use oauth2::http::header::{ACCEPT, HeaderValue};
use oauth2::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::ports::{OutsideHttp, OutsideHttpError};

/// For how long what the provider says about itself is believed without asking again.
const REMEMBERED_MS: i64 = 10 * 60 * 1000;

/// What the operator says about a provider.
#[derive(Clone)]
pub struct ProviderSettings {
    /// The issuer, as it stands in its tokens.
    pub issuer: String,
    /// As whom we are known there.
    pub client_id: String,
    /// What we prove it by.
    pub client_secret: Zeroizing<String>,
    /// What the button says.
    pub name: String,
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The provider cannot be used by these settings.
#[derive(Debug, thiserror::Error)]
pub enum InvalidProvider {
    /// The issuer is no address, or would be asked without encryption across a network.
    #[error("the issuer has to be an https:// URL (http:// only on this machine)")]
    Issuer,
    /// A part is missing.
    #[error("issuer, client id and client secret are all needed")]
    Incomplete,
    /// The certificates of this machine.
    #[error("TLS towards the provider cannot be prepared")]
    Tls(#[from] OutsideHttpError),
}

/// A provider that people may sign in with.
pub struct OutsideProvider {
    pub(super) settings: ProviderSettings,
    pub(super) http: OutsideHttp,
    known: Mutex<Option<(Arc<Discovered>, i64)>>,
}

impl fmt::Debug for OutsideProvider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(out)
    }
}

/// What the provider says about itself (OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Deserialize)]
pub(super) struct Discovered {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
}

/// Why the provider was of no use. For the log, not for the person.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProviderError {
    #[error("the provider does not answer: {0}")]
    Http(#[from] OutsideHttpError),
    #[error("the provider answers {0}")]
    Status(u16),
    #[error("the provider's answer is not what it should be: {0}")]
    Form(&'static str),
    #[error("the provider does not give a token for the code")]
    Exchange,
    #[error("the ID token is not good: {0}")]
    Token(&'static str),
}

impl OutsideProvider {
    /// A provider by its settings. It is not asked yet.
    pub fn new(settings: ProviderSettings) -> Result<Self, InvalidProvider> {
        if settings.client_id.is_empty() || settings.client_secret.is_empty() {
            return Err(InvalidProvider::Incomplete);
        }
        if !is_safe(&settings.issuer) {
            return Err(InvalidProvider::Issuer);
        }
        Ok(Self { settings, http: OutsideHttp::new()?, known: Mutex::default() })
    }

    /// What the provider says about itself, asked anew when that was long ago.
    pub(super) async fn discover(&self, now_ms: i64) -> Result<Arc<Discovered>, ProviderError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((discovered, at_ms)) = known
            && (0..REMEMBERED_MS).contains(&(now_ms - at_ms))
        {
            return Ok(discovered);
        }
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let discovered: Discovered = self.get(&address).await?;
        // Section 4.3: otherwise somebody else's document could be used here.
        if discovered.issuer != self.settings.issuer {
            return Err(ProviderError::Form("it names another issuer"));
        }
        let addresses = [&discovered.authorization_endpoint, &discovered.token_endpoint, &discovered.jwks_uri];
        if !addresses.into_iter().all(|address| is_safe(address)) {
            return Err(ProviderError::Form("an address of it is not https"));
        }
        let discovered = Arc::new(discovered);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&discovered), now_ms));
        Ok(discovered)
    }

    /// The keys that its tokens are signed with, asked anew each time: they change without notice.
    pub(super) async fn keys(&self, discovered: &Discovered) -> Result<JwkSet, ProviderError> {
        self.get(&discovered.jwks_uri).await
    }

    async fn get<T: DeserializeOwned>(&self, address: &str) -> Result<T, ProviderError> {
        let mut request = HttpRequest::new(Vec::new());
        *request.uri_mut() = address.parse().map_err(|_| ProviderError::Form("an address of it cannot be read"))?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let answer: HttpResponse = self.http.call(request).await?;
        if !answer.status().is_success() {
            return Err(ProviderError::Status(answer.status().as_u16()));
        }
        serde_json::from_slice(answer.body()).map_err(|_| ProviderError::Form("not the JSON that is defined"))
    }
}

/// Encrypted, or on this machine.
fn is_safe(address: &str) -> bool {
    let Ok(url) = address.parse::<Url>() else { return false };
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn providers_are_asked_in_the_open_on_this_machine_only() {
        for address in ["https://login.example/tenant", "http://127.0.0.1:9000", "http://localhost", "http://[::1]:1"] {
            assert!(is_safe(address), "{address}");
        }
        for address in ["http://login.example", "ftp://127.0.0.1", "login.example", "", "http://127.0.0.1.evil.example"]
        {
            assert!(!is_safe(address), "{address}");
        }
    }
}
