//! Tokens in links: 256 random bits, shown once, kept only as their SHA-256.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::ports::{Randomness, random_bytes};

/// A random token that works once.
pub struct OneTimeToken(Zeroizing<String>);

impl OneTimeToken {
    /// A fresh token.
    #[must_use]
    pub fn generate(randomness: &dyn Randomness) -> Self {
        let random: Zeroizing<[u8; 32]> = Zeroizing::new(random_bytes(randomness));
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(*random)))
    }

    /// The text, as it stands in the link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of a token.
    #[must_use]
    pub fn hash(text: &str) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
        hash
    }
}

impl fmt::Debug for OneTimeToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("OneTimeToken(…)")
    }
}
