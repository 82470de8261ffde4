//! Signing as a partner does, and wrongly on demand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use tallyport_domain::signature::sign::{prepare, request_components};
use tallyport_domain::signature::{Algorithm, Component, ContentDigest, Message, RequestView, SignatureParams};

/// A nonce that no other call of this program has.
pub(crate) fn fresh_nonce() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("nonce-of-a-test-{:08}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Takes the algorithm and the signature base.
type SignBase = dyn Fn(Algorithm, &[u8]) -> Vec<u8> + Send + Sync;

/// Signs by another means than the shared secret.
#[derive(Clone)]
pub(crate) struct Sign(Arc<SignBase>);

impl Sign {
    pub(crate) fn new(sign: impl Fn(Algorithm, &[u8]) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Arc::new(sign))
    }
}

/// Everything that goes into a signature; a test changes what it wants to be wrong.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) key_id: String,
    pub(crate) secret: String,
    /// Signs in place of the secret, where it is given.
    pub(crate) sign: Option<Sign>,
    pub(crate) algorithm: Algorithm,
    pub(crate) created_s: i64,
    pub(crate) expires_s: Option<i64>,
    pub(crate) nonce: String,
    pub(crate) tag: String,
    /// Components that are left out although they have to be covered.
    pub(crate) uncovered: Vec<&'static str>,
}

impl Signer {
    pub(crate) fn hmac(key_id: &str, secret: &str, created_s: i64) -> Self {
        Self {
            key_id: key_id.to_owned(),
            secret: secret.to_owned(),
            sign: None,
            algorithm: Algorithm::HmacSha256,
            created_s,
            expires_s: None,
            nonce: fresh_nonce(),
            tag: "tallyport".to_owned(),
            uncovered: Vec::new(),
        }
    }

    /// The values of `Signature-Input` and `Signature`.
    pub(super) fn sign(&self, view: &RequestView<'_>) -> (String, String) {
        let components: Vec<Component> = request_components(view)
            .into_iter()
            .filter(|component| !self.uncovered.iter().any(|name| component.is_plain(name)))
            .collect();
        let mut params = SignatureParams::new().with_created_s(self.created_s).unwrap();
        if let Some(expires_s) = self.expires_s {
            params = params.with_expires_s(expires_s).unwrap();
        }
        let params = params.with_nonce(&self.nonce).unwrap().with_keyid(&self.key_id).unwrap();
        let params = params.with_alg(self.algorithm).with_tag(&self.tag).unwrap();
        let unsigned = prepare(&Message::Request(view), "sig", components, params).unwrap();
        let signature = match &self.sign {
            Some(Sign(sign)) => sign(self.algorithm, &unsigned.base),
            None => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
                hmac::sign(&key, &unsigned.base).as_ref().to_vec()
            }
        };
        let field = unsigned.signature_field(&signature);
        (unsigned.signature_input, field)
    }
}

/// The value of `Content-Digest` for a body.
pub(crate) fn content_digest(body: &[u8]) -> String {
    let sha_256 = digest(&SHA256, body).as_ref().try_into().unwrap();
    ContentDigest::of_sha_256(sha_256).field_value().unwrap()
}
