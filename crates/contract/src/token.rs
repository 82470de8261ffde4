//! The token endpoint's answers (RFC 6749).

use serde::{Deserialize, Serialize};

/// An access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    // The answer to `client_credentials`; an account holder's consent brings the rest.
    schema(example = json!({
        "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9…", "token_type": "Bearer", "expires_in": 600,
        "scope": "payments:write payments:read",
    }))
)]
pub struct TokenAnswer {
    /// The token: a JWT (RFC 9068). Send it as `Authorization: Bearer …`, or `DPoP …` when it is bound.
    #[cfg_attr(feature = "openapi", schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9…"))]
    pub access_token: String,
    /// `Bearer`, or `DPoP` when it is bound to a key of the client.
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: String,
    /// For how many seconds it is good.
    #[cfg_attr(feature = "openapi", schema(example = 600))]
    pub expires_in: u32,
    /// What it allows.
    #[cfg_attr(feature = "openapi", schema(example = "payments:write payments:read"))]
    pub scope: String,
    /// What gets the next token, when the account holder allowed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "8xLOxBtZp8Q1vZ0a…"))]
    pub refresh_token: Option<String>,
    /// Who the account holder is (OpenID Connect), with the scope `openid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9…"))]
    pub id_token: Option<String>,
    /// The payments that the account holder consented to (RFC 9396).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<Object>>, example = json!([{"type": "payment", "amount": "100.00", "currency": "USD", "payee": "app_1"}])))]
    pub authorization_details: Option<serde_json::Value>,
}

/// A refusal of the token endpoint (RFC 6749, 5.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRefusal {
    /// One of the RFC's codes, such as `invalid_client`.
    #[cfg_attr(feature = "openapi", schema(example = "invalid_client"))]
    pub error: String,
    /// What to do about it.
    #[cfg_attr(
        feature = "openapi",
        schema(
            example = "Send api_key and api_secret as user and password of HTTP Basic; both come from the keys page."
        )
    )]
    pub error_description: String,
}
