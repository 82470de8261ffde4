//! `POST /oauth/revoke`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::client::FromClient;
use super::documented::{CLIENT_CODES, ClientProblems};
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
        ClientProblems,
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(CLIENT_CODES))),
)]
pub(super) async fn revoke_token(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    api.services.revoke(&request.client, request.parameters.get("token")?).await?;
    Ok(no_store(StatusCode::OK.into_response()))
}
