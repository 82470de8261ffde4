//! `POST /v1/sandbox/clock`

use axum::Json;
use axum::extract::State;
use tallyport_contract::sandbox_clock::{MoveSandboxClock, SandboxClock};
use tallyport_contract::{ErrorCode, Problem, Text, strict};
use tallyport_domain::json::Limits;
use tallyport_domain::sandbox_clock::{Advance, ClockMove};

use super::authorized::Authorized;
use super::documented::{CHANGING, ChangingProblems, codes};
use super::get_sandbox_clock::shown;
use super::signed::{self, SignedJson};
use super::{ApiError, ApiState, read};

/// Move the sandbox's clock
///
/// Moves the time of your sandbox ahead, lets it stand still, or lets it go on. Payments expire, unknown
/// outcomes are asked about and holds end by this clock. It never goes back.
#[utoipa::path(
    post,
    path = "/v1/sandbox/clock",
    operation_id = "moveSandboxClock",
    tag = "Sandbox",
    request_body = MoveSandboxClock,
    responses(
        (status = 200, description = "The clock as it goes now.", body = SandboxClock),
        ChangingProblems,
        (status = 404, description = "There is no such object here.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("oauth" = ["payments:write"], "signature" = [])),
    extensions(("x-error-codes" = json!(codes(&[CHANGING, &["not_found"]])))),
)]
pub(super) async fn move_sandbox_clock(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    signed: SignedJson,
) -> Result<Json<SandboxClock>, ApiError> {
    let wire: MoveSandboxClock = strict::decode(&signed.body, Limits::REQUEST)?;
    let advance = read::time(wire.now.as_deref(), "/now")?.map(Advance::To);
    let by = ClockMove { frozen: frozen(wire.state.as_deref())?, advance, seen: None };
    signed::use_up(&api, signed.nonce).await?;
    Ok(Json(shown(api.services.move_sandbox_clock(&caller, by).await?)))
}

fn frozen(state: Option<&str>) -> Result<Option<bool>, ApiError> {
    match state {
        None => Ok(None),
        Some("frozen") => Ok(Some(true)),
        Some("running") => Ok(Some(false)),
        Some(_) => {
            let detail = Text::new("This must be one of: frozen, running.", "此处必须是以下之一：frozen、running。");
            Err(ApiError::of_param(ErrorCode::ParameterInvalid, "/state", detail))
        }
    }
}
