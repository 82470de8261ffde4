//! Verifying: a token is checked in full once; then its hash is remembered for a while.

use std::str::FromStr as _;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use jsonwebtoken::{Algorithm, Validation};
use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::PlatformKeyId;

use super::{Claims, LEEWAY_S, TYPE};
use crate::Services;
use crate::caller::{CallFrom, Caller};
use crate::error::ServiceError;

/// How many verified tokens are remembered.
const REMEMBERED_MAX: u64 = 50_000;
/// Tokens are far shorter; a longer text is none of ours.
const TOKEN_BYTES_MAX: usize = 4096;

/// Tokens that were verified, by their hash.
#[derive(Clone)]
pub struct TokenCache(Cache<[u8; 32], Arc<Verified>>);

struct Verified {
    caller: Caller,
    nbf: i64,
    exp: i64,
}

impl Default for TokenCache {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED_MAX))
    }
}

/// Why a token is refused. The caller learns no more than that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Not a token of ours: form, type, key, signature or claims are wrong.
    #[error("the token is not one of ours")]
    Invalid,
    /// It was good, and no longer is.
    #[error("the token has expired")]
    Expired,
    /// It is not good yet.
    #[error("the token is not valid yet")]
    Early,
    /// The credential that it was issued to is revoked or has expired.
    #[error("the credential of the token is revoked")]
    Revoked,
    /// It is for live, where nothing may be done for the application at the moment.
    #[error("the application has no live rights")]
    NotApproved,
    /// The caller is who it says, but calls from a network that it may not call from.
    #[error("the caller may not call from this network")]
    Network,
}

impl Services {
    /// Who carries the token, as long as the credential it was issued to is usable.
    pub async fn authenticate(
        &self,
        token: &str,
        from: CallFrom,
    ) -> Result<Result<Caller, TokenRefusal>, ServiceError> {
        let caller = match self.verify_token(token) {
            Ok(caller) => caller,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(credential) = self.find_credential(caller.api_key).await? else {
            return Ok(Err(TokenRefusal::Revoked));
        };
        self.note_use(&credential);
        if !credential.may_be_used(from) {
            return Ok(Err(TokenRefusal::Network));
        }
        match caller.environment {
            Environment::Sandbox => Ok(Ok(caller)),
            Environment::Live => self.capped(caller).await,
        }
    }

    /// The caller with the scopes that are still in force: a token outlives what it was issued under.
    async fn capped(&self, caller: Caller) -> Result<Result<Caller, TokenRefusal>, ServiceError> {
        let standing = self.recent_standing(caller.application_id).await?;
        if !standing.is_open() {
            return Ok(Err(TokenRefusal::NotApproved));
        }
        Ok(Ok(Caller { scopes: caller.scopes.intersection(standing.scopes()), ..caller }))
    }

    /// Who carries the token, by what the token itself says.
    fn verify_token(&self, token: &str) -> Result<Caller, TokenRefusal> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(TokenRefusal::Invalid);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let verified = match self.token_cache().0.get(&hash) {
            Some(verified) => verified,
            None => {
                let verified = Arc::new(self.check_token(token).ok_or(TokenRefusal::Invalid)?);
                self.token_cache().0.insert(hash, Arc::clone(&verified));
                verified
            }
        };
        // The time is looked at on each use, for remembered tokens too.
        let now_s = self.clock().now_ms().div_euclid(1000);
        if now_s >= verified.exp.saturating_add(LEEWAY_S) {
            return Err(TokenRefusal::Expired);
        }
        if now_s.saturating_add(LEEWAY_S) < verified.nbf {
            return Err(TokenRefusal::Early);
        }
        Ok(verified.caller.clone())
    }

    fn check_token(&self, token: &str) -> Option<Verified> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        // Only the key that `kid` names may verify, and only by its own algorithm.
        let kid = PlatformKeyId::from_str(header.kid.as_deref()?).ok()?;
        let key = self.signing_keys().find(kid)?;
        if header.typ.as_deref() != Some(TYPE) || header.alg != Algorithm::ES256 {
            return None;
        }
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[self.issuer()]);
        validation.set_audience(&[self.issuer()]);
        // The library would ask the machine's clock; the times are compared with ours above.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims: Claims = jsonwebtoken::decode(token, &key.verifying, &validation).ok()?.claims;
        let caller = Caller {
            application_id: claims.sub.parse().ok()?,
            environment: claims.environment.parse().ok()?,
            api_key: claims.client_id.parse().ok()?,
            scopes: claims.scope.parse().ok()?,
        };
        Some(Verified { caller, nbf: claims.nbf, exp: claims.exp })
    }
}
