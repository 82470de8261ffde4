//! From a request to everything its verification needs, or to the reason why it needs none.

use super::algorithm::Algorithm;
use super::base::signature_base;
use super::digest::{self, ContentDigest};
use super::input::read_tallyport_signature;
use super::message::{Message, RequestView};
use super::policy::{self, WINDOW_MS};
use super::refusal::SignatureRefusal;

/// A signature that satisfies the policy and now has to be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyPlan {
    /// The label of the chosen signature.
    pub label: String,
    /// The id of the key to look up.
    pub keyid: String,
    /// The algorithm, which the key must be meant for.
    pub alg: Algorithm,
    /// The nonce to use up once the signature verified.
    pub nonce: String,
    /// When the signature was made, in seconds since 1970.
    pub created_s: i64,
    /// The bytes that were signed.
    pub base: Vec<u8>,
    /// The signature to verify over them.
    pub signature: Vec<u8>,
    /// The digest the body must have; present whenever the signature covers one.
    pub content_digest: Option<ContentDigest>,
}

impl VerifyPlan {
    /// Until when the nonce has to be remembered: after that, the window refuses the signature.
    #[must_use]
    pub fn nonce_until_ms(&self) -> i64 {
        self.created_s.saturating_mul(1000).saturating_add(WINDOW_MS + 1)
    }
}

/// Chooses the signature, checks it against the policy and spells its base.
///
/// # Errors
/// The reason for refusing the request's signature.
pub fn verify_plan(request: &RequestView<'_>, now_ms: i64) -> Result<VerifyPlan, SignatureRefusal> {
    let carried = read_tallyport_signature(request.fields)?;
    policy::check_coverage(request, &carried.covered)?;
    let accepted = policy::check_params(carried.covered.params(), now_ms)?;
    let base = signature_base(&Message::Request(request), &carried.covered)?;
    let covers_digest = carried.covered.components().iter().any(|part| part.is_plain(digest::FIELD));
    let content_digest = if covers_digest { ContentDigest::read(request.fields)? } else { None };
    if content_digest.is_some_and(|digest| !digest.is_strong()) {
        return Err(SignatureRefusal::DigestWeak);
    }
    Ok(VerifyPlan {
        keyid: accepted.keyid.to_owned(),
        alg: accepted.alg,
        nonce: accepted.nonce.to_owned(),
        created_s: accepted.created_s,
        label: carried.label,
        base,
        signature: carried.signature,
        content_digest,
    })
}
