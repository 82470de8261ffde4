//! Verifying the signature of a call. The rules of what has to be signed are the domain's; here are
//! the key, the digest of the body and the MAC.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::hmac;
use tallyport_domain::books::{Nonce, NonceId};
use tallyport_domain::ids::{ApiKey, PublicKeyId};
use tallyport_domain::signature::crc32c::crc32c;
use tallyport_domain::signature::{Algorithm, ContentDigest, RequestView, SignatureRefusal, VerifyPlan, verify_plan};

use crate::Services;
use crate::caller::{CallFrom, Caller};
use crate::error::ServiceError;

/// Why a signature is refused. The caller hears only that it is; the application's owner sees the
/// cause.
#[derive(Debug, thiserror::Error)]
pub enum SignatureFault {
    /// The signature is missing something, or does not fit the request.
    #[error(transparent)]
    Refused(#[from] SignatureRefusal),
    /// The signature is good, but its key may not be used from this network.
    #[error("the key may not be used from this network")]
    Network,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl SignatureFault {
    /// The stable name of the cause, for the application's log.
    #[must_use]
    pub fn cause(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.cause(),
            Self::Network => "network",
            Self::Service(_) => "unavailable",
        }
    }
}

impl Services {
    /// Verifies that the caller signed this request, and returns the nonce that now has to be used
    /// up, together with whatever the request does.
    pub async fn verify_signature(
        &self,
        caller: &Caller,
        from: CallFrom,
        request: &RequestView<'_>,
        body: &[u8],
    ) -> Result<Nonce, SignatureFault> {
        let plan = verify_plan(request, self.clock().now_ms())?;
        if let Ok(api_key) = plan.keyid.parse() {
            self.verify_by_secret(caller, api_key, &plan, body).await?;
        } else {
            let id = plan.keyid.parse().map_err(|_| SignatureRefusal::UnknownKey)?;
            self.verify_by_public_key(caller, from, id, &plan, body).await?;
        }
        let expires_at_ms = plan.nonce_until_ms();
        Ok(Nonce { id: NonceId { key_id: plan.keyid, value: plan.nonce }, expires_at_ms })
    }

    async fn verify_by_secret(
        &self,
        caller: &Caller,
        api_key: ApiKey,
        plan: &VerifyPlan,
        body: &[u8],
    ) -> Result<(), SignatureFault> {
        let credential = self
            .find_credential(api_key)
            .await?
            .filter(|credential| {
                credential.application_id == caller.application_id && credential.environment == caller.environment
            })
            .ok_or(SignatureRefusal::UnknownKey)?;
        // An api_key signs with its secret and in no other way.
        if plan.alg != Algorithm::HmacSha256 {
            return Err(SignatureRefusal::AlgMismatch { alg: plan.alg.name() }.into());
        }
        compare_all(plan, body)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, credential.secret.reveal().as_bytes());
        Ok(hmac::verify(&key, &plan.base, &plan.signature).map_err(|_| SignatureRefusal::SignatureMismatch)?)
    }

    async fn verify_by_public_key(
        &self,
        caller: &Caller,
        from: CallFrom,
        id: PublicKeyId,
        plan: &VerifyPlan,
        body: &[u8],
    ) -> Result<(), SignatureFault> {
        let key = self
            .find_usable_key(id)
            .await?
            .filter(|key| key.application_id == caller.application_id && key.environment == caller.environment)
            .ok_or(SignatureRefusal::UnknownKey)?;
        // The kind of the key decides, not what the signature says of itself.
        if !key.kind.algorithms().contains(&plan.alg) {
            return Err(SignatureRefusal::AlgMismatch { alg: plan.alg.name() }.into());
        }
        compare_all(plan, body)?;
        if key.verify(plan.alg, &plan.base, &plan.signature) != Some(true) {
            return Err(SignatureRefusal::SignatureMismatch.into());
        }
        self.note_key_use(&key);
        if key.may_be_used(from) { Ok(()) } else { Err(SignatureFault::Network) }
    }
}

fn compare_all(plan: &VerifyPlan, body: &[u8]) -> Result<(), SignatureRefusal> {
    plan.content_digest.as_ref().map_or(Ok(()), |expected| compare(expected, body))
}

/// Every digest that is given has to be the body's.
fn compare(expected: &ContentDigest, body: &[u8]) -> Result<(), SignatureRefusal> {
    let mismatch = |algorithm| Err(SignatureRefusal::DigestMismatch { algorithm });
    if expected.sha_256.is_some_and(|expected| digest(&SHA256, body).as_ref() != expected) {
        return mismatch("sha-256");
    }
    if expected.sha_512.is_some_and(|expected| digest(&SHA512, body).as_ref() != expected) {
        return mismatch("sha-512");
    }
    if expected.crc32c.is_some_and(|expected| crc32c(body) != expected) {
        return mismatch("crc32c");
    }
    Ok(())
}
