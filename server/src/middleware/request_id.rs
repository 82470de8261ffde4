//! The id of a request: made here, put into the request's extensions and onto its answer.
//!
//! An id sent by the client is not taken over: it would let a stranger choose what our logs say.

use axum::extract::Request;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tallyport_domain::ids::{RANDOM_BYTES, RequestId};
use tallyport_service::Services;

/// The header that carries the id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Gives the request an id; handlers find it as `Extension<RequestId>`.
pub(super) fn assign(request: &mut Request, services: &Services) -> RequestId {
    let mut random = [0; RANDOM_BYTES];
    services.randomness().fill(&mut random);
    let id = RequestId::from_parts(services.clock().now_ms(), random);
    request.extensions_mut().insert(id);
    id
}

/// Puts the id onto the answer.
pub(super) fn stamp(response: &mut Response, id: RequestId) {
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
}
