//! `GET /v1/events/{id}`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use tallyport_contract::ErrorCode;
use tallyport_contract::event::Event;
use tallyport_domain::ids::EventId;

use super::authorized::Authorized;
use super::documented::{FindingProblems, READING, codes};
use super::path_id::PathId;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// Get an event
///
/// The event as it was written when it happened, with the object as it was right after.
#[utoipa::path(
    get,
    path = "/v1/events/{id}",
    operation_id = "getEvent",
    tag = "Events",
    params(("id" = String, Path, description = "Its id.", example = "evt_01kaemzd2w5n8h9qv7c3r4t6yb")),
    responses(
        (status = 200, description = "The event.", body = Event),
        FindingProblems,
    ),
    security(("oauth" = ["events:read"])),
    extensions(("x-error-codes" = json!(codes(&[READING, &["not_found"]])))),
)]
pub(super) async fn get_event(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    PathId(id): PathId<EventId>,
) -> Result<Response, ApiError> {
    let event = api.services.find_event(&caller, id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(([(CONTENT_TYPE, "application/json")], event.body).into_response())
}
