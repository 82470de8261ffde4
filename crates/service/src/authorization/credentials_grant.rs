//! `client_credentials`: a token for the application itself (RFC 6749, 4.4).

use tallyport_domain::Environment;
use tallyport_domain::oauth::{AuthMethod, GrantScopes, OauthError};
use tallyport_domain::scope::ScopeSet;

use super::client::Client;
use super::{OauthFault, refuse};
use crate::Services;
use crate::tokens::{IssuedToken, Minted, Subject};

impl Services {
    /// Issues a token about the application itself.
    pub async fn issue_to_client(
        &self,
        client: &Client,
        scope: Option<&str>,
        resource: Option<&str>,
        jkt: Option<&str>,
    ) -> Result<IssuedToken, OauthFault> {
        if client.method == AuthMethod::None {
            return Err(refuse(OauthError::UnauthorizedClient, "A public client has no token for itself."));
        }
        self.demand_binding(client, jkt)?;
        let all = GrantScopes::of_api(self.scopes_of(client).await?);
        let scopes = all
            .narrowed(scope)
            .ok()
            .filter(|scopes| !scopes.is_empty())
            .ok_or_else(|| refuse(OauthError::InvalidScope, "Ask only for scopes that the application has."))?;
        let resource = self.resource(resource)?;
        Ok(self.mint(&Minted { client, subject: Subject::Application, scopes, resource, jkt })?)
    }

    /// What the application may ask for: in live, what the permissions in force give.
    pub(super) async fn scopes_of(&self, client: &Client) -> Result<ScopeSet, OauthFault> {
        if client.id.environment == Environment::Sandbox {
            return Ok(ScopeSet::all());
        }
        let mut reader = self.db().read().await?;
        let standing = self.live_standing(&mut reader, client.id.application_id).await?;
        if standing.is_open() {
            return Ok(standing.scopes());
        }
        let description = "The application has no live rights now; its permissions page says why and what to do.";
        Err(refuse(OauthError::UnauthorizedClient, description))
    }

    /// What tokens may be for: the API, by the platform's address or by its own.
    pub(crate) fn resources(&self) -> [String; 2] {
        [self.issuer().to_owned(), format!("{}/v1", self.issuer())]
    }

    /// The resource that a client names (RFC 8707).
    pub(super) fn resource<'r>(&'r self, named: Option<&'r str>) -> Result<&'r str, OauthFault> {
        match named {
            None => Ok(self.issuer()),
            Some(named) if self.resources().iter().any(|resource| resource == named) => Ok(named),
            Some(_) => Err(refuse(OauthError::InvalidTarget, "The only resource is the API: leave resource out.")),
        }
    }

    /// Refuses unbound tokens to clients whose profile wants them bound.
    pub(super) fn demand_binding(&self, client: &Client, jkt: Option<&str>) -> Result<(), OauthFault> {
        if jkt.is_none() && client.settings.profile.demands_bound_tokens() {
            return Err(refuse(OauthError::InvalidDpopProof, "The profile fapi2 needs a DPoP proof."));
        }
        Ok(())
    }
}
