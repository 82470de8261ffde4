//! The signature algorithms the open API accepts. Which key may use which is decided with the key.

/// A signature algorithm under its registered name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `hmac-sha256`, keyed with the text of the `api_secret`.
    HmacSha256,
    /// `rsa-v1_5-sha256`, PKCS#1 v1.5 with an uploaded RSA key.
    RsaV15Sha256,
    /// `rsa-pss-sha512`, with an uploaded RSA key.
    RsaPssSha512,
    /// `ed25519`, with an uploaded Edwards-curve key.
    Ed25519,
    /// `ecdsa-p256-sha256`, whose signature is the 64 bytes of r and s.
    EcdsaP256Sha256,
}

impl Algorithm {
    /// Every accepted algorithm, in the order the documentation lists them.
    pub const ALL: [Self; 5] =
        [Self::HmacSha256, Self::RsaV15Sha256, Self::RsaPssSha512, Self::Ed25519, Self::EcdsaP256Sha256];

    /// The name the algorithm has in the IANA registry and in the `alg` parameter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hmac-sha256",
            Self::RsaV15Sha256 => "rsa-v1_5-sha256",
            Self::RsaPssSha512 => "rsa-pss-sha512",
            Self::Ed25519 => "ed25519",
            Self::EcdsaP256Sha256 => "ecdsa-p256-sha256",
        }
    }

    /// The algorithm of that exact name; names are case-sensitive.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}
