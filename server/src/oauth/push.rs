//! `POST /oauth/par`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::client::FromClient;
use super::documented::{CLIENT_CODES, ClientProblems};
use super::refused::{Refused, no_store};
use crate::api::ApiState;

/// An authorization request, as it would stand in the browser's address.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({
    "response_type": "code", "redirect_uri": "https://shop.example/callback", "scope": "openid payments:read",
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
    "state": "af0ifjsldkj",
}))]
#[allow(dead_code, reason = "the form is read name by name; this describes it")]
pub(super) struct PushRequest {
    /// Always `code`.
    #[schema(example = "code")]
    response_type: Option<String>,
    /// Where the answer goes: one of the registered addresses, letter by letter.
    #[schema(example = "https://shop.example/callback")]
    redirect_uri: Option<String>,
    /// What the application wants.
    #[schema(example = "openid payments:read")]
    scope: Option<String>,
    /// The base64url SHA-256 of a text that only the client knows.
    #[schema(example = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")]
    code_challenge: Option<String>,
    /// Always `S256`.
    #[schema(example = "S256")]
    code_challenge_method: Option<String>,
    /// What the client finds again in the answer.
    #[schema(example = "af0ifjsldkj")]
    state: Option<String>,
    /// What the client finds again in the ID token.
    #[schema(example = "n-0S6_WzA2Mj")]
    nonce: Option<String>,
    /// Payments, each of exactly this amount to this payee and once, as JSON (RFC 9396).
    #[schema(example = r#"[{"type":"payment","amount":"100.00","currency":"USD","payee":"app_1"}]"#)]
    authorization_details: Option<String>,
    /// All of this as a signed JWT (RFC 9101), in place of the rest.
    #[schema(example = "eyJ0eXAiOiJvYXV0aC1hdXRoei1yZXErand0IiwiYWxnIjoiRVMyNTYifQ…")]
    request: Option<String>,
}

/// A pushed request.
#[derive(Serialize, ToSchema)]
pub(super) struct PushAnswer {
    /// What to send the browser with.
    #[schema(example = "urn:ietf:params:oauth:request_uri:Zt4Vn…")]
    request_uri: String,
    /// For how many seconds it waits.
    #[schema(example = 90)]
    expires_in: i64,
}

/// Push an authorization request
///
/// Keeps what the application asks of an account holder (RFC 9126). The browser is then sent to
/// `/oauth/authorize` with `client_id` and the `request_uri`, once.
#[utoipa::path(
    post,
    path = "/oauth/par",
    operation_id = "pushAuthorizationRequest",
    tag = "Tokens",
    request_body(content = PushRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 201, description = "The request waits for a browser.", body = PushAnswer),
        ClientProblems,
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(CLIENT_CODES))),
)]
pub(super) async fn push_request(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    let jkt = request.dpop_key(&api).await?;
    let pushed = api.services.push_request(&request.client, &request.parameters, jkt.as_deref(), request.from).await?;
    let answer = PushAnswer { request_uri: pushed.request_uri, expires_in: pushed.expires_in_s };
    Ok(no_store((StatusCode::CREATED, Json(answer)).into_response()))
}
