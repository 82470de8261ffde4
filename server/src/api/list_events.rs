//! `GET /v1/events`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use tallyport_contract::event::Event;
use tallyport_contract::list::ListPage;
use tallyport_domain::ids::EventId;
use tallyport_service::events::{EventFilter, EventRecord};

use super::authorized::Authorized;
use super::documented::{READING, ReadingProblems};
use super::page::ListQuery;
use super::signed::MaybeSigned;
use super::{ApiError, ApiState};

/// List events
///
/// What happened to your objects, newest first. Events are not sent to you yet: ask for them here.
#[utoipa::path(
    get,
    path = "/v1/events",
    operation_id = "listEvents",
    tag = "Events",
    params(
        ("limit" = Option<u32>, Query, description = "How many objects the page may have, 1 to 100; 20 when left out.", example = 20, minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before.", example = "evt_01kaemzd2w5n8h9qv7c3r4t6yb"),
        ("object_id" = Option<String>, Query, description = "Only events of this object.", example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"),
        ("type" = Option<String>, Query, description = "Only events of this type.", example = "payment.captured"),
    ),
    responses(
        (status = 200, description = "A page of the list.", body = ListPage<Event>),
        ReadingProblems,
    ),
    security(("oauth" = ["events:read"])),
    extensions(("x-error-codes" = json!(READING))),
)]
pub(super) async fn list_events(
    State(api): State<ApiState>,
    Authorized(caller): Authorized,
    _: MaybeSigned,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let filter = EventFilter { object: query.value("object_id")?, kind: query.value("type")? };
    let limit = query.limit()?;
    let before = query.value::<EventId>("cursor")?;
    let found = api.services.list_events(&caller, &filter, before, limit + 1).await?;
    let page = ListPage::of(found, limit as usize, |event| event.id.to_string());
    Ok(([(CONTENT_TYPE, "application/json")], text(&page)).into_response())
}

/// The page with the events just as they were stored.
fn text(page: &ListPage<EventRecord>) -> String {
    let data = page.data.iter().map(|event| event.body.as_str()).collect::<Vec<_>>().join(",");
    let cursor = page.next_cursor.as_ref().map_or_else(|| "null".to_owned(), |cursor| format!("\"{cursor}\""));
    format!("{{\"object\":\"list\",\"data\":[{data}],\"has_more\":{},\"next_cursor\":{cursor}}}", page.has_more)
}
