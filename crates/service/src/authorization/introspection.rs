//! Introspection (RFC 7662): what a token is, for the client that it belongs to and for nobody else.

use tallyport_storage::authorization::{grants, refresh_tokens};

use super::OauthFault;
use super::client::Client;
use crate::Services;
use crate::secrets::OneTimeToken;

/// What is said of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Introspection {
    /// It is good; these are its claims.
    Active(serde_json::Value),
    /// It is not, or it is somebody else's.
    Inactive,
}

impl Services {
    /// What a token of this client is.
    pub async fn introspect(&self, client: &Client, token: &str) -> Result<Introspection, OauthFault> {
        if let Ok(verified) = self.verified(token).await? {
            let caller = &verified.caller;
            let is_own =
                caller.application_id == client.id.application_id && caller.environment == client.id.environment;
            if !is_own {
                return Ok(Introspection::Inactive);
            }
            // What the permissions in force no longer give, the token does not allow.
            let Ok(caller) = self.capped(caller.clone()).await? else { return Ok(Introspection::Inactive) };
            let about = verified.caller.holder.as_ref().map(|holder| holder.about);
            let scopes = about.unwrap_or_default().with_api(caller.scopes);
            return Ok(active_access(&verified, &scopes.to_string()));
        }
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let found = refresh_tokens::find(&mut reader, &OneTimeToken::hash(token)).await?;
        let own = found.filter(|record| record.token.client == client.id);
        let good = own.filter(|record| record.token.replaced_at_ms.is_none() && now_ms < record.token.expires_at_ms);
        let Some(record) = good else { return Ok(Introspection::Inactive) };
        let grant = grants::find(&mut reader, record.grant_id).await?.filter(|grant| grant.is_alive(now_ms));
        let Some(grant) = grant else { return Ok(Introspection::Inactive) };
        let mut claims = serde_json::json!({
            "active": true,
            "iss": self.issuer(),
            "sub": grant.holder_id.to_string(),
            "client_id": client.api_key.to_string(),
            "scope": grant.scopes.to_string(),
            "exp": record.token.expires_at_ms.div_euclid(1000),
        });
        if let Some(jkt) = &record.token.jkt {
            claims["cnf"] = serde_json::json!({ "jkt": jkt });
        }
        Ok(Introspection::Active(claims))
    }
}

fn active_access(verified: &crate::tokens::Verified, scope: &str) -> Introspection {
    let mut said = serde_json::json!({
        "active": true,
        "token_type": if verified.jkt().is_some() { "DPoP" } else { "Bearer" },
    });
    // Claims of ours always serialize to an object.
    if let (Some(said), Ok(serde_json::Value::Object(claims))) =
        (said.as_object_mut(), serde_json::to_value(&verified.claims))
    {
        said.extend(claims);
        said.insert("scope".to_owned(), scope.into());
    }
    Introspection::Active(said)
}
