//! A call of the open API that the portal makes for the reader: what it is to be, what came of it,
//! and the port through which the server makes it.
//!
//! The record lies in the session until the next call, so it holds no secret and no token.

use serde::{Deserialize, Serialize};
use std::{fmt, future::Future, pin::Pin, sync::Arc};
use tallyport_contract::language::Language;
use tallyport_domain::ids::AppId;
use tallyport_service::{Member, ServiceError};

/// A call that the reader wants to see made.
#[derive(Clone, Debug)]
pub struct SandboxOrder {
    /// Who wants it.
    pub member: Member,
    /// As which of their applications.
    pub application_id: AppId,
    /// The value of `Idempotency-Key`; none to see what happens without.
    pub idempotency_key: Option<String>,
    /// The body, as it is to be sent.
    pub body: String,
    /// The language of the answer's texts.
    pub language: Language,
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxCall {
    /// The application that it was made as.
    pub application_id: String,
    /// What was sent.
    pub request: SandboxRequest,
    /// The text that was signed.
    pub signature_base: String,
    /// What came back.
    pub answer: SandboxAnswer,
}

/// What was sent; the token is shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxRequest {
    /// The method in capital letters.
    pub method: String,
    /// The path.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxAnswer {
    /// The status with its reason, such as `201 Created`.
    pub status: String,
    /// Whether the call succeeded.
    pub is_success: bool,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: String,
}

/// Why a call was not made.
#[derive(Debug)]
pub enum SandboxRefusal {
    /// The reader has no such application.
    NoSuchApplication,
    /// The application has no key that works.
    NoCredential,
    /// The idempotency key cannot stand in a header.
    UnfitKey,
    /// Something else.
    Service(ServiceError),
}

type CallFuture = Pin<Box<dyn Future<Output = Result<SandboxCall, SandboxRefusal>> + Send>>;

/// Makes sandbox calls through the handlers of the running server.
#[derive(Clone)]
pub struct SandboxCaller(Arc<dyn Fn(SandboxOrder) -> CallFuture + Send + Sync>);

impl SandboxCaller {
    /// Wraps the server's way to its own API.
    pub fn new<F>(call: impl Fn(SandboxOrder) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<SandboxCall, SandboxRefusal>> + Send + 'static,
    {
        Self(Arc::new(move |order| Box::pin(call(order))))
    }

    pub(crate) async fn call(&self, order: SandboxOrder) -> Result<SandboxCall, SandboxRefusal> {
        (self.0)(order).await
    }
}

impl fmt::Debug for SandboxCaller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SandboxCaller")
    }
}

impl SandboxAnswer {
    /// The payment that the answer is about.
    pub(crate) fn payment_id(&self) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        (answer["object"] == "payment").then(|| answer["id"].as_str().map(str::to_owned)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::SandboxAnswer;

    #[test]
    fn only_a_payment_has_a_payments_id() {
        let answer = |body: &str| SandboxAnswer {
            status: String::new(),
            is_success: true,
            headers: Vec::new(),
            body: body.to_owned(),
        };
        let payment = answer(r#"{"id":"pay_1","object":"payment"}"#);
        assert_eq!(payment.payment_id().as_deref(), Some("pay_1"));
        for other in ["", "[]", r#"{"id":"req_1"}"#, r#"{"object":"payment"}"#] {
            assert_eq!(answer(other).payment_id(), None, "{other}");
        }
    }
}
