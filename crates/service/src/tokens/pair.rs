//! A key pair of any kind that the platform signs with. A pair is read once and for one algorithm only,
//! so that no signature can be taken for one of another kind.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaEncoding, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey};
use tallyport_domain::TokenAlgorithm;
use zeroize::Zeroizing;

/// A key pair and the one way in which it signs.
pub(crate) enum SigningPair {
    P256(EcdsaKeyPair),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ed25519(Ed25519KeyPair),
}

/// What of a public key stands in its JWK (RFC 7518, RFC 8037), each number as base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyMembers {
    /// A point on P-256.
    P256 {
        /// The first coordinate.
        x: String,
        /// The second coordinate.
        y: String,
    },
    /// An RSA key.
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent.
        e: String,
    },
    /// An Ed25519 key.
    Ed25519 {
        /// Its 32 bytes.
        x: String,
    },
}

const WORKS: &str = "the random generator works";
const WRITES: &str = "a fresh key can be written";

/// A fresh private key in PKCS#8, and its public half.
///
/// # Panics
/// When the system's random generator fails.
pub(crate) fn generate(algorithm: TokenAlgorithm) -> (Zeroizing<Vec<u8>>, Vec<u8>) {
    let (private_key, public_key) = match algorithm {
        TokenAlgorithm::Es256 => {
            let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect(WORKS);
            (pair.to_pkcs8v1().expect(WRITES).as_ref().to_vec(), pair.public_key().as_ref().to_vec())
        }
        TokenAlgorithm::Rs256 | TokenAlgorithm::Ps256 => return generate_rsa(),
        TokenAlgorithm::EdDsa => {
            let pair = Ed25519KeyPair::generate().expect(WORKS);
            (pair.to_pkcs8v1().expect(WRITES).as_ref().to_vec(), pair.public_key().as_ref().to_vec())
        }
    };
    (Zeroizing::new(private_key), public_key)
}

/// The same for RSA, whatever it is used for.
///
/// # Panics
/// When the system's random generator fails.
pub(crate) fn generate_rsa() -> (Zeroizing<Vec<u8>>, Vec<u8>) {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect(WORKS);
    let private_key = Zeroizing::new(pair.as_der().expect(WRITES).as_ref().to_vec());
    (private_key, pair.public_key().as_ref().to_vec())
}

impl SigningPair {
    /// Reads a private key that was made for this algorithm.
    pub(crate) fn read(algorithm: TokenAlgorithm, pkcs8: &[u8]) -> Option<Self> {
        Some(match algorithm {
            TokenAlgorithm::Es256 => {
                Self::P256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).ok()?)
            }
            TokenAlgorithm::Rs256 => Self::Rsa(RsaKeyPair::from_pkcs8(pkcs8).ok()?, &RSA_PKCS1_SHA256),
            TokenAlgorithm::Ps256 => Self::Rsa(RsaKeyPair::from_pkcs8(pkcs8).ok()?, &RSA_PSS_SHA256),
            TokenAlgorithm::EdDsa => Self::Ed25519(Ed25519KeyPair::from_pkcs8(pkcs8).ok()?),
        })
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::P256(pair) => Some(pair.sign(&SystemRandom::new(), message).ok()?.as_ref().to_vec()),
            Self::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &SystemRandom::new(), message, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ed25519(pair) => Some(pair.sign(message).as_ref().to_vec()),
        }
    }

    /// The public half, for its JWK.
    pub(crate) fn members(&self) -> Option<KeyMembers> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::P256(pair) => {
                // An uncompressed point: 4, then 32 bytes each.
                let [4, point @ ..] = pair.public_key().as_ref() else { return None };
                let (x, y) = point.split_at_checked(32)?;
                Some(KeyMembers::P256 { x: text(x), y: text(y) })
            }
            Self::Rsa(pair, _) => {
                let key = pair.public_key();
                let n = text(key.modulus().big_endian_without_leading_zero());
                Some(KeyMembers::Rsa { n, e: text(key.exponent().big_endian_without_leading_zero()) })
            }
            Self::Ed25519(pair) => Some(KeyMembers::Ed25519 { x: text(pair.public_key().as_ref()) }),
        }
    }
}

impl KeyMembers {
    /// The same key, to verify with.
    pub(crate) fn verifying(&self) -> Option<DecodingKey> {
        match self {
            Self::P256 { x, y } => DecodingKey::from_ec_components(x, y),
            Self::Rsa { n, e } => DecodingKey::from_rsa_components(n, e),
            Self::Ed25519 { x } => DecodingKey::from_ed_components(x),
        }
        .ok()
    }
}

/// The algorithm as the library that verifies names it.
pub(crate) const fn verified_by(algorithm: TokenAlgorithm) -> Algorithm {
    match algorithm {
        TokenAlgorithm::Es256 => Algorithm::ES256,
        TokenAlgorithm::Rs256 => Algorithm::RS256,
        TokenAlgorithm::Ps256 => Algorithm::PS256,
        TokenAlgorithm::EdDsa => Algorithm::EdDSA,
    }
}
