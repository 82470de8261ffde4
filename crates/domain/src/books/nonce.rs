//! Nonces: a signature works once.

/// What tells one nonce from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NonceId {
    /// The key that signed.
    pub key_id: String,
    /// The value that the signer chose.
    pub value: String,
}

/// A nonce of a signature that was verified.
#[derive(Debug, Clone)]
pub struct Nonce {
    /// What tells it from others; works once.
    pub id: NonceId,
    /// From when on the signature is refused for its age, so that the nonce may be forgotten.
    pub expires_at_ms: i64,
}
