//! Public keys of applications: which kinds there are and what each may sign with. Reads no bytes and
//! verifies nothing.

use crate::signature::Algorithm;
use crate::text_enum::text_enum;

/// The fewest bits of an RSA key: what NIST SP 800-131A asks for.
pub const RSA_BITS_MIN: usize = 2048;
/// The most bits; longer ones only cost time.
pub const RSA_BITS_MAX: usize = 4096;
/// The smallest public exponent; smaller ones make faults of padding dangerous.
pub const RSA_EXPONENT_MIN: u64 = 65_537;

text_enum! {
    /// What kind of key it is.
    PublicKeyKind {
        /// RSA of 2048 to 4096 bits.
        Rsa => "rsa",
        /// An elliptic curve key on P-256.
        EcP256 => "ec-p256",
        /// An Edwards curve key.
        Ed25519 => "ed25519",
        /// RSA of 2048 to 4096 bits that answers are encrypted to, and that signs nothing.
        RsaEncryption => "rsa-encryption",
    }
}

text_enum! {
    /// What an application registers a public key for. One key is for one thing.
    PublicKeyUse {
        /// Its requests and assertions are signed with the private half.
        Signing => "signing",
        /// Answers are encrypted to it.
        Encryption => "encryption",
    }
}

impl PublicKeyKind {
    /// What such a key may sign requests with.
    #[must_use]
    pub const fn algorithms(self) -> &'static [Algorithm] {
        match self {
            Self::Rsa => &[Algorithm::RsaPssSha512, Algorithm::RsaV15Sha256],
            Self::EcP256 => &[Algorithm::EcdsaP256Sha256],
            Self::Ed25519 => &[Algorithm::Ed25519],
            Self::RsaEncryption => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PublicKeyKind;
    use crate::signature::Algorithm;

    #[test]
    fn every_algorithm_but_the_shared_secret_belongs_to_exactly_one_kind() {
        for algorithm in Algorithm::ALL {
            let kinds = PublicKeyKind::ALL.iter().filter(|kind| kind.algorithms().contains(&algorithm)).count();
            assert_eq!(kinds, usize::from(algorithm != Algorithm::HmacSha256), "{algorithm:?}");
        }
    }
}
