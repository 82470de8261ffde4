//! Which signatures the open API accepts: what they must cover and what their parameters must be.

use super::algorithm::Algorithm;
use super::digest;
use super::input::{Covered, TAG};
use super::message::{RequestView, has_field};
use super::params::SignatureParams;
use super::refusal::SignatureRefusal;

/// How far `created` may lie from the server's time, before or after.
pub const WINDOW_MS: i64 = 300_000;

/// A nonce has at least this many characters: 16 hold 96 random bits in base64.
pub const NONCE_CHARS_MIN: usize = 16;

/// A nonce is stored, so its length is bounded.
pub const NONCE_CHARS_MAX: usize = 128;

/// A key id is looked up and logged, so its length is bounded.
pub const KEYID_CHARS_MAX: usize = 128;

/// How much of an unknown algorithm's name is repeated.
const ALG_CHARS_SHOWN: usize = 64;

/// The field that makes a retry safe.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What a signature of this request must cover, in the order of the documentation.
#[must_use]
pub fn required_components(request: &RequestView<'_>) -> Vec<&'static str> {
    let mut required = vec!["@method", "@authority", "@path"];
    if request.query.is_some() {
        required.push("@query");
    }
    if request.has_body {
        required.push(digest::FIELD);
    }
    if has_field(request.fields, IDEMPOTENCY_KEY) {
        required.push(IDEMPOTENCY_KEY);
    }
    required
}

/// Refuses a signature that leaves out something it must cover.
///
/// # Errors
/// [`SignatureRefusal::MissingComponent`] for the first one.
pub fn check_coverage(request: &RequestView<'_>, covered: &Covered) -> Result<(), SignatureRefusal> {
    let is_covered = |name: &str| covered.components().iter().any(|part| part.is_plain(name));
    match required_components(request).into_iter().find(|name| !is_covered(name)) {
        Some(which) => Err(SignatureRefusal::MissingComponent { which }),
        None => Ok(()),
    }
}

/// Parameters that satisfy the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedParams<'a> {
    /// The id of the key.
    pub keyid: &'a str,
    /// The algorithm.
    pub alg: Algorithm,
    /// The nonce.
    pub nonce: &'a str,
    /// When the signature was made, in seconds since 1970.
    pub created_s: i64,
}

/// Checks the parameters against the policy and the server's time.
///
/// # Errors
/// The first thing that is missing or not acceptable.
pub fn check_params(params: &SignatureParams, now_ms: i64) -> Result<AcceptedParams<'_>, SignatureRefusal> {
    let missing = |which| SignatureRefusal::MissingParameter { which };
    if params.tag() != Some(TAG) {
        return Err(SignatureRefusal::TagMissing);
    }
    let created_s = params.created_s().ok_or_else(|| missing("created"))?;
    let nonce = params.nonce().ok_or_else(|| missing("nonce"))?;
    let keyid = params.keyid().ok_or_else(|| missing("keyid"))?;
    let alg = params.alg().ok_or_else(|| missing("alg"))?;
    let Some(alg) = Algorithm::find(alg) else {
        // The name goes into logs; no algorithm has a longer one.
        return Err(SignatureRefusal::UnknownAlg { alg: alg.chars().take(ALG_CHARS_SHOWN).collect() });
    };
    if !(NONCE_CHARS_MIN..=NONCE_CHARS_MAX).contains(&nonce.len()) || !is_visible_ascii(nonce) {
        return Err(SignatureRefusal::NonceUnacceptable);
    }
    if !(1..=KEYID_CHARS_MAX).contains(&keyid.len()) || !is_visible_ascii(keyid) {
        return Err(SignatureRefusal::KeyidUnacceptable);
    }
    check_time(created_s, params.expires_s(), now_ms)?;
    Ok(AcceptedParams { keyid, alg, nonce, created_s })
}

fn check_time(created_s: i64, expires_s: Option<i64>, now_ms: i64) -> Result<(), SignatureRefusal> {
    let by_ms = created_s.saturating_mul(1000).saturating_sub(now_ms);
    if !(-WINDOW_MS..=WINDOW_MS).contains(&by_ms) {
        return Err(SignatureRefusal::ClockSkew { by_ms });
    }
    let Some(expires_s) = expires_s else {
        return Ok(());
    };
    let by_ms = now_ms.saturating_sub(expires_s.saturating_mul(1000));
    if by_ms >= 0 || expires_s <= created_s {
        return Err(SignatureRefusal::Expired { by_ms });
    }
    Ok(())
}

fn is_visible_ascii(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}
