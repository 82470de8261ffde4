//! Verifying the signature of a call. The rules of what has to be signed are the domain's; here are
//! the key, the digest of the body and the MAC.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::hmac;
use tallyport_domain::books::{Nonce, NonceId};
use tallyport_domain::signature::crc32c::crc32c;
use tallyport_domain::signature::{Algorithm, ContentDigest, RequestView, SignatureRefusal, verify_plan};

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;

/// Why a signature is refused. The caller hears only that it is; the application's owner sees the
/// cause.
#[derive(Debug, thiserror::Error)]
pub enum SignatureFault {
    /// The signature is missing something, or does not fit the request.
    #[error(transparent)]
    Refused(#[from] SignatureRefusal),
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
        request: &RequestView<'_>,
        body: &[u8],
    ) -> Result<Nonce, SignatureFault> {
        let plan = verify_plan(request, self.clock().now_ms())?;
        let api_key = plan.keyid.parse().map_err(|_| SignatureRefusal::UnknownKey)?;
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
        if let Some(expected) = &plan.content_digest {
            compare(expected, body)?;
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, credential.secret.reveal().as_bytes());
        hmac::verify(&key, &plan.base, &plan.signature).map_err(|_| SignatureRefusal::SignatureMismatch)?;
        let expires_at_ms = plan.nonce_until_ms();
        Ok(Nonce { id: NonceId { key_id: plan.keyid, value: plan.nonce }, expires_at_ms })
    }
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
