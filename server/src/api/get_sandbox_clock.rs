//! `GET /v1/sandbox/clock`

use axum::Json;
use axum::extract::State;
use tallyport_contract::sandbox_clock::SandboxClock;
use tallyport_contract::time::rfc3339;
use tallyport_domain::Environment;
use tallyport_service::sandbox_clock::ClockReading;

use super::authorized::Authorized;
use super::documented::{FindingProblems, READING, codes};
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get the sandbox's clock
///
/// The time that your sandbox goes by. It is the platform's until you move it.
#[utoipa::path(
    get,
    path = "/v1/sandbox/clock",
    operation_id = "getSandboxClock",
    tag = "Sandbox",
    responses(
        (status = 200, description = "The clock.", body = SandboxClock),
        FindingProblems,
    ),
    security(("oauth" = ["payments:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["not_found"]])))),
)]
pub(super) async fn get_sandbox_clock(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
) -> Result<Json<SandboxClock>, ApiError> {
    Ok(Json(shown(api.services.find_sandbox_clock(&caller).await?)))
}

/// A clock as the wire shows it.
pub(super) fn shown(reading: ClockReading) -> SandboxClock {
    SandboxClock {
        object: "sandbox_clock".to_owned(),
        environment: Environment::Sandbox.to_string(),
        now: rfc3339(reading.now_ms),
        state: if reading.clock.is_frozen() { "frozen" } else { "running" }.to_owned(),
    }
}
