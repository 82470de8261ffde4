//! `GET /v1/userinfo`

use axum::Json;
use axum::extract::State;
use tallyport_contract::{ErrorCode, Problem};
use utoipa::ToSchema;

use super::authorized::Authorized;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// What an account holder lets the application know.
#[derive(serde::Serialize, ToSchema)]
#[allow(dead_code, reason = "the answer is made of what the scopes allow; this describes it")]
pub(super) struct UserInfo {
    /// Who it is: an id that stays.
    #[schema(example = "hld_01kaemzd2w5n8h9qv7c3r4t6yb")]
    sub: String,
    /// What they are called, with the scope `profile`.
    #[schema(example = "Test Buyer")]
    name: Option<String>,
    /// Their address, with the scope `email`.
    #[schema(example = "buyer@test.example")]
    email: Option<String>,
    /// Their telephone number, with the scope `phone`.
    #[schema(example = "+12025550142")]
    phone_number: Option<String>,
}

/// Get the account holder
///
/// Says who consented to the token, as far as its scopes go (OpenID Connect).
#[utoipa::path(
    get,
    path = "/v1/userinfo",
    operation_id = "getUserinfo",
    tag = "Tokens",
    responses(
        (status = 200, description = "The account holder.", body = UserInfo),
        (status = 400, description = "A parameter is not allowed.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token, or a signature that was sent, is not valid.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks `openid`.", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No key is registered that the answer could be encrypted to.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls; come back after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke on our side.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again after `Retry-After`.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = [])),
    extensions(("x-error-codes" = json!([
        "parameter_unknown", "parameter_invalid", "authentication_required", "token_invalid", "signature_invalid", "scope_missing", "network_not_allowed", "encryption_key_missing", "rate_limited", "operation_off", "internal", "overloaded", "unavailable", "timed_out",
    ]))),
)]
pub(super) async fn get_userinfo(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
) -> Result<Json<serde_json::Value>, ApiError> {
    let about = api.services.userinfo(&caller).await?;
    about.map(Json).ok_or_else(|| ErrorCode::ScopeMissing.into())
}
