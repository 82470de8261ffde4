//! `POST /oauth/introspect`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tallyport_service::authorization::Introspection;
use utoipa::ToSchema;

use super::client::FromClient;
use super::documented::{CLIENT_CODES, ClientProblems};
use super::refused::{Refused, no_store};
use crate::api::ApiState;

/// A token.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "the form is read name by name; this describes it")]
pub(super) struct OneToken {
    /// An access token or a refresh token.
    #[schema(example = "8xLOxBtZp8Q1vZ0a…")]
    token: String,
    /// Not needed; what kind it is is seen.
    #[schema(example = "refresh_token")]
    token_type_hint: Option<String>,
}

/// What a token is. Of a token that is not good, or another application's, only that is said.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "the answer is made of the token's claims; this describes it")]
pub(super) struct TokenFacts {
    /// Whether it is good right now.
    #[schema(example = true)]
    active: bool,
    /// What it allows.
    #[schema(example = "payments:write payments:read")]
    scope: Option<String>,
    /// Whose it is: an `api_key`.
    #[schema(example = "ak_01kaemzd2w5n8h9qv7c3r4t6yb")]
    client_id: Option<String>,
    /// Whom it is about: the application, or an account holder.
    #[schema(example = "hld_01kaemzd2w5n8h9qv7c3r4t6yb")]
    sub: Option<String>,
    /// When it ends, in seconds since 1970.
    #[schema(example = 1_790_000_600)]
    exp: Option<i64>,
}

/// Look at a token
///
/// Says what a token of the application is (RFC 7662).
#[utoipa::path(
    post,
    path = "/oauth/introspect",
    operation_id = "introspectToken",
    tag = "Tokens",
    request_body(content = OneToken, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "What it is.", body = TokenFacts),
        ClientProblems,
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(CLIENT_CODES))),
)]
pub(super) async fn introspect_token(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    let said = match api.services.introspect(&request.client, request.parameters.get("token")?).await? {
        Introspection::Active(claims) => claims,
        Introspection::Inactive => serde_json::json!({ "active": false }),
    };
    Ok(no_store(Json(said).into_response()))
}
