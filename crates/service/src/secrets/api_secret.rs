//! `api_secret`: a typed prefix, 256 random bits and a checksum, so that a mistyped secret is told
//! from a wrong one and a leaked one can be scanned for.

use std::fmt;

use subtle::ConstantTimeEq;
use tallyport_domain::Environment;
use zeroize::Zeroizing;

use crate::ports::{Randomness, random_bytes};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 43 digits of base 62 hold 256 bits.
const BODY_LENGTH: usize = 43;
/// 6 digits of base 62 hold 32 bits.
const CHECKSUM_LENGTH: usize = 6;

/// The secret half of an application's credentials.
#[derive(Clone)]
pub struct ApiSecret(Zeroizing<String>);

/// The text cannot be a secret of ours: prefix, length, letters or checksum are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an api_secret: it was cut, mistyped or is something else")]
pub struct InvalidApiSecret;

impl ApiSecret {
    /// A fresh secret.
    #[must_use]
    pub fn generate(environment: Environment, randomness: &dyn Randomness) -> Self {
        let random: Zeroizing<[u8; 32]> = Zeroizing::new(random_bytes(randomness));
        let body = format!("sk_{environment}_{}", *base62(&*random, BODY_LENGTH));
        let checksum = base62(&crc32fast::hash(body.as_bytes()).to_be_bytes(), CHECKSUM_LENGTH);
        Self(Zeroizing::new(format!("{body}{}", *checksum)))
    }

    /// Reads a secret and checks its form, which says nothing about whether it is the right one.
    pub fn parse(text: &str) -> Result<Self, InvalidApiSecret> {
        let digits = text.strip_prefix("sk_sandbox_").or_else(|| text.strip_prefix("sk_live_"));
        let well_formed = digits.is_some_and(|digits| {
            digits.len() == BODY_LENGTH + CHECKSUM_LENGTH && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if !well_formed {
            return Err(InvalidApiSecret);
        }
        let (body, checksum) = text.split_at(text.len() - CHECKSUM_LENGTH);
        if *base62(&crc32fast::hash(body.as_bytes()).to_be_bytes(), CHECKSUM_LENGTH) != checksum {
            return Err(InvalidApiSecret);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// The text, to be shown once or used as a key.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether the text is this secret, in a time that does not tell how close it came.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl fmt::Debug for ApiSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ApiSecret(…)")
    }
}

/// The big-endian number as base 62 digits, padded to `length`.
fn base62(bytes: &[u8], length: usize) -> Zeroizing<String> {
    let mut number = Zeroizing::new(bytes.to_vec());
    let mut digits = Zeroizing::new(vec![b'0'; length]);
    for digit in digits.iter_mut().rev() {
        let mut remainder = 0u32;
        for byte in number.iter_mut() {
            let value = (remainder << 8) | u32::from(*byte);
            *byte = u8::try_from(value / 62).unwrap_or(u8::MAX);
            remainder = value % 62;
        }
        *digit = ALPHABET[remainder as usize];
    }
    Zeroizing::new(String::from_utf8_lossy(&digits).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandomness;

    #[test]
    fn a_fresh_secret_is_well_formed_and_matches_only_itself() {
        let randomness = SeededRandomness::new(1);
        let secret = ApiSecret::generate(Environment::Sandbox, &randomness);
        let other = ApiSecret::generate(Environment::Sandbox, &randomness);
        assert!(secret.reveal().starts_with("sk_sandbox_"));
        assert!(ApiSecret::parse(secret.reveal()).unwrap().matches(secret.reveal()));
        assert!(!secret.matches(other.reveal()));
        assert!(!secret.matches(""));
    }

    #[test]
    fn any_mistyped_character_is_noticed() {
        let secret = ApiSecret::generate(Environment::Live, &SeededRandomness::new(2));
        let text = secret.reveal();
        for position in "sk_live_".len()..text.len() {
            let mut typed: Vec<u8> = text.bytes().collect();
            typed[position] = if typed[position] == b'A' { b'B' } else { b'A' };
            assert!(ApiSecret::parse(std::str::from_utf8(&typed).unwrap()).is_err(), "{position}");
        }
        assert!(ApiSecret::parse(&text[..text.len() - 1]).is_err());
        assert!(ApiSecret::parse(&text.replace("live", "sandbox")).is_err());
    }

    #[test]
    fn debug_shows_nothing() {
        let secret = ApiSecret::generate(Environment::Live, &SeededRandomness::new(3));
        assert_eq!(format!("{secret:?}"), "ApiSecret(…)");
    }
}
