//! The platform's signatures over its answers: what they cover, and what whoever receives an answer has
//! to verify.

use super::algorithm::Algorithm;
use super::base::signature_base;
use super::components::Component;
use super::digest::{self, ContentDigest};
use super::input::{TAG, read_tallyport_signature};
use super::message::{Message, ResponseView};
use super::policy::WINDOW_MS;
use super::refusal::SignatureRefusal;
use super::sign::known;

/// What the platform covers: the answer, and which request it answers.
#[must_use]
pub fn answer_components() -> Vec<Component> {
    vec![known("@status"), known(digest::FIELD), known("@method").of_request(), known("@path").of_request()]
}

/// A signature that covers all of an answer and now has to be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPlan {
    /// The id of the platform's key.
    pub keyid: String,
    /// The algorithm, which the key must be meant for.
    pub alg: Algorithm,
    /// The bytes that were signed.
    pub base: Vec<u8>,
    /// The signature to verify over them.
    pub signature: Vec<u8>,
    /// The digest the body must have.
    pub content_digest: ContentDigest,
}

/// Checks that an answer's signature covers what it must and is of now, and spells its base.
///
/// # Errors
/// The reason for refusing the signature.
pub fn answer_plan(answer: &ResponseView<'_>, now_ms: i64) -> Result<AnswerPlan, SignatureRefusal> {
    let carried = read_tallyport_signature(answer.fields)?;
    let is_covered = |wanted: &Component| carried.covered.components().iter().any(|part| part.is_same_as(wanted));
    const NAMES: [&str; 4] = ["@status", digest::FIELD, "@method;req", "@path;req"];
    for (wanted, which) in answer_components().iter().zip(NAMES) {
        if !is_covered(wanted) {
            return Err(SignatureRefusal::MissingComponent { which });
        }
    }
    let params = carried.covered.params();
    let missing = |which| SignatureRefusal::MissingParameter { which };
    if params.tag() != Some(TAG) {
        return Err(SignatureRefusal::TagMissing);
    }
    let created_s = params.created_s().ok_or_else(|| missing("created"))?;
    let by_ms = created_s.saturating_mul(1000).saturating_sub(now_ms);
    if !(-WINDOW_MS..=WINDOW_MS).contains(&by_ms) {
        return Err(SignatureRefusal::ClockSkew { by_ms });
    }
    let alg = params.alg().ok_or_else(|| missing("alg"))?;
    let alg = Algorithm::find(alg).ok_or_else(|| SignatureRefusal::UnknownAlg { alg: alg.to_owned() })?;
    let content_digest =
        ContentDigest::read(answer.fields)?.ok_or(SignatureRefusal::MissingComponent { which: digest::FIELD })?;
    if !content_digest.is_strong() {
        return Err(SignatureRefusal::DigestWeak);
    }
    Ok(AnswerPlan {
        keyid: params.keyid().ok_or_else(|| missing("keyid"))?.to_owned(),
        alg,
        base: signature_base(&Message::Response(answer), &carried.covered)?,
        signature: carried.signature,
        content_digest,
    })
}
