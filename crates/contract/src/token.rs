//! The token endpoint's answers (RFC 6749).

use serde::{Deserialize, Serialize};

/// An access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenAnswer {
    /// The token: a JWT (RFC 9068). Send it as `Authorization: Bearer …`.
    #[cfg_attr(feature = "openapi", schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9…"))]
    pub access_token: String,
    /// Always `Bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: String,
    /// For how many seconds it is good.
    #[cfg_attr(feature = "openapi", schema(example = 600))]
    pub expires_in: u32,
    /// What it allows.
    #[cfg_attr(feature = "openapi", schema(example = "payments:write payments:read"))]
    pub scope: String,
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
