//! Payments on the wire.

use serde::{Deserialize, Serialize};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::{ActionKind, Payment as DomainPayment, PaymentState};

use crate::metadata::Metadata;
use crate::optional::present;
use crate::time::rfc3339;

/// What a partner sends to make a payment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    // Not all of its fields go together.
    schema(example = json!({
        "order_id": "A-1001", "amount": "100.00", "currency": "USD", "method": "card_ok", "description": "Two coffees",
        "metadata": {"table": "7"},
    }))
)]
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
    /// What to pay with. In the sandbox: a test card such as `card_ok` or `card_declined`. Send this or `channel`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "card_ok", nullable = false))]
    pub method: Option<String>,
    /// Instead of `method`: `alipay`, `wechat_pay`, `bank_transfer`, `balance`, `cashier` to let the payer choose, or `holder_wallet` with a token by which an account holder consented to the payment.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "alipay", nullable = false))]
    pub channel: Option<String>,
    /// Who is paid: the id of an account holder, whose wallet gets what is captured, less the fee. With `holder_wallet`, the payee that the account holder consented to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Corner-Shop", min_length = 1, max_length = 64, pattern = "^[!-~]+$", nullable = false)
    )]
    pub payee: Option<String>,
    /// Where the payer is: `pc`, `mobile`, `app`, `qr` or `terminal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "qr"))]
    pub scene: Option<String>,
    /// When the money is taken: `automatic` at once, `manual` when you capture it; until then it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "automatic"))]
    pub capture: Option<String>,
    /// For people to read: up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Two coffees", min_length = 1, max_length = 500))]
    pub description: Option<String>,
    /// Where the payer's browser goes when they are done: an https address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://shop.example/orders/A-1001", max_length = 1000))]
    pub return_url: Option<String>,
    /// When the payer is too late: up to 30 days from now. Left out, 15 minutes for an action and a day for the cashier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T09:15:30.000Z", format = DateTime))]
    pub expires_at: Option<String>,
    /// Up to 20 names and texts of your own that come back with the payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"table": "7"})))]
    pub metadata: Option<Metadata>,
    /// How the sandbox behaves: `succeeds`, `fails`, `requires_action`, `times_out_then_succeeds`, `never_answers`, `answers_late`, `answers_twice`, `channel_closed` or `channel_exhausted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "succeeds"))]
    pub sandbox_outcome: Option<String>,
}

/// What a partner sends to take money that is held.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapturePayment {
    /// How much to take; everything that is held when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "60.00", max_length = 24))]
    pub amount: Option<String>,
    /// The payment's currency; it goes with `amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "USD", pattern = "^[A-Z]{3}$"))]
    pub currency: Option<String>,
    /// Whether this is the last capture: what is still held is given up.
    #[serde(default, rename = "final")]
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub is_final: bool,
}

/// What a partner sends to call a payment off: nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelPayment {}

/// What the payer has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextAction {
    /// `authenticate`, `scan`, `confirm`, `transfer` or `choose`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The page where they do it; the cashier has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The path of the page where a payer does what a payment waits for.
#[must_use]
pub fn payer_path(payment_id: PaymentId) -> String {
    format!("/pay/{payment_id}")
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
    /// The amount that was given back so far.
    #[cfg_attr(feature = "openapi", schema(example = "0.00"))]
    pub refunded_amount: String,
    /// The amount that is held and may still be captured.
    #[cfg_attr(feature = "openapi", schema(example = "0.00"))]
    pub capturable_amount: String,
    /// What the platform charged for it so far.
    #[cfg_attr(feature = "openapi", schema(example = "0.00"))]
    pub fee_amount: String,
    /// The currency of all amounts.
    #[cfg_attr(feature = "openapi", schema(example = "USD"))]
    pub currency: String,
    /// What it is paid with: a test card, or the name of a channel.
    #[cfg_attr(feature = "openapi", schema(example = "card_ok"))]
    pub method: String,
    /// The account holder who paid from their wallet, when one consented to it.
    #[cfg_attr(feature = "openapi", schema(required, example = "hld_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub payer: Option<String>,
    /// Who is paid: the account holder whose wallet gets what is captured, less the fee; or the payee that the payer consented to.
    #[cfg_attr(feature = "openapi", schema(required, example = "Corner-Shop"))]
    pub payee: Option<String>,
    /// Where the payer is, when you said so.
    #[cfg_attr(feature = "openapi", schema(required, example = "qr"))]
    pub scene: Option<String>,
    /// `automatic` or `manual`.
    #[cfg_attr(feature = "openapi", schema(example = "automatic"))]
    pub capture: String,
    /// Where it stands: `created`, `requires_action`, `processing`, `authorized`, `captured`, `partially_refunded`, `refunded`, `canceled`, `failed`, `expired` or `unknown`.
    #[cfg_attr(feature = "openapi", schema(example = "captured"))]
    pub status: String,
    /// Why it failed, when it did.
    #[cfg_attr(feature = "openapi", schema(required, example = "card_expired"))]
    pub failure_code: Option<String>,
    /// What the payer has to do, when it is their turn: `type` is `authenticate`, `scan`, `confirm`, `transfer` or `choose`. `url` is the page to send them to, from where they come back to your `return_url`; there is none for `choose`.
    #[cfg_attr(
        feature = "openapi",
        schema(required, value_type = Option<std::collections::BTreeMap<String, String>>, example = json!({"type": "authenticate", "url": "https://pay.example/pay/pay_01kaemzd2w5n8h9qv7c3r4t6yb"}))
    )]
    pub next_action: Option<NextAction>,
    /// When the channel is asked again, while the outcome is `unknown`.
    #[cfg_attr(feature = "openapi", schema(required, example = "2026-11-20T08:15:35.042Z", format = DateTime))]
    pub next_check_at: Option<String>,
    /// When the payer is too late, or when the hold on their money ends.
    #[cfg_attr(feature = "openapi", schema(required, example = "2026-11-20T08:30:30.042Z", format = DateTime))]
    pub expires_at: Option<String>,
    /// Where the payer's browser goes when they are done.
    #[cfg_attr(feature = "openapi", schema(required, example = "https://shop.example/orders/A-1001"))]
    pub return_url: Option<String>,
    /// For people to read.
    #[cfg_attr(feature = "openapi", schema(required, example = "Two coffees"))]
    pub description: Option<String>,
    /// Your own names and texts.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"table": "7"})))]
    pub metadata: Metadata,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub created_at: String,
    /// When it last changed.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.057Z", format = DateTime))]
    pub updated_at: String,
}

/// A payment that succeeded, for the documentation.
#[cfg(feature = "openapi")]
pub(crate) fn example() -> serde_json::Value {
    serde_json::json!({
        "id": "pay_01kaemzd2w5n8h9qv7c3r4t6yb",
        "object": "payment",
        "environment": "sandbox",
        "order_id": "A-1001",
        "amount": "100.00",
        "captured_amount": "100.00",
        "refunded_amount": "0.00",
        "capturable_amount": "0.00",
        "fee_amount": "0.00",
        "currency": "USD",
        "method": "card_ok",
        "payer": null,
        "payee": null,
        "scene": null,
        "capture": "automatic",
        "status": "captured",
        "failure_code": null,
        "next_action": null,
        "next_check_at": null,
        "expires_at": null,
        "return_url": null,
        "description": "Two coffees",
        "metadata": {"table": "7"},
        "created_at": "2026-11-20T08:15:30.042Z",
        "updated_at": "2026-11-20T08:15:30.057Z",
    })
}

impl Payment {
    /// The payment as a partner sees it, on a platform that is reached at this origin.
    #[must_use]
    pub fn of(payment: &DomainPayment, public_url: &str) -> Self {
        let asked = &payment.asked;
        let (mut failure, mut next_check_at_ms, mut expires_at_ms) = (None, None, None);
        match payment.state {
            PaymentState::Failed { failure: code } => failure = Some(code),
            PaymentState::Unknown { next_check_at_ms: at_ms, .. } => next_check_at_ms = Some(at_ms),
            PaymentState::Processing => expires_at_ms = asked.expires_at_ms,
            state => expires_at_ms = state.due_at_ms(),
        }
        Self {
            id: asked.id.to_string(),
            object: "payment".to_owned(),
            environment: asked.environment.to_string(),
            order_id: asked.order_id.to_string(),
            amount: asked.amount.amount(),
            captured_amount: payment.captured().amount(),
            refunded_amount: payment.refunded().amount(),
            capturable_amount: payment.capturable().amount(),
            fee_amount: payment.fee().amount(),
            currency: asked.amount.currency().code().to_owned(),
            method: asked.method.to_string(),
            payer: asked.payer.as_ref().map(|payer| payer.holder_id.to_string()),
            payee: match &asked.payer {
                Some(payer) => Some(payer.payee.to_string()),
                None => asked.payee.map(|payee| payee.to_string()),
            },
            scene: asked.scene.map(|scene| scene.as_str().to_owned()),
            capture: asked.capture.as_str().to_owned(),
            status: payment.state.status().as_str().to_owned(),
            failure_code: failure.map(|code| code.as_str().to_owned()),
            next_action: payment.action().map(|action| NextAction {
                kind: action.as_str().to_owned(),
                url: (action != ActionKind::Choose).then(|| format!("{public_url}{}", payer_path(asked.id))),
            }),
            next_check_at: next_check_at_ms.map(rfc3339),
            expires_at: expires_at_ms.map(rfc3339),
            return_url: asked.return_url.as_ref().map(|url| url.as_str().to_owned()),
            description: asked.description.as_ref().map(|text| text.as_str().to_owned()),
            metadata: Metadata::from(&asked.metadata),
            created_at: rfc3339(payment.created_at_ms),
            updated_at: rfc3339(payment.updated_at_ms),
        }
    }
}
