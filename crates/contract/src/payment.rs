//! Payments on the wire.

use serde::{Deserialize, Serialize};
use tallyport_domain::payment::{Payment as DomainPayment, PaymentState};

use crate::time::rfc3339;

/// What a partner sends to make a payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatePayment {
    /// Your own number for what is paid: 1 to 64 visible ASCII characters. It is paid at most once.
    #[cfg_attr(feature = "openapi", schema(example = "A-1001", min_length = 1, max_length = 64, pattern = "^[!-~]+$"))]
    pub order_id: String,
    /// The amount as a decimal text, with exactly the decimals of the currency.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "100.00", pattern = r"^(0|[1-9][0-9]*)(\.[0-9]+)?$", max_length = 24)
    )]
    pub amount: String,
    /// An ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(example = "USD", pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    /// What to pay with. In the sandbox: a test card such as `card_ok` or `card_declined`.
    #[cfg_attr(feature = "openapi", schema(example = "card_ok"))]
    pub method: String,
    /// For people to read: up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Two coffees", min_length = 1, max_length = 500))]
    pub description: Option<String>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = example))]
pub struct Payment {
    /// The payment's id.
    #[cfg_attr(feature = "openapi", schema(example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub id: String,
    /// Always `payment`.
    #[cfg_attr(feature = "openapi", schema(example = "payment"))]
    pub object: String,
    /// `sandbox` or `live`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// Your own number for what is paid.
    #[cfg_attr(feature = "openapi", schema(example = "A-1001"))]
    pub order_id: String,
    /// The amount that was asked for.
    #[cfg_attr(feature = "openapi", schema(example = "100.00"))]
    pub amount: String,
    /// The amount that was taken so far.
    #[cfg_attr(feature = "openapi", schema(example = "100.00"))]
    pub captured_amount: String,
    /// The currency of all amounts.
    #[cfg_attr(feature = "openapi", schema(example = "USD"))]
    pub currency: String,
    /// What it is paid with.
    #[cfg_attr(feature = "openapi", schema(example = "card_ok"))]
    pub method: String,
    /// Where it stands: `processing`, `captured` or `failed`.
    #[cfg_attr(feature = "openapi", schema(example = "captured"))]
    pub status: String,
    /// Why it failed, when it did.
    #[cfg_attr(feature = "openapi", schema(required, example = "card_expired"))]
    pub failure_code: Option<String>,
    /// For people to read.
    #[cfg_attr(feature = "openapi", schema(required, example = "Two coffees"))]
    pub description: Option<String>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub created_at: String,
    /// When it last changed.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.057Z", format = DateTime))]
    pub updated_at: String,
}

/// A payment that succeeded, for the documentation.
#[cfg(feature = "openapi")]
fn example() -> serde_json::Value {
    serde_json::json!({
        "id": "pay_01kaemzd2w5n8h9qv7c3r4t6yb",
        "object": "payment",
        "environment": "sandbox",
        "order_id": "A-1001",
        "amount": "100.00",
        "captured_amount": "100.00",
        "currency": "USD",
        "method": "card_ok",
        "status": "captured",
        "failure_code": null,
        "description": "Two coffees",
        "created_at": "2026-11-20T08:15:30.042Z",
        "updated_at": "2026-11-20T08:15:30.057Z",
    })
}

impl From<&DomainPayment> for Payment {
    fn from(payment: &DomainPayment) -> Self {
        let asked = &payment.asked;
        let failure = match payment.state {
            PaymentState::Failed { failure } => Some(failure),
            PaymentState::Processing | PaymentState::Captured { .. } => None,
        };
        Self {
            id: asked.id.to_string(),
            object: "payment".to_owned(),
            environment: asked.environment.to_string(),
            order_id: asked.order_id.to_string(),
            amount: asked.amount.amount(),
            captured_amount: payment.captured().amount(),
            currency: asked.amount.currency().code().to_owned(),
            method: asked.method.to_string(),
            status: payment.state.status().as_str().to_owned(),
            failure_code: failure.map(|code| code.as_str().to_owned()),
            description: asked.description.as_ref().map(|text| text.as_str().to_owned()),
            created_at: rfc3339(payment.created_at_ms),
            updated_at: rfc3339(payment.updated_at_ms),
        }
    }
}
