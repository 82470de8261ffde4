//! Verifying: a token is checked in full once; then its hash is remembered for a while. Whether it
//! was revoked is asked anew every second.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use jsonwebtoken::Validation;
use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_domain::oauth::{ClientId, GrantScopes, Lifetimes};
use tallyport_storage::authorization::used;

use super::pair::verified_by;
use super::{Claims, LEEWAY_S, TYPE};
use crate::Services;
use crate::authorization::{DpopProof, OauthFault};
use crate::caller::{CallFrom, Caller, HolderAuthority};
use crate::credentials::Credential;
use crate::error::ServiceError;

/// How many verified tokens are remembered.
const REMEMBERED_MAX: u64 = 50_000;
/// Tokens are far shorter; a longer text is none of ours.
const TOKEN_BYTES_MAX: usize = 8192;
/// For how long it is believed that a token is not revoked.
const NOT_REVOKED_FOR: Duration = Duration::from_millis(900);

/// Tokens that were verified, by their hash.
#[derive(Clone)]
pub struct TokenCache(Cache<[u8; 32], Arc<Verified>>);

/// Whether tokens were revoked, as of a moment ago.
#[derive(Clone)]
pub(crate) struct RevocationCache(Cache<[u8; 32], bool>);

/// What a good token says.
#[derive(Debug)]
pub(crate) struct Verified {
    pub(crate) caller: Caller,
    pub(crate) claims: Claims,
}

/// A good token and the credential that it was issued to.
type Good = (Arc<Verified>, Arc<Credential>);

impl Verified {
    /// The thumbprint of the key that it is bound to.
    pub(crate) fn jkt(&self) -> Option<&str> {
        self.claims.cnf.as_ref().map(|cnf| &*cnf.jkt)
    }
}

impl Default for TokenCache {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED_MAX))
    }
}

impl Default for RevocationCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(NOT_REVOKED_FOR).build())
    }
}

/// What a caller shows beside a bound token, and for which call (RFC 9449, 4).
#[derive(Debug, Clone, Copy)]
pub struct ProofOfCall<'a> {
    /// The value of the `DPoP` header.
    pub proof: &'a str,
    /// The call's method.
    pub method: &'a str,
    /// The call's address, without query.
    pub url: &'a str,
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
    /// The credential that it was issued to is revoked or has expired, or the token itself or the
    /// consent behind it ended.
    #[error("the token is revoked")]
    Revoked,
    /// It is for live, where nothing may be done for the application at the moment.
    #[error("the application has no live rights")]
    NotApproved,
    /// The caller is who it says, but calls from a network that it may not call from.
    #[error("the caller may not call from this network")]
    Network,
    /// It is bound to a key, and came alone or with the proof of another one; or it is not bound and
    /// came as if it were.
    #[error("the token is bound to a key that was not shown")]
    Binding,
    /// The proof is wrong.
    #[error("the proof of possession is wrong")]
    Proof,
    /// The proof needs our nonce.
    #[error("the proof of possession needs a nonce")]
    Nonce,
}

impl Services {
    /// Who carries the token as a bearer, as long as the credential it was issued to is usable. A
    /// token that is bound to a key is no bearer token.
    pub async fn authenticate(
        &self,
        token: &str,
        from: CallFrom,
    ) -> Result<Result<Caller, TokenRefusal>, ServiceError> {
        let verified = match self.verified_from(token, from).await? {
            Ok(verified) => verified,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if verified.jkt().is_some() {
            return Ok(Err(TokenRefusal::Binding));
        }
        self.capped(verified.caller.clone()).await
    }

    /// Who carries the token and has shown the key that it is bound to.
    pub async fn authenticate_bound(
        &self,
        token: &str,
        of_call: &ProofOfCall<'_>,
        from: CallFrom,
    ) -> Result<Result<Caller, TokenRefusal>, ServiceError> {
        let verified = match self.verified_from(token, from).await? {
            Ok(verified) => verified,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(jkt) = verified.jkt() else { return Ok(Err(TokenRefusal::Binding)) };
        let ProofOfCall { proof, method, url } = *of_call;
        let Caller { application_id, environment, .. } = verified.caller;
        let demands_nonce = self.demands_dpop_nonce(ClientId { application_id, environment }).await?;
        let proof = DpopProof { proof, method, url, access_token: Some(token), demands_nonce };
        match self.verify_dpop(&proof).await {
            Ok(shown) if shown == jkt => self.capped(verified.caller.clone()).await,
            Ok(_) => Ok(Err(TokenRefusal::Binding)),
            Err(OauthFault::Refused(refusal)) if refusal.needs_nonce() => Ok(Err(TokenRefusal::Nonce)),
            Err(OauthFault::Refused(_)) => Ok(Err(TokenRefusal::Proof)),
            Err(OauthFault::Service(error)) => Err(error),
        }
    }

    /// The caller with the scopes that are still in force: a token outlives what it was issued under.
    pub(crate) async fn capped(&self, caller: Caller) -> Result<Result<Caller, TokenRefusal>, ServiceError> {
        if caller.environment == Environment::Sandbox {
            return Ok(Ok(caller));
        }
        let standing = self.recent_standing(caller.application_id).await?;
        if !standing.is_open() {
            return Ok(Err(TokenRefusal::NotApproved));
        }
        Ok(Ok(Caller { scopes: caller.scopes.intersection(standing.scopes()), ..caller }))
    }

    /// What a token says that is good right now, whoever shows it.
    pub(crate) async fn verified(&self, token: &str) -> Result<Result<Arc<Verified>, TokenRefusal>, ServiceError> {
        Ok(self.verified_with_credential(token).await?.map(|(verified, _)| verified))
    }

    /// The same, for a caller who has to be where it may call from.
    async fn verified_from(
        &self,
        token: &str,
        from: CallFrom,
    ) -> Result<Result<Arc<Verified>, TokenRefusal>, ServiceError> {
        let (verified, credential) = match self.verified_with_credential(token).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.note_use(&credential);
        Ok(if credential.may_be_used(from) { Ok(verified) } else { Err(TokenRefusal::Network) })
    }

    async fn verified_with_credential(&self, token: &str) -> Result<Result<Good, TokenRefusal>, ServiceError> {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let verified = match self.verify_token(token, &hash) {
            Ok(verified) => verified,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(credential) = self.find_credential(verified.caller.api_key).await? else {
            return Ok(Err(TokenRefusal::Revoked));
        };
        if self.is_revoked(&verified, &hash).await? {
            return Ok(Err(TokenRefusal::Revoked));
        }
        Ok(Ok((verified, credential)))
    }

    async fn is_revoked(&self, verified: &Verified, hash: &[u8; 32]) -> Result<bool, ServiceError> {
        if let Some(known) = self.revocation_cache().0.get(hash) {
            return Ok(known);
        }
        let grant_id = verified.caller.holder.as_ref().map(|holder| holder.grant_id);
        let revoked = used::is_revoked(&mut self.db().read().await?, &verified.claims.jti, grant_id).await?;
        self.revocation_cache().0.insert(*hash, revoked);
        Ok(revoked)
    }

    /// Forgets what was believed of revocations, so that this process sees its own at once.
    pub(crate) fn forget_revocations(&self) {
        self.revocation_cache().0.invalidate_all();
    }

    /// What the token itself says.
    fn verify_token(&self, token: &str, hash: &[u8; 32]) -> Result<Arc<Verified>, TokenRefusal> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(TokenRefusal::Invalid);
        }
        let verified = match self.token_cache().0.get(hash) {
            Some(verified) => verified,
            None => {
                let verified = Arc::new(self.check_token(token).ok_or(TokenRefusal::Invalid)?);
                self.token_cache().0.insert(*hash, Arc::clone(&verified));
                verified
            }
        };
        // The time is looked at on each use, for remembered tokens too.
        let now_s = self.clock().now_ms().div_euclid(1000);
        if now_s >= verified.claims.exp.saturating_add(LEEWAY_S) {
            return Err(TokenRefusal::Expired);
        }
        if now_s.saturating_add(LEEWAY_S) < verified.claims.nbf {
            return Err(TokenRefusal::Early);
        }
        Ok(verified)
    }

    fn check_token(&self, token: &str) -> Option<Verified> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        // Only the key that `kid` names may verify, and only by its own algorithm.
        let kid = PlatformKeyId::from_str(header.kid.as_deref()?).ok()?;
        let key = self.signing_keys().find(kid)?;
        let algorithm = verified_by(key.algorithm);
        if header.typ.as_deref() != Some(TYPE) || header.alg != algorithm {
            return None;
        }
        // An extension that must be understood and is not (RFC 7515, 4.1.11); there is none that we understand.
        if header.crit.is_some() {
            return None;
        }
        let mut validation = Validation::new(algorithm);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[self.issuer()]);
        validation.set_audience(&self.resources());
        // The library would ask the machine's clock; the times are compared with ours above.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims: Claims = jsonwebtoken::decode(token, &key.verifying, &validation).ok()?.claims;
        if !is_of_our_length(&claims) || !key.may_have_signed_at(claims.iat) {
            return None;
        }
        let scopes = GrantScopes::parse(&claims.scope).ok()?;
        let holder = match &claims.grant_id {
            None => None,
            Some(grant_id) => Some(HolderAuthority {
                holder_id: claims.sub.parse().ok()?,
                grant_id: grant_id.parse().ok()?,
                about: scopes,
                names_payments: claims.authorization_details.is_some(),
            }),
        };
        let caller = Caller {
            application_id: claims.application_id.as_ref().unwrap_or(&claims.sub).parse().ok()?,
            environment: claims.environment.parse().ok()?,
            api_key: claims.client_id.parse().ok()?,
            scopes: scopes.api(),
            holder,
        };
        Some(Verified { caller, claims })
    }
}

/// Whether a token lives for as long as ours do at most, however far its end is from now.
fn is_of_our_length(claims: &Claims) -> bool {
    let lifetime_s = claims.exp.checked_sub(claims.iat);
    lifetime_s.is_some_and(|lifetime_s| (0..=i64::from(*Lifetimes::ACCESS_TOKEN_S.end())).contains(&lifetime_s))
}
