//! Signing the answers of the open API, so that partners can tell them from anybody else's.

use aws_lc_rs::digest::{SHA256, digest};
use tallyport_domain::signature::digest::FIELD as CONTENT_DIGEST;
use tallyport_domain::signature::sign::prepare;
use tallyport_domain::signature::{
    Algorithm, ContentDigest, Message, RequestView, ResponseView, SignatureParams, answer_components,
};

use crate::Services;
use crate::error::ServiceError;

/// The label of the one signature.
const LABEL: &str = "tallyport";
/// The tag of the open API's signatures.
const TAG: &str = "tallyport";

/// The header fields that a signature adds to its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerSignature {
    /// The value of `Content-Digest`.
    pub content_digest: String,
    /// The value of `Signature-Input`.
    pub signature_input: String,
    /// The value of `Signature`.
    pub signature: String,
}

impl Services {
    /// Signs an answer with the platform's key: its status, its body, and which request it answers.
    pub fn sign_answer(
        &self,
        method: &str,
        path: &str,
        status: u16,
        body: &[u8],
    ) -> Result<AnswerSignature, ServiceError> {
        let unsignable = || ServiceError::broken("an answer cannot be signed");
        let key = self
            .answer_keys()
            .signing(self.clock().now_ms())
            .ok_or(ServiceError::broken("there is no key for answers"))?;
        let sha_256 = digest(&SHA256, body).as_ref().try_into().map_err(|_| unsignable())?;
        let content_digest = ContentDigest::of_sha_256(sha_256).field_value().ok_or_else(unsignable)?;
        // The signature covers nothing else of the request.
        let request =
            RequestView { method, scheme: "https", authority: "", path, query: None, fields: &[], has_body: false };
        let fields = [(CONTENT_DIGEST, content_digest.as_bytes())];
        let answer = ResponseView { status, fields: &fields, request: Some(&request) };
        let params = SignatureParams::new()
            .with_created_s(self.clock().now_ms() / 1000)
            .and_then(|params| params.with_keyid(&key.id.to_string()))
            .map(|params| params.with_alg(Algorithm::EcdsaP256Sha256))
            .and_then(|params| params.with_tag(TAG))
            .map_err(|_| unsignable())?;
        let unsigned =
            prepare(&Message::Response(&answer), LABEL, answer_components(), params).map_err(|_| unsignable())?;
        let signature = key.pair.sign(&unsigned.base).ok_or_else(unsignable)?;
        let signature = unsigned.signature_field(&signature);
        Ok(AnswerSignature { content_digest, signature_input: unsigned.signature_input, signature })
    }
}
