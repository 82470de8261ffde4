//! Key pairs of a partner who signs with public keys, and calls that are signed with them.

use anyhow::{Context, Result};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::signature::digest::FIELD as CONTENT_DIGEST;
use tallyport_domain::signature::sign::{prepare, request_components};
use tallyport_domain::signature::{Algorithm, ContentDigest, Message, RequestView, SignatureParams};
use tallyport_sdk::sign::Once;

/// A key pair of one kind.
pub(crate) enum Pair {
    Rsa(Box<RsaKeyPair>),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A call with the fields that its signature added.
pub(crate) struct SignedCall<'a> {
    pub(crate) authority: &'a str,
    pub(crate) path: &'a str,
    pub(crate) body: &'a str,
    pub(crate) content_digest: String,
    pub(crate) signature_input: String,
    pub(crate) signature: String,
}

impl Pair {
    /// Fresh pairs of every kind.
    pub(crate) fn each() -> Result<[Self; 3]> {
        Ok([
            Self::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048)?)),
            Self::P256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?),
            Self::Ed25519(Ed25519KeyPair::generate()?),
        ])
    }

    pub(crate) const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa(_) => Algorithm::RsaV15Sha256,
            Self::P256(_) => Algorithm::EcdsaP256Sha256,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// As `openssl speed` names it.
    pub(crate) const fn openssl_name(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa2048",
            Self::P256(_) => "ecdsap256",
            Self::Ed25519(_) => "ed25519",
        }
    }

    /// The public half, to be registered.
    pub(crate) fn pem(&self) -> Result<String> {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Rsa(pair) => pair.public_key().as_der()?,
            Self::P256(pair) => pair.public_key().as_der()?,
            Self::Ed25519(pair) => pair.public_key().as_der()?,
        };
        Ok(format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der.as_ref())))
    }

    fn sign(&self, base: &[u8]) -> Result<Vec<u8>> {
        let random = SystemRandom::new();
        Ok(match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, base, &mut signature)?;
                signature
            }
            Self::P256(pair) => pair.sign(&random, base)?.as_ref().to_vec(),
            Self::Ed25519(pair) => pair.sign(base).as_ref().to_vec(),
        })
    }

    /// Signs a call under the id of its registered public key.
    pub(crate) fn sign_call<'a>(
        &self,
        keyid: &str,
        authority: &'a str,
        path: &'a str,
        body: &'a str,
    ) -> Result<SignedCall<'a>> {
        let sha_256 = digest(&SHA256, body.as_bytes()).as_ref().try_into()?;
        let content_digest = ContentDigest::of_sha_256(sha_256).field_value().context("there is a digest to carry")?;
        let mut call = SignedCall {
            authority,
            path,
            body,
            content_digest,
            signature_input: String::new(),
            signature: String::new(),
        };
        let once = Once::now();
        let params = SignatureParams::new()
            .with_created_s(once.created_s)?
            .with_nonce(&once.nonce)?
            .with_keyid(keyid)?
            .with_alg(self.algorithm())
            .with_tag("tallyport")?;
        let fields = call.fields();
        let view = call.view(&fields[..1]);
        let unsigned = prepare(&Message::Request(&view), "sig", request_components(&view), params)?;
        let signature = unsigned.signature_field(&self.sign(&unsigned.base)?);
        (call.signature_input, call.signature) = (unsigned.signature_input, signature);
        Ok(call)
    }
}

impl SignedCall<'_> {
    /// The signature's fields, the digest first.
    pub(crate) fn fields(&self) -> [(&'static str, &[u8]); 3] {
        [
            (CONTENT_DIGEST, self.content_digest.as_bytes()),
            ("signature-input", self.signature_input.as_bytes()),
            ("signature", self.signature.as_bytes()),
        ]
    }

    /// The call with these of its fields, as whoever signs or verifies it looks at it.
    pub(crate) fn view<'a>(&'a self, fields: &'a [(&'a str, &'a [u8])]) -> RequestView<'a> {
        let Self { authority, path, .. } = self;
        RequestView { method: "POST", scheme: "http", authority, path, query: None, fields, has_body: true }
    }

    /// The whole request.
    pub(crate) fn request(&self, token: &str) -> String {
        let Self { authority, path, body, content_digest, signature_input, signature } = self;
        format!(
            "POST {path} HTTP/1.1\r\nhost: {authority}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\ncontent-digest: {content_digest}\r\n\
             signature-input: {signature_input}\r\nsignature: {signature}\r\n\r\n{body}",
            body.len()
        )
    }
}
