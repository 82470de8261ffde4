//! Issuing: `client_credentials` of RFC 6749 with the application's `api_key` and `api_secret`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, Header};
use tallyport_domain::Environment;
use tallyport_domain::scope::ScopeSet;
use zeroize::Zeroizing;

use super::{Claims, LIFETIME_S, TYPE};
use crate::Services;
use crate::caller::CallFrom;
use crate::credentials::Credential;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// A token that was issued.
#[derive(Debug)]
pub struct IssuedToken {
    /// The JWT.
    pub access_token: Zeroizing<String>,
    /// For how many seconds it is good.
    pub expires_in_s: u32,
    /// What it allows.
    pub scopes: ScopeSet,
}

/// Why no token is issued. Which part was wrong is not told to somebody who has not proven who they
/// are.
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
    /// A scope is unknown or not the application's to ask for.
    #[error("the scope is not to be had")]
    InvalidScope,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
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
        let credential = match api_key.parse() {
            Ok(api_key) => self.find_credential(api_key).await?,
            Err(_) => None,
        };
        let credential =
            credential.filter(|credential| credential.secret.matches(api_secret)).ok_or(IssueRefusal::InvalidClient)?;
        self.note_use(&credential);
        if !credential.may_be_used(from) {
            return Err(IssueRefusal::Network);
        }
        let had = self.scopes_of(&credential).await?;
        let scopes = match scope.map(str::trim) {
            None | Some("") => had,
            Some(wanted) => wanted.parse().map_err(|_| IssueRefusal::InvalidScope)?,
        };
        if scopes.is_empty() || scopes.intersection(had) != scopes {
            return Err(IssueRefusal::InvalidScope);
        }
        Ok(self.sign_token(&credential, scopes)?)
    }

    async fn scopes_of(&self, credential: &Credential) -> Result<ScopeSet, IssueRefusal> {
        if credential.environment == Environment::Sandbox {
            return Ok(ScopeSet::all());
        }
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let standing = self.live_standing(&mut reader, credential.application_id).await?;
        if standing.is_open() { Ok(standing.scopes()) } else { Err(IssueRefusal::NotApproved) }
    }

    fn sign_token(&self, credential: &Credential, scopes: ScopeSet) -> Result<IssuedToken, ServiceError> {
        let key = self.signing_keys().newest().ok_or_else(|| ServiceError::broken("no signing key is loaded"))?;
        let now_s = self.clock().now_ms().div_euclid(1000);
        let claims = Claims {
            iss: self.issuer().to_owned(),
            sub: credential.application_id.to_string(),
            aud: self.issuer().to_owned(),
            client_id: credential.api_key.to_string(),
            iat: now_s,
            nbf: now_s,
            exp: now_s + i64::from(LIFETIME_S),
            jti: URL_SAFE_NO_PAD.encode(random_bytes::<16>(self.randomness())),
            scope: scopes.to_string(),
            environment: credential.environment.to_string(),
        };
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key.id.to_string());
        let token = jsonwebtoken::encode(&header, &claims, &key.signing)
            .map_err(|_| ServiceError::broken("a token could not be signed"))?;
        Ok(IssuedToken { access_token: Zeroizing::new(token), expires_in_s: LIFETIME_S, scopes })
    }
}
