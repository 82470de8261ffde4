//! Problems (RFC 9457): what every refused call is answered with. Owns the one table of error
//! codes; each code has a page in the portal.

mod codes;

use serde::{Deserialize, Serialize};

pub use codes::ErrorCode;

/// An error as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = example))]
pub struct Problem {
    /// The page that explains the code.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "https://pay.example/docs/errors/parameter_invalid"))]
    pub kind: String,
    /// The code in words.
    #[cfg_attr(feature = "openapi", schema(example = "A field has a value that is not allowed"))]
    pub title: String,
    /// The HTTP status once more.
    #[cfg_attr(feature = "openapi", schema(example = 400))]
    pub status: u16,
    /// What is wrong this time.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "A description is 1 to 500 characters without control characters.")
    )]
    pub detail: String,
    /// The stable code.
    #[cfg_attr(feature = "openapi", schema(example = "parameter_invalid"))]
    pub code: String,
    /// Where in the request: a JSON pointer into the body, or the name of a header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "/description"))]
    pub param: Option<String>,
    /// JSON pointers to the fields that differ, when a key was reused with another body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["/amount"])))]
    pub differs: Vec<String>,
    /// The request, as it stands in the logs.
    #[cfg_attr(feature = "openapi", schema(example = "req_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub request_id: String,
    /// Whether the same request may succeed later.
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub retryable: bool,
    /// What to do next.
    #[cfg_attr(feature = "openapi", schema(example = "Correct the field named in `param`."))]
    pub hint: String,
    /// The server's time when a signature was refused, to show a skewed clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub server_time: Option<String>,
}

/// A refusal because of one field, for the documentation.
#[cfg(feature = "openapi")]
fn example() -> serde_json::Value {
    serde_json::json!({
        "type": "https://pay.example/docs/errors/parameter_invalid",
        "title": "A field has a value that is not allowed",
        "status": 400,
        "detail": "A description is 1 to 500 characters without control characters.",
        "code": "parameter_invalid",
        "param": "/description",
        "request_id": "req_01kaemzd2w5n8h9qv7c3r4t6yb",
        "retryable": false,
        "hint": "Correct the field named in `param`.",
    })
}
