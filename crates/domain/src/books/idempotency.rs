//! Idempotency: the same key and body have one effect and one answer.

use std::fmt;
use std::str::FromStr;

use crate::Environment;
use crate::ids::{AppId, PaymentId};
use crate::text_enum::text_enum;

/// The most characters an idempotency key may have.
const IDEMPOTENCY_KEY_LENGTH_MAX: usize = 255;

/// The caller's own name for one intended effect.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(String);

/// The text is not an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to {IDEMPOTENCY_KEY_LENGTH_MAX} visible ASCII characters")]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = InvalidIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, InvalidIdempotencyKey> {
        let fits = (1..=IDEMPOTENCY_KEY_LENGTH_MAX).contains(&text.len());
        if !fits || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidIdempotencyKey);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

text_enum! {
    /// The calls that move money, by method and path.
    Operation {
        /// Makes a payment.
        CreatePayment => "POST /v1/payments",
    }
}

/// Within what a key has to be unique.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyScope {
    /// The application that calls.
    pub application_id: AppId,
    /// The world it calls in.
    pub environment: Environment,
    /// What it calls.
    pub operation: Operation,
    /// The key it gave.
    pub key: IdempotencyKey,
}

/// The answer that a repeated request gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// What is known under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// The body of the first request.
    pub request: String,
    /// What it made.
    pub payment_id: PaymentId,
    /// How it was answered; none while it is still under way.
    pub answer: Option<StoredAnswer>,
    /// When the first request came.
    pub created_at_ms: i64,
}
