//! Signing a request without sending it, for clients of one's own, load generators and tests.
//!
//! The rule of what is covered is the domain's. Each signature needs a nonce of its own, so a
//! request that is sent again is signed again.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use tallyport_domain::signature::digest::FIELD as CONTENT_DIGEST;
use tallyport_domain::signature::sign::{prepare, request_components};
use tallyport_domain::signature::{
    Algorithm, ContentDigest, Field, Message, RequestView, SignatureParams, SignatureRefusal,
};

use crate::ports::{now_ms, random_bytes};

const LABEL: &str = "sig";
const TAG: &str = "tallyport";
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Signs with an application's `api_key` and `api_secret` (`hmac-sha256`).
#[derive(Clone)]
pub struct Signer {
    api_key: String,
    key: hmac::Key,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Signer").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}

/// A request, as far as its signature sees it.
#[derive(Debug, Clone, Copy)]
pub struct Unsigned<'a> {
    /// The method in capitals.
    pub method: &'a str,
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host and port, as they will stand in `Host`.
    pub authority: &'a str,
    /// The path as it will be sent.
    pub path: &'a str,
    /// What follows the question mark, if there is one.
    pub query: Option<&'a str>,
    /// The caller's name for the effect.
    pub idempotency_key: Option<&'a str>,
    /// The body as it will be sent; empty when there is none.
    pub body: &'a [u8],
}

/// What makes a signature usable once, within its time.
#[derive(Debug, Clone)]
pub struct Once {
    /// When it was made, in seconds since 1970.
    pub created_s: i64,
    /// The value that works once.
    pub nonce: String,
}

impl Once {
    /// This moment, with a nonce of 48 bits of milliseconds and 80 random ones: what is made together is stored
    /// together, which costs the platform a page of its disk for many nonces rather than for each.
    #[must_use]
    pub fn now() -> Self {
        let now_ms = now_ms();
        let random = random_bytes::<10>().iter().fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        Self { created_s: now_ms / 1_000, nonce: format!("{now_ms:012x}{random:020x}") }
    }
}

/// The header fields that a signature adds to its request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The value of `Content-Digest`; none without a body.
    pub content_digest: Option<String>,
    /// The value of `Signature-Input`.
    pub signature_input: String,
    /// The value of `Signature`.
    pub signature: String,
}

impl Signed {
    /// Names and values of the fields.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let digest = self.content_digest.as_deref().map(|value| (CONTENT_DIGEST, value));
        digest
            .into_iter()
            .chain([("signature-input", self.signature_input.as_str()), ("signature", self.signature.as_str())])
    }
}

impl Signer {
    /// A signer; the HMAC key is the text of the secret.
    #[must_use]
    pub fn new(api_key: &str, api_secret: &str) -> Self {
        Self { api_key: api_key.to_owned(), key: hmac::Key::new(hmac::HMAC_SHA256, api_secret.as_bytes()) }
    }

    /// Signs the request.
    ///
    /// # Errors
    /// When a part of the request has characters that cannot be signed.
    pub fn sign(&self, request: &Unsigned<'_>, once: &Once) -> Result<Signed, SignatureRefusal> {
        let content_digest = (!request.body.is_empty()).then(|| content_digest(request.body));
        let mut fields: Vec<Field<'_>> = Vec::with_capacity(2);
        fields.extend(content_digest.as_ref().map(|value| (CONTENT_DIGEST, value.as_bytes())));
        fields.extend(request.idempotency_key.map(|key| (IDEMPOTENCY_KEY, key.as_bytes())));
        let view = RequestView {
            method: request.method,
            scheme: request.scheme,
            authority: request.authority,
            path: request.path,
            query: request.query,
            fields: &fields,
            has_body: !request.body.is_empty(),
        };
        let params = SignatureParams::new()
            .with_created_s(once.created_s)?
            .with_nonce(&once.nonce)?
            .with_keyid(&self.api_key)?
            .with_alg(Algorithm::HmacSha256)
            .with_tag(TAG)?;
        let unsigned = prepare(&Message::Request(&view), LABEL, request_components(&view), params)?;
        let mac = hmac::sign(&self.key, &unsigned.base);
        let signature = unsigned.signature_field(mac.as_ref());
        Ok(Signed { content_digest, signature_input: unsigned.signature_input, signature })
    }
}

fn content_digest(body: &[u8]) -> String {
    let sha_256 = digest(&SHA256, body).as_ref().try_into().expect("SHA-256 has 32 bytes");
    ContentDigest::of_sha_256(sha_256).field_value().expect("there is a digest to carry")
}

#[cfg(test)]
mod tests {
    use tallyport_domain::signature::verify_plan;

    use super::*;

    const SECRET: &str = "sk_sandbox_secret";

    fn request(body: &[u8]) -> Unsigned<'_> {
        Unsigned {
            method: "POST",
            scheme: "https",
            authority: "pay.example",
            path: "/v1/payments",
            query: Some("a=b"),
            idempotency_key: Some("order-1"),
            body,
        }
    }

    #[test]
    fn the_server_accepts_what_is_signed_here() {
        let once = Once { created_s: 1_700_000_000, nonce: "n-0123456789abcdef".to_owned() };
        let signed = Signer::new("ak_1", SECRET).sign(&request(b"{}"), &once).unwrap();
        let mut fields: Vec<Field<'_>> = signed.fields().map(|(name, value)| (name, value.as_bytes())).collect();
        fields.push(("Idempotency-Key", b"order-1"));
        let view = RequestView {
            method: "POST",
            scheme: "https",
            authority: "pay.example",
            path: "/v1/payments",
            query: Some("a=b"),
            fields: &fields,
            has_body: true,
        };
        let plan = verify_plan(&view, 1_700_000_000_000).unwrap();
        assert_eq!((plan.keyid.as_str(), plan.nonce.as_str()), ("ak_1", "n-0123456789abcdef"));
        assert!(plan.content_digest.is_some());
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        assert!(hmac::verify(&key, &plan.base, &plan.signature).is_ok());
    }

    #[test]
    fn each_nonce_is_another_one_and_the_secret_is_never_shown() {
        let (first, second) = (Once::now(), Once::now());
        assert_ne!(first.nonce, second.nonce);
        assert_eq!((first.nonce.len(), second.nonce.len()), (32, 32));
        assert!(first.nonce[..12] <= second.nonce[..12], "what is made later sorts behind");
        assert!(!format!("{:?}", Signer::new("ak_1", SECRET)).contains("secret"));
    }

    #[test]
    fn a_request_without_a_body_carries_no_digest() {
        let signed = Signer::new("ak_1", SECRET).sign(&request(b""), &Once::now()).unwrap();
        assert_eq!(signed.content_digest, None);
        assert!(!signed.signature_input.contains("content-digest"));
    }

    #[test]
    fn a_line_break_in_the_idempotency_key_cannot_be_signed() {
        let request = Unsigned { idempotency_key: Some("a\nb"), ..request(b"{}") };
        assert!(Signer::new("ak_1", SECRET).sign(&request, &Once::now()).is_err());
    }
}
