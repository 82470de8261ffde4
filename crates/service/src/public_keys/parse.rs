//! Reading a public key from the text that somebody pasted: PEM of `SubjectPublicKeyInfo` or, for RSA,
//! of PKCS#1. What comes out is always the same DER for the same key.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::pkcs8::{DecodePublicKey as _, EncodePublicKey as _};
use rsa::traits::PublicKeyParts as _;
use tallyport_domain::public_key::{PublicKeyKind, PublicKeyUse, RSA_BITS_MAX, RSA_BITS_MIN, RSA_EXPONENT_MIN};

use super::verifiers;

/// The longest text that is looked at: an RSA key of 4096 bits takes 800 bytes.
const PEM_BYTES_MAX: usize = 8 * 1024;
/// What stands before the point of an elliptic curve key on P-256 in DER (RFC 5480).
const EC_P256_START: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const EC_P256_POINT_BYTES: usize = 65;
/// What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410).
const ED25519_START: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const ED25519_KEY_BYTES: usize = 32;

/// A public key that was read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyFile {
    /// What kind of key it is.
    pub kind: PublicKeyKind,
    /// How long it is.
    pub bits: usize,
    /// The key as `SubjectPublicKeyInfo` in DER.
    pub spki: Vec<u8>,
}

/// Why a text is not taken as a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPublicKey {
    /// It is a private key. It was not kept, but it has left its owner's machine.
    #[error("this is a private key")]
    Private,
    /// It is a certificate; the key inside has to be taken out first.
    #[error("this is a certificate, not a public key")]
    Certificate,
    /// It is not PEM of a public key.
    #[error("not a public key in PEM")]
    NotPem,
    /// It is a public key of a kind that no signature algorithm of the platform uses.
    #[error("neither RSA nor P-256 nor Ed25519")]
    OtherKind,
    /// It is an RSA key that is too short or too long.
    #[error("an RSA key has {RSA_BITS_MIN} to {RSA_BITS_MAX} bits")]
    RsaBits {
        /// How long it is.
        bits: usize,
    },
    /// It is an RSA key with a public exponent that is too small.
    #[error("the public exponent of an RSA key is at least {RSA_EXPONENT_MIN}")]
    RsaExponent,
    /// It is a key for signatures alone, and answers were to be encrypted to it.
    #[error("answers are encrypted to RSA keys only")]
    NotForEncryption,
}

impl PublicKeyFile {
    /// Reads a key from PEM.
    pub fn from_pem(text: &str) -> Result<Self, InvalidPublicKey> {
        if text.len() > PEM_BYTES_MAX {
            return Err(InvalidPublicKey::NotPem);
        }
        // Looked for first and anywhere: a file may hold both halves.
        if text.contains("PRIVATE KEY-----") {
            return Err(InvalidPublicKey::Private);
        }
        let (label, der) = decode_pem(text).ok_or(InvalidPublicKey::NotPem)?;
        match label {
            "PUBLIC KEY" => Self::from_spki(&der),
            "RSA PUBLIC KEY" => {
                Self::from_rsa(&RsaPublicKey::from_pkcs1_der(&der).map_err(|_| InvalidPublicKey::NotPem)?)
            }
            "CERTIFICATE" => Err(InvalidPublicKey::Certificate),
            _ => Err(InvalidPublicKey::NotPem),
        }
    }

    /// The same key for this use.
    pub fn used_for(self, used_for: PublicKeyUse) -> Result<Self, InvalidPublicKey> {
        match (used_for, self.kind) {
            (PublicKeyUse::Signing, _) => Ok(self),
            (PublicKeyUse::Encryption, PublicKeyKind::Rsa) => Ok(Self { kind: PublicKeyKind::RsaEncryption, ..self }),
            (PublicKeyUse::Encryption, _) => Err(InvalidPublicKey::NotForEncryption),
        }
    }

    fn from_spki(der: &[u8]) -> Result<Self, InvalidPublicKey> {
        let has = |start: &[u8], length: usize| der.starts_with(start) && der.len() == start.len() + length;
        if has(&EC_P256_START, EC_P256_POINT_BYTES) {
            return Self::of_curve(PublicKeyKind::EcP256, der);
        }
        if has(&ED25519_START, ED25519_KEY_BYTES) {
            return Self::of_curve(PublicKeyKind::Ed25519, der);
        }
        Self::from_rsa(&RsaPublicKey::from_public_key_der(der).map_err(|error| refused_rsa(der, &error))?)
    }

    /// A point that is not on the curve is no key.
    fn of_curve(kind: PublicKeyKind, der: &[u8]) -> Result<Self, InvalidPublicKey> {
        verifiers(kind, der).ok_or(InvalidPublicKey::NotPem)?;
        Ok(Self { kind, bits: 256, spki: der.to_vec() })
    }

    fn from_rsa(key: &RsaPublicKey) -> Result<Self, InvalidPublicKey> {
        let bits = key.n().bits();
        if !(RSA_BITS_MIN..=RSA_BITS_MAX).contains(&bits) {
            return Err(InvalidPublicKey::RsaBits { bits });
        }
        if *key.e() < rsa::BigUint::from(RSA_EXPONENT_MIN) {
            return Err(InvalidPublicKey::RsaExponent);
        }
        let spki = key.to_public_key_der().map_err(|_| InvalidPublicKey::NotPem)?.into_vec();
        verifiers(PublicKeyKind::Rsa, &spki).ok_or(InvalidPublicKey::NotPem)?;
        Ok(Self { kind: PublicKeyKind::Rsa, bits, spki })
    }

    /// SHA-256 of the key, as people compare it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", STANDARD_NO_PAD.encode(digest(&SHA256, &self.spki)))
    }
}

/// Why a `SubjectPublicKeyInfo` is not read as RSA: it is of another kind, or RSA that is too long.
fn refused_rsa(der: &[u8], error: &rsa::pkcs8::spki::Error) -> InvalidPublicKey {
    const RSA_IDENTIFIER: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let says_rsa = der.windows(RSA_IDENTIFIER.len()).any(|window| window == RSA_IDENTIFIER);
    match error {
        rsa::pkcs8::spki::Error::KeyMalformed if says_rsa => InvalidPublicKey::RsaBits { bits: der.len() * 8 },
        _ if says_rsa => InvalidPublicKey::NotPem,
        _ if der.first() == Some(&0x30) => InvalidPublicKey::OtherKind,
        _ => InvalidPublicKey::NotPem,
    }
}

/// The label and the bytes of the one PEM block (RFC 7468) in a text.
fn decode_pem(text: &str) -> Option<(&str, Vec<u8>)> {
    let (before, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, rest) = rest.split_once("-----END ")?;
    let after = rest.strip_prefix(label)?.strip_prefix("-----")?;
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return None;
    }
    let compact: String = body.split_ascii_whitespace().collect();
    Some((label, STANDARD.decode(compact).ok()?))
}

#[cfg(test)]
mod tests;
