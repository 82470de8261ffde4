//! Idempotency: the same key and body have one effect and one answer.

use std::fmt;
use std::str::FromStr;

use crate::ids::{AppId, ObjectId, PaymentId};
use crate::{Environment, UnknownText};

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

/// The calls that move money, by method and path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// Makes a payment.
    CreatePayment,
    /// Takes an authorized payment's money.
    CapturePayment(PaymentId),
    /// Calls a payment off.
    CancelPayment(PaymentId),
    /// Gives money back.
    CreateRefund,
    /// Moves money to another account.
    CreateTransfer,
    /// Puts money in.
    CreateTopUp,
    /// Takes money out.
    CreateWithdrawal,
}

impl fmt::Display for Operation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreatePayment => out.write_str("POST /v1/payments"),
            Self::CapturePayment(id) => write!(out, "POST /v1/payments/{id}/capture"),
            Self::CancelPayment(id) => write!(out, "POST /v1/payments/{id}/cancel"),
            Self::CreateRefund => out.write_str("POST /v1/refunds"),
            Self::CreateTransfer => out.write_str("POST /v1/transfers"),
            Self::CreateTopUp => out.write_str("POST /v1/top_ups"),
            Self::CreateWithdrawal => out.write_str("POST /v1/withdrawals"),
        }
    }
}

impl FromStr for Operation {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let unknown = UnknownText { kind: "Operation" };
        match text {
            "POST /v1/payments" => return Ok(Self::CreatePayment),
            "POST /v1/refunds" => return Ok(Self::CreateRefund),
            "POST /v1/transfers" => return Ok(Self::CreateTransfer),
            "POST /v1/top_ups" => return Ok(Self::CreateTopUp),
            "POST /v1/withdrawals" => return Ok(Self::CreateWithdrawal),
            _ => {}
        }
        let (id, action) =
            text.strip_prefix("POST /v1/payments/").and_then(|rest| rest.split_once('/')).ok_or(unknown)?;
        let id = id.parse().map_err(|_| unknown)?;
        match action {
            "capture" => Ok(Self::CapturePayment(id)),
            "cancel" => Ok(Self::CancelPayment(id)),
            _ => Err(unknown),
        }
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

/// The answer that a repeated request gets: the object as one of its events shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredAnswer {
    /// The text of the object, as it was stored.
    Text(String),
    /// The event of this batch that shows it, by its place among the changes.
    Event(usize),
}

/// What is known under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// The body of the first request.
    pub request: String,
    /// What it made or changed.
    pub object_id: ObjectId,
    /// How it was answered; none while it is still under way.
    pub answer: Option<StoredAnswer>,
    /// When the first request came.
    pub created_at_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_read_back_from_its_text() {
        let id = PaymentId::from_parts(1_700_000_000_000, [7; 10]);
        for operation in [
            Operation::CreatePayment,
            Operation::CapturePayment(id),
            Operation::CancelPayment(id),
            Operation::CreateRefund,
            Operation::CreateTransfer,
            Operation::CreateTopUp,
            Operation::CreateWithdrawal,
        ] {
            assert_eq!(operation.to_string().parse(), Ok(operation));
        }
        for text in ["", "POST /v1/payments/", "POST /v1/payments/x/capture", "GET /v1/payments"] {
            assert!(text.parse::<Operation>().is_err(), "{text}");
        }
    }
}
