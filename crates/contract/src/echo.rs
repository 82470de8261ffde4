//! How a call was understood, on the wire.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A call as it was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Echo {
    /// Always `echo`.
    #[cfg_attr(feature = "openapi", schema(example = "echo"))]
    pub object: String,
    /// Always `sandbox`: this call does not exist in live.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// The application that called.
    #[cfg_attr(feature = "openapi", schema(example = "app_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub application_id: String,
    /// When the call arrived.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.000Z"))]
    pub received_at: String,
    /// The method.
    #[cfg_attr(feature = "openapi", schema(example = "POST"))]
    pub method: String,
    /// The path.
    #[cfg_attr(feature = "openapi", schema(example = "/v1/echo"))]
    pub path: String,
    /// What follows the question mark, if there is one.
    #[cfg_attr(feature = "openapi", schema(example = "a=1"))]
    pub query: Option<String>,
    /// The key for repeating the call, if it came.
    #[cfg_attr(feature = "openapi", schema(example = "order-A-1001"))]
    pub idempotency_key: Option<String>,
    /// The body as it was read.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, serde_json::Value>, example = json!({"hello": "world"})))]
    pub body: Value,
    /// The signature, if the call was signed: whether it is `verified`, and if not, its `cause` as a stable word with an `explanation`; the `keyid` and `alg` that it names; and the `base`, the text that has to be signed for this very call, to be compared with yours.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>, example = json!({"verified": true, "keyid": "ak_01kaemzd2w5n8h9qv7c3r4t6yb", "alg": "hmac-sha256"}))
    )]
    pub signature: Option<EchoedSignature>,
}

/// A signature as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EchoedSignature {
    /// Whether it is good.
    pub verified: bool,
    /// Why it is not: a stable word.
    pub cause: Option<String>,
    /// The same in a sentence.
    pub explanation: Option<String>,
    /// The key that it names.
    pub keyid: Option<String>,
    /// The algorithm that it names.
    pub alg: Option<String>,
    /// The text that has to be signed for this very call.
    pub base: Option<String>,
}
