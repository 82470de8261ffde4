//! Texts that bring along the key that they are signed with: proofs of possession (RFC 9449, 4.2). All of it
//! happens to a stranger's bytes before anything is looked up, so it stands apart from what does look up.

use super::jose::{Jws, VerifyingKey};

/// What a text turned out to be.
pub enum SelfSigned<'a> {
    /// No signed text of a kind that is taken.
    Unreadable,
    /// The header has no `jwk`, or one that is not a public key of a kind that is taken.
    WithoutKey,
    /// The signature is not that key's.
    ByAnother,
    /// Header and claims stand as the key signed them.
    Signed {
        /// The text.
        jws: Jws<'a>,
        /// What the key's thumbprint is the hash of (RFC 7638).
        thumbprint_of: String,
    },
}

/// Reads a text and checks it with its own key.
#[must_use]
pub fn read_self_signed(text: &str) -> SelfSigned<'_> {
    let Some(jws) = Jws::read(text) else { return SelfSigned::Unreadable };
    let Some((key, thumbprint_of)) = jws.header.find_member("jwk").and_then(VerifyingKey::of_jwk) else {
        return SelfSigned::WithoutKey;
    };
    if jws.is_signed_by(&key) { SelfSigned::Signed { jws, thumbprint_of } } else { SelfSigned::ByAnother }
}
