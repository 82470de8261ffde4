//! Signed texts of clients: compact JWS (RFC 7515) with the asymmetric algorithms that clients may
//! use, read strictly.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey, VerificationAlgorithm,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::json::{Limits, Value, parse};
use tallyport_domain::public_key::PublicKeyKind;
use tallyport_storage::authorization::clients::ClientKeyRecord;

const LIMITS: Limits = Limits { bytes_max: 16 * 1024, depth_max: 8 };
/// The most bytes of a text that is looked at.
const TEXT_BYTES_MAX: usize = 24 * 1024;

/// How a client may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

/// What clients may sign with, as the metadata shows it.
pub const SIGNING_ALGORITHMS: [&str; 4] = ["ES256", "PS256", "EdDSA", "RS256"];

/// A signed text whose signature was not looked at.
pub struct Jws<'a> {
    pub(super) header: Value,
    pub(super) claims: Value,
    pub(super) algorithm: Algorithm,
    signed: &'a str,
    signature: Vec<u8>,
}

/// A key that signatures are checked with. Each kind fits algorithms of its own, so that no key can
/// be taken for another.
pub(super) enum VerifyingKey {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// `SubjectPublicKeyInfo`.
    RsaSpki(Vec<u8>),
    /// An uncompressed point, or `SubjectPublicKeyInfo`.
    P256(Vec<u8>),
    /// The 32 bytes, or `SubjectPublicKeyInfo`.
    Ed25519(Vec<u8>),
}

impl<'a> Jws<'a> {
    /// Reads a text: three parts, a header with a known `alg` and without `crit`, claims that are an
    /// object.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        if text.len() > TEXT_BYTES_MAX {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let (header, claims) = (object(header)?, object(claims)?);
        // An extension that must be understood and is not; there is none that we understand.
        if header.find_member("crit").is_some() || header.find_member("b64").is_some() {
            return None;
        }
        let algorithm = match text_of(&header, "alg")? {
            "RS256" => Algorithm::Rs256,
            "PS256" => Algorithm::Ps256,
            "ES256" => Algorithm::Es256,
            "EdDSA" | "Ed25519" => Algorithm::EdDsa,
            _ => return None,
        };
        Some(Self { header, claims, algorithm, signed, signature: URL_SAFE_NO_PAD.decode(signature).ok()? })
    }

    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let by = |algorithm: &'static dyn VerificationAlgorithm, bytes: &[u8]| {
            UnparsedPublicKey::new(algorithm, bytes).verify(self.signed.as_bytes(), &self.signature).is_ok()
        };
        match (self.algorithm, key) {
            (Algorithm::Es256, VerifyingKey::P256(key)) => by(&ECDSA_P256_SHA256_FIXED, key),
            (Algorithm::EdDsa, VerifyingKey::Ed25519(key)) => by(&ED25519, key),
            (Algorithm::Rs256, VerifyingKey::RsaSpki(key)) => by(&RSA_PKCS1_2048_8192_SHA256, key),
            (Algorithm::Ps256, VerifyingKey::RsaSpki(key)) => by(&RSA_PSS_2048_8192_SHA256, key),
            (Algorithm::Rs256 | Algorithm::Ps256, VerifyingKey::Rsa { modulus, exponent }) => {
                let algorithm = match self.algorithm {
                    Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
                    _ => &RSA_PSS_2048_8192_SHA256,
                };
                let components = RsaPublicKeyComponents { n: modulus, e: exponent };
                components.verify(algorithm, self.signed.as_bytes(), &self.signature).is_ok()
            }
            _ => false,
        }
    }
}

impl VerifyingKey {
    /// A key that a client registered to sign with.
    pub(super) fn of_record(record: &ClientKeyRecord) -> Option<Self> {
        let spki = record.spki.clone();
        match record.kind {
            PublicKeyKind::Rsa => Some(Self::RsaSpki(spki)),
            PublicKeyKind::EcP256 => Some(Self::P256(spki)),
            PublicKeyKind::Ed25519 => Some(Self::Ed25519(spki)),
            PublicKeyKind::RsaEncryption => None,
        }
    }

    /// The public key of a JWK (RFC 7517), and the text that its thumbprint is the hash of
    /// (RFC 7638). A JWK with a private part is refused: it is no longer a secret.
    pub(super) fn of_jwk(jwk: &Value) -> Option<(Self, String)> {
        if ["d", "p", "q", "dp", "dq", "qi", "k"].iter().any(|name| jwk.find_member(name).is_some()) {
            return None;
        }
        let text = |name| text_of(jwk, name);
        let bytes = |name| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        match (text("kty")?, text_of(jwk, "crv")) {
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                let named = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, text("x")?, text("y")?);
                Some((Self::P256([&[4], &*x, &*y].concat()), named))
            }
            ("OKP", Some("Ed25519")) => {
                let named = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text("x")?);
                Some((Self::Ed25519(bytes("x").filter(|x| x.len() == 32)?), named))
            }
            ("RSA", None) => {
                let named = format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text("e")?, text("n")?);
                Some((Self::Rsa { modulus: bytes("n")?, exponent: bytes("e")? }, named))
            }
            _ => None,
        }
    }
}

fn object(part: &str) -> Option<Value> {
    let value = parse(&URL_SAFE_NO_PAD.decode(part).ok()?, LIMITS).ok()?;
    matches!(value, Value::Object(_)).then_some(value)
}

/// A member that is a text.
pub(super) fn text_of<'v>(object: &'v Value, name: &str) -> Option<&'v str> {
    match object.find_member(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// A member that is a whole number of seconds; a text, a fraction or an exponent is none.
pub(super) fn seconds_of(object: &Value, name: &str) -> Option<i64> {
    match object.find_member(name) {
        Some(Value::Number(number)) => number.parse().ok(),
        _ => None,
    }
}

/// Whether `aud` is this and nothing else: a list with more in it could be shown elsewhere.
pub(super) fn is_meant_for(claims: &Value, audience: &str) -> bool {
    match claims.find_member("aud") {
        Some(Value::Text(text)) => text == audience,
        Some(Value::List(list)) => matches!(&list[..], [Value::Text(text)] if text == audience),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwk(text: &str) -> Option<(VerifyingKey, String)> {
        VerifyingKey::of_jwk(&parse(text.as_bytes(), LIMITS).unwrap())
    }

    #[test]
    fn thumbprint_text_of_an_ec_key_has_its_members_in_order() {
        let x = "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs";
        let y = "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA";
        let (_, named) = jwk(&format!(r#"{{"kty":"EC","x":"{x}","y":"{y}","crv":"P-256"}}"#)).unwrap();
        assert_eq!(named, format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#));
    }

    #[test]
    fn private_symmetric_and_unknown_keys_are_refused() {
        let x = "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs";
        for text in [
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{x}","d":"{x}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-384","x":"{x}","y":"{x}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"AA","y":"{x}"}}"#),
            format!(r#"{{"kty":"oct","k":"{x}"}}"#),
            r#"{"kty":"RSA"}"#.to_owned(),
        ] {
            assert!(jwk(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn unsigned_and_symmetric_texts_are_not_read() {
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256"}"#,
            r#"{"alg":"ES256","crit":["x"]}"#,
            r#"{"alg":"ES256","alg":"ES256"}"#,
        ] {
            let text = format!("{}.{}.AA", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode("{}"));
            assert!(Jws::read(&text).is_none(), "{header}");
        }
        for text in ["", ".", "..", "a.b.c", "e30.e30", "e30.e30.AA.AA"] {
            assert!(Jws::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn times_are_whole_numbers() {
        let claims = parse(br#"{"a":1,"b":"1","c":1.0,"d":1e3,"e":99999999999999999999}"#, LIMITS).unwrap();
        assert_eq!(seconds_of(&claims, "a"), Some(1));
        for name in ["b", "c", "d", "e", "f"] {
            assert_eq!(seconds_of(&claims, name), None, "{name}");
        }
    }
}
