//! Why a call did not give what it was made for.

use tallyport_contract::token::TokenRefusal;
use tallyport_contract::{ErrorCode, Problem};
use tallyport_domain::signature::SignatureRefusal;

/// A call that failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform refused the call and said why.
    #[error(transparent)]
    Refused(#[from] Box<Refusal>),
    /// The platform gave no token for this key and secret.
    #[error("no token: {}: {}", .0.error, .0.error_description)]
    NoToken(TokenRefusal),
    /// There was no answer, or only part of one. Whether the call had an effect is not known; the
    /// same idempotency key may be used again.
    #[error("the platform did not answer")]
    NoAnswer(#[source] reqwest::Error),
    /// An answer that this client does not understand, perhaps from something in between.
    #[error("an answer with status {status} that is not understood")]
    NotUnderstood {
        /// The answer's HTTP status.
        status: u16,
    },
    /// The answer does not carry the platform's signature over this call. Whether the call had an effect
    /// is not known; the same idempotency key may be used again.
    #[error("the answer is not signed by the platform")]
    AnswerNotAuthentic,
    /// The base URL is not one that calls can be made to.
    #[error("the base URL has to be http:// or https:// with a host and nothing behind it")]
    BaseUrl,
    /// The call cannot be signed as it is.
    #[error(transparent)]
    Unsignable(#[from] SignatureRefusal),
    /// No connection could be prepared: TLS is not usable on this machine.
    #[error("cannot prepare connections")]
    Setup(#[source] reqwest::Error),
}

/// A problem (RFC 9457) together with its code in typed form.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {} ({})", problem.code, problem.detail, problem.request_id)]
pub struct Refusal {
    /// The code, unless this client is too old to know it.
    pub code: Option<ErrorCode>,
    /// Everything that the platform said.
    pub problem: Problem,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let code = ErrorCode::ALL.iter().copied().find(|code| code.as_str() == problem.code);
        Self { code, problem }
    }
}

impl Error {
    /// The stable code of a refusal.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(refusal) => refusal.code,
            _ => None,
        }
    }

    /// Whether the same call may succeed later, also beyond the tries that the client made.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.problem.retryable,
            Self::NoAnswer(_) => true,
            Self::NotUnderstood { status } => matches!(status, 429 | 502 | 503 | 504),
            Self::AnswerNotAuthentic | Self::NoToken(_) | Self::BaseUrl | Self::Unsignable(_) | Self::Setup(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &str) -> Problem {
        Problem {
            kind: "https://pay.example/docs/errors/x".into(),
            title: String::new(),
            status: 409,
            detail: "The payment is under way.".into(),
            code: code.into(),
            param: None,
            differs: Vec::new(),
            request_id: "req_1".into(),
            retryable: true,
            hint: String::new(),
            server_time: None,
        }
    }

    #[test]
    fn a_known_code_is_typed_and_an_unknown_one_is_kept_as_text() {
        let known = Error::from(Box::new(Refusal::from(problem("order_in_progress"))));
        assert_eq!(known.code(), Some(ErrorCode::OrderInProgress));
        assert!(known.is_retryable());
        let unknown = Error::from(Box::new(Refusal::from(problem("of_tomorrow"))));
        assert_eq!(unknown.code(), None);
        assert_eq!(unknown.to_string(), "of_tomorrow: The payment is under way. (req_1)");
    }
}
