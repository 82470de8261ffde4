//! Issuing access tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::ids::{GrantId, HolderId};
use tallyport_domain::oauth::{AuthMethod, GrantScopes, OauthError};
use zeroize::Zeroizing;

use super::{Claims, Confirmation, TYPE};
use crate::Services;
use crate::authorization::{Client, ClientProof, OauthFault};
use crate::caller::CallFrom;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// What a token request gave.
#[derive(Debug)]
pub struct IssuedToken {
    /// The JWT.
    pub access_token: Zeroizing<String>,
    /// Whether it is bound to a DPoP key.
    pub is_bound: bool,
    /// For how many seconds it is good.
    pub expires_in_s: u32,
    /// What it allows.
    pub scopes: GrantScopes,
    /// What gets the next one.
    pub refresh_token: Option<Zeroizing<String>>,
    /// Who the holder is, for the client.
    pub id_token: Option<Zeroizing<String>>,
    /// The payments that were consented to, as JSON.
    pub details: Option<serde_json::Value>,
}

/// Why no token is issued to an application that shows its secret.
#[derive(Debug, thiserror::Error)]
pub enum IssueRefusal {
    /// Key and secret do not go together, or no longer.
    #[error("the client is not who it says")]
    InvalidClient,
    /// The credentials are for live, where nothing may be done for the application at the moment.
    #[error("the application has no live rights")]
    NotApproved,
    /// The client is who it says, but calls from a network that it may not call from.
    #[error("the client may not call from this network")]
    Network,
    /// A scope is unknown or not the application's to ask for, or its profile wants more than a
    /// secret.
    #[error("the scope is not to be had")]
    InvalidScope,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Whom a token is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The application itself.
    Application,
    /// A holder who gave the application something.
    Holder { id: HolderId, grant_id: GrantId, signed_in_at_s: i64, details: &'a str },
}

/// What goes into a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Minted<'a> {
    pub(crate) client: &'a Client,
    pub(crate) subject: Subject<'a>,
    pub(crate) scopes: GrantScopes,
    pub(crate) resource: &'a str,
    pub(crate) jkt: Option<&'a str>,
}

impl Services {
    /// Issues a token to an application that shows its credentials. Without a wish it carries every
    /// scope that the application has: in live, what the permissions in force give.
    pub async fn issue_token(
        &self,
        api_key: &str,
        api_secret: &str,
        scope: Option<&str>,
        from: CallFrom,
    ) -> Result<IssuedToken, IssueRefusal> {
        let proof =
            ClientProof::Secret { method: AuthMethod::ClientSecretBasic, client_id: api_key, secret: api_secret };
        let client = self.authenticate_client(&proof, from).await.map_err(|fault| match fault {
            OauthFault::Refused(refusal) if refusal.error == OauthError::UnauthorizedClient => IssueRefusal::Network,
            OauthFault::Refused(_) => IssueRefusal::InvalidClient,
            OauthFault::Service(error) => IssueRefusal::Service(error),
        })?;
        self.issue_to_client(&client, scope, None, None).await.map_err(|fault| match fault {
            OauthFault::Refused(refusal) if refusal.error == OauthError::UnauthorizedClient => {
                IssueRefusal::NotApproved
            }
            OauthFault::Refused(_) => IssueRefusal::InvalidScope,
            OauthFault::Service(error) => IssueRefusal::Service(error),
        })
    }

    /// Signs an access token.
    pub(crate) fn mint(&self, minted: &Minted<'_>) -> Result<IssuedToken, ServiceError> {
        let Minted { client, subject, scopes, resource, jkt } = *minted;
        let now_s = self.clock().now_ms().div_euclid(1000);
        let lifetime_s = client.settings.lifetimes.access_token_s();
        let mut claims = Claims {
            iss: self.issuer().to_owned(),
            sub: client.id.application_id.to_string(),
            aud: resource.to_owned(),
            client_id: client.api_key.to_string(),
            iat: now_s,
            nbf: now_s,
            exp: now_s + i64::from(lifetime_s),
            jti: URL_SAFE_NO_PAD.encode(random_bytes::<16>(self.randomness())),
            scope: scopes.to_string(),
            environment: client.id.environment.to_string(),
            application_id: None,
            grant_id: None,
            auth_time: None,
            cnf: jkt.map(|jkt| Confirmation { jkt: jkt.to_owned() }),
            authorization_details: None,
        };
        if let Subject::Holder { id, grant_id, signed_in_at_s, details } = subject {
            claims.sub = id.to_string();
            claims.application_id = Some(client.id.application_id.to_string());
            claims.grant_id = Some(grant_id.to_string());
            claims.auth_time = Some(signed_in_at_s);
            if !details.is_empty() {
                let details = serde_json::from_str(details);
                claims.authorization_details =
                    Some(details.map_err(|_| ServiceError::broken("stored details are no JSON"))?);
            }
        }
        Ok(IssuedToken {
            access_token: self.signing_key()?.sign_jwt(TYPE, &claims)?,
            is_bound: jkt.is_some(),
            expires_in_s: lifetime_s,
            scopes,
            refresh_token: None,
            id_token: None,
            details: claims.authorization_details,
        })
    }
}
