//! `POST /oauth/revoke`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tallyport_contract::token::TokenRefusal;

use super::client::FromClient;
use super::introspect::OneToken;
use super::refused::{Refused, no_store};
use crate::api::ApiState;

/// Give a token back
///
/// Ends a token of the application (RFC 7009), everywhere within a second. With a refresh token
/// everything that came of the same consent ends. A token that is not good is answered alike.
#[utoipa::path(
    post,
    path = "/oauth/revoke",
    operation_id = "revokeToken",
    tag = "Tokens",
    request_body(content = OneToken, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "It is not good any more."),
        (status = 400, description = "The request is not one that the endpoint takes.", body = TokenRefusal),
        (status = 401, description = "The client did not show who it is.", body = TokenRefusal),
        (status = 413, description = "The body is too large.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke on our side.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again after `Retry-After`.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(["body_too_large", "internal", "unavailable", "timed_out"]))),
)]
pub(super) async fn revoke_token(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    api.services.revoke(&request.client, request.parameters.get("token")?).await?;
    Ok(no_store(StatusCode::OK.into_response()))
}
