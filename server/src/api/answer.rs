//! Answers of calls that move money: the stored text of the object, and where it can be read.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use tallyport_service::payments::CallAnswer;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The answer to a call that made an object under `collection`, such as `/v1/payments`.
pub(super) fn made(answer: CallAnswer, collection: &str) -> Response {
    let location = location(&answer.body, collection);
    let mut response = changed(answer);
    *response.status_mut() = StatusCode::CREATED;
    if let Some(location) = location {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// The answer to a call that changed an object.
pub(super) fn changed(CallAnswer { body, is_replayed }: CallAnswer) -> Response {
    let mut response = ([(CONTENT_TYPE, "application/json")], body).into_response();
    if is_replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// Where the object can be read: its id is the first member of its text.
fn location(body: &str, collection: &str) -> Option<HeaderValue> {
    let id = body.strip_prefix("{\"id\":\"")?.split('"').next()?;
    HeaderValue::try_from(format!("{collection}/{id}")).ok()
}
