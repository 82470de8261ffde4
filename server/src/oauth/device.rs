//! `POST /oauth/device_authorization`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::client::FromClient;
use super::documented::{CLIENT_CODES, ClientProblems};
use super::refused::{Refused, no_store};
use crate::api::ApiState;

/// Where an account holder types the code of a device.
pub(super) const DEVICE_PAGE: &str = "/device";

/// What a device asks for.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({"scope": "openid payments:read"}))]
#[allow(dead_code, reason = "the form is read name by name; this describes it")]
pub(super) struct DeviceRequest {
    /// What the application wants.
    #[schema(example = "openid payments:read")]
    scope: Option<String>,
    /// Payments, each of exactly this amount to this payee and once, as JSON (RFC 9396).
    #[schema(example = r#"[{"type":"payment","amount":"100.00","currency":"USD","payee":"app_1"}]"#)]
    authorization_details: Option<String>,
    /// The `api_key`, where it is not in HTTP Basic.
    #[schema(example = "ak_01kaemzd2w5n8h9qv7c3r4t6yb")]
    client_id: Option<String>,
}

/// What a device shows to its user, and what it asks with.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceCodes {
    /// What to ask for the token with.
    #[schema(example = "GmRhmhcxhwAzkoEq…")]
    device_code: String,
    /// What the user types.
    #[schema(example = "BCDF-GHJK")]
    user_code: String,
    /// Where the user types it.
    #[schema(example = "https://pay.example/device")]
    verification_uri: String,
    /// The same with the code in it, for a picture that a telephone reads.
    #[schema(example = "https://pay.example/device?user_code=BCDF-GHJK")]
    verification_uri_complete: String,
    /// For how many seconds both are good.
    #[schema(example = 600)]
    expires_in: i64,
    /// How many seconds to wait between two questions for the token.
    #[schema(example = 5)]
    interval: u32,
}

/// Ask from a device without a browser
///
/// Begins the authorization of a device (RFC 8628): it shows the `user_code` and asks for its token
/// until the account holder has decided.
#[utoipa::path(
    post,
    path = "/oauth/device_authorization",
    operation_id = "authorizeDevice",
    tag = "Tokens",
    request_body(content = DeviceRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The codes.", body = DeviceCodes),
        ClientProblems,
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(CLIENT_CODES))),
)]
pub(super) async fn authorize_device(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    let waiting = api.services.begin_device(&request.client, &request.parameters).await?;
    let verification_uri = format!("{}{DEVICE_PAGE}", api.services.issuer());
    let answer = DeviceCodes {
        verification_uri_complete: format!("{verification_uri}?user_code={}", waiting.user_code),
        verification_uri,
        device_code: waiting.device_code,
        user_code: waiting.user_code,
        expires_in: waiting.expires_in_s,
        interval: waiting.interval_s,
    };
    Ok(no_store(Json(answer).into_response()))
}
