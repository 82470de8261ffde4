//! Refunds, transfers, top-ups and withdrawals on the wire.

use serde::{Deserialize, Serialize};
use tallyport_domain::movement::{Movement, MovementKind, MovementState, RefundTo};

use crate::metadata::Metadata;
use crate::optional::present;
use crate::time::rfc3339;

/// What a partner sends to give a payment's money back.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(example = json!({
        "payment_id": "pay_01kaemzd2w5n8h9qv7c3r4t6yb", "amount": "40.00", "currency": "USD",
        "description": "One cup was cold", "metadata": {"table": "7"},
    }))
)]
pub struct CreateRefund {
    /// The payment whose money goes back.
    #[cfg_attr(feature = "openapi", schema(example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub payment_id: String,
    /// How much goes back; everything that is left when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "40.00", max_length = 24))]
    pub amount: Option<String>,
    /// The payment's currency; it goes with `amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "USD", pattern = "^[A-Z]{3}$"))]
    pub currency: Option<String>,
    /// The account holder into whose wallet the money goes when the payment's channel is closed or exhausted. Without one, such a refund fails.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "hld_01kaemzd2w5n8h9qv7c3r4t6yb", nullable = false))]
    pub to_holder: Option<String>,
    /// For people to read: up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "One cup was cold", min_length = 1, max_length = 500))]
    pub description: Option<String>,
    /// Up to 20 names and texts of your own that come back with the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"table": "7"})))]
    pub metadata: Option<Metadata>,
    /// How the sandbox behaves: `succeeds`, `fails`, `times_out_then_succeeds`, `never_answers`, `answers_late`, `answers_twice`, `channel_closed` or `channel_exhausted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "succeeds"))]
    pub sandbox_outcome: Option<String>,
}

/// What a partner sends to move money from its balance to another account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    // Of the two fields that say where it goes, one is sent.
    schema(example = json!({
        "to_account": "acct_01kaemzd2w5n8h9qv7c3r4t6yb", "amount": "25.00", "currency": "USD",
        "description": "Share of March", "metadata": {"table": "7"},
    }))
)]
pub struct CreateTransfer {
    /// The account that gets the money, of the same currency and environment. Send this or `to_holder`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "acct_01kaemzd2w5n8h9qv7c3r4t6yb", nullable = false))]
    pub to_account: Option<String>,
    /// The account holder whose wallet gets the money, in the sandbox one of your test holders.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "hld_01kaemzd2w5n8h9qv7c3r4t6yb", nullable = false))]
    pub to_holder: Option<String>,
    /// The amount as a decimal text, with exactly the decimals of the currency.
    #[cfg_attr(feature = "openapi", schema(example = "25.00", max_length = 24))]
    pub amount: String,
    /// An ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(example = "USD", pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    /// For people to read: up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Share of March", min_length = 1, max_length = 500))]
    pub description: Option<String>,
    /// Up to 20 names and texts of your own that come back with the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"table": "7"})))]
    pub metadata: Option<Metadata>,
}

/// What a partner sends to put money into its balance, or to take money out of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateChannelMovement {
    /// The amount as a decimal text, with exactly the decimals of the currency.
    #[cfg_attr(feature = "openapi", schema(example = "500.00", max_length = 24))]
    pub amount: String,
    /// An ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(example = "USD", pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    /// The channel that moves it: `bank_transfer` when left out, `alipay`, `wechat_pay` or `balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "bank_transfer"))]
    pub channel: Option<String>,
    /// For people to read: up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Float for April", min_length = 1, max_length = 500))]
    pub description: Option<String>,
    /// Up to 20 names and texts of your own that come back with the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"table": "7"})))]
    pub metadata: Option<Metadata>,
    /// How the sandbox behaves: `succeeds`, `fails`, `times_out_then_succeeds`, `never_answers`, `answers_late`, `answers_twice`, `channel_closed` or `channel_exhausted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "succeeds"))]
    pub sandbox_outcome: Option<String>,
}

/// Declares what a kind of movement looks like, with an example of each text that kinds differ in; the fields of
/// its own stand behind the shared ones.
macro_rules! movement {
    ($(#[$doc:meta])* $name:ident($object:literal, $id:literal, $amount:literal, $description:literal) { $($(#[$field_doc:meta])* $field:ident: $type:ty = $example:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(example = Self::example))]
        pub struct $name {
            /// Its id.
            #[cfg_attr(feature = "openapi", schema(example = $id))]
            pub id: String,
            /// What kind of object it is.
            #[cfg_attr(feature = "openapi", schema(example = $object))]
            pub object: String,
            /// `sandbox` or `live`.
            #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
            pub environment: String,
            $(
                $(#[$field_doc])*
                #[cfg_attr(feature = "openapi", schema(required, example = $example))]
                pub $field: $type,
            )+
            /// How much moves.
            #[cfg_attr(feature = "openapi", schema(example = $amount))]
            pub amount: String,
            /// The currency of the amount.
            #[cfg_attr(feature = "openapi", schema(example = "USD"))]
            pub currency: String,
            /// Where it stands: `processing`, `succeeded`, `failed` or `unknown`.
            #[cfg_attr(feature = "openapi", schema(example = "succeeded"))]
            pub status: String,
            /// Why it failed, when it did.
            #[cfg_attr(feature = "openapi", schema(required, example = "declined"))]
            pub failure_code: Option<String>,
            /// When the channel is asked again, while the outcome is `unknown`.
            #[cfg_attr(feature = "openapi", schema(required, example = "2026-11-20T08:15:35.042Z", format = DateTime))]
            pub next_check_at: Option<String>,
            /// For people to read.
            #[cfg_attr(feature = "openapi", schema(required, example = $description))]
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

        impl $name {
            /// One that succeeded, for the documentation.
            #[cfg(feature = "openapi")]
            fn example() -> serde_json::Value {
                serde_json::json!({
                    "id": $id,
                    "object": $object,
                    "environment": "sandbox",
                    $((stringify!($field)): $example,)+
                    "amount": $amount,
                    "currency": "USD",
                    "status": "succeeded",
                    "failure_code": null,
                    "next_check_at": null,
                    "description": $description,
                    "metadata": {"table": "7"},
                    "created_at": "2026-11-20T08:15:30.042Z",
                    "updated_at": "2026-11-20T08:15:30.057Z",
                })
            }

            fn new(movement: &Movement, $($field: $type,)+) -> Self {
                let (failure, next_check_at_ms) = match movement.state {
                    MovementState::Failed { failure } => (Some(failure), None),
                    MovementState::Unknown { next_check_at_ms, .. } => (None, Some(next_check_at_ms)),
                    MovementState::Processing | MovementState::Succeeded => (None, None),
                };
                Self {
                    id: movement.id.to_string(),
                    object: movement.kind.name().as_str().to_owned(),
                    environment: movement.environment.to_string(),
                    $($field,)+
                    amount: movement.amount.amount(),
                    currency: movement.amount.currency().code().to_owned(),
                    status: movement.state.status().as_str().to_owned(),
                    failure_code: failure.map(|code| code.as_str().to_owned()),
                    next_check_at: next_check_at_ms.map(rfc3339),
                    description: movement.description.as_ref().map(|text| text.as_str().to_owned()),
                    metadata: Metadata::from(&movement.metadata),
                    created_at: rfc3339(movement.created_at_ms),
                    updated_at: rfc3339(movement.updated_at_ms),
                }
            }
        }
    };
}

movement! {
    /// Money that goes back to a payer.
    Refund("refund", "rfd_01kaemzd2w5n8h9qv7c3r4t6yb", "40.00", "One cup was cold") {
        /// The payment whose money goes back.
        payment_id: String = "pay_01kaemzd2w5n8h9qv7c3r4t6yb",
        /// The account holder into whose wallet it goes when the channel is closed or exhausted.
        to_holder: Option<String> = "hld_01kaemzd2w5n8h9qv7c3r4t6yb",
        /// Where the money went once it succeeded: `channel` or `balance`.
        returned_to: Option<String> = "channel",
    }
}

movement! {
    /// Money that went from one account to another.
    Transfer("transfer", "trf_01kaemzd2w5n8h9qv7c3r4t6yb", "25.00", "Share of March") {
        /// The account that the money left.
        from_account: String = "acct_01kaemzd2w5n8h9qv7c3r4t6ya",
        /// The account that got the money.
        to_account: String = "acct_01kaemzd2w5n8h9qv7c3r4t6yb",
    }
}

movement! {
    /// Money that an application puts into its balance.
    TopUp("top_up", "top_01kaemzd2w5n8h9qv7c3r4t6yb", "500.00", "Float for April") {
        /// The channel that moves it, by the platform's own name: what was asked for as `bank_transfer` is `sandbox_bank` in the sandbox.
        channel: String = "sandbox_bank",
    }
}

movement! {
    /// Money that an application takes out of its balance.
    Withdrawal("withdrawal", "wdl_01kaemzd2w5n8h9qv7c3r4t6yb", "500.00", "Float for April") {
        /// The channel that moves it, by the platform's own name: what was asked for as `bank_transfer` is `sandbox_bank` in the sandbox.
        channel: String = "sandbox_bank",
    }
}

/// A movement of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnyMovement {
    /// Money that goes back.
    Refund(Refund),
    /// Money that went to another account.
    Transfer(Transfer),
    /// Money that came in.
    TopUp(TopUp),
    /// Money that goes out.
    Withdrawal(Withdrawal),
}

impl From<&Movement> for AnyMovement {
    fn from(movement: &Movement) -> Self {
        match movement.kind {
            MovementKind::Refund { payment, to, .. } => {
                let returned_to = match to {
                    RefundTo::Wallet(_) => "balance",
                    RefundTo::Channel | RefundTo::ChannelOr(_) => "channel",
                };
                let returned_to = (movement.state == MovementState::Succeeded).then(|| returned_to.to_owned());
                let to_holder = movement.kind.holder().map(|holder| holder.to_string());
                Self::Refund(Refund::new(movement, payment.to_string(), to_holder, returned_to))
            }
            MovementKind::Transfer { from, to } => {
                Self::Transfer(Transfer::new(movement, from.to_string(), to.to_string()))
            }
            MovementKind::TopUp { channel } => Self::TopUp(TopUp::new(movement, channel.as_str().to_owned())),
            MovementKind::Withdrawal { channel } => {
                Self::Withdrawal(Withdrawal::new(movement, channel.as_str().to_owned()))
            }
        }
    }
}
