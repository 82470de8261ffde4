//! The limit on a request's body: refused at once where its length is announced, cut off while
//! reading where it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tallyport_contract::ErrorCode;
use tallyport_domain::json::Limits;

/// Where documents are posted to.
pub(crate) const UPLOAD_PREFIX: &str = "/ui/documents/";
/// Bytes of such a post: the largest document, and the form around it.
pub(crate) const UPLOAD_BYTES_MAX: u32 = 5 * 1024 * 1024 + 256 * 1024;

/// The limit that the route has: a document may be larger than anything else.
pub(super) fn of_route(request: &Request, bytes_max: u32) -> u32 {
    let is_upload = request.method() == http::Method::POST && request.uri().path().starts_with(UPLOAD_PREFIX);
    if is_upload { bytes_max.max(UPLOAD_BYTES_MAX) } else { bytes_max }
}

/// The limit to tell whoever sent more than the route's: the API reads JSON, of which it takes less than what may
/// come in at all.
pub(super) fn told(request: &Request, bytes_max: u32) -> usize {
    let bytes_max = bytes_max as usize;
    if request.uri().path().starts_with("/v1/") { bytes_max.min(Limits::REQUEST.bytes_max) } else { bytes_max }
}

/// Tells, after the handler, whether the body was cut off. Handlers see a cut body as a broken one,
/// each in its own words; the answer is to be the same for all.
#[derive(Debug, Default)]
pub(super) struct Overflow(Option<Arc<AtomicBool>>);

impl Overflow {
    pub(super) fn happened(&self) -> bool {
        self.0.as_ref().is_some_and(|cut| cut.load(Ordering::Relaxed))
    }
}

/// Bounds the body. hyper holds a body to the length it announced, so only bodies without one need
/// counting.
pub(super) fn bound(request: Request, bytes_max: u32) -> Result<(Request, Overflow), ErrorCode> {
    let size = request.body().size_hint();
    if size.lower() > u64::from(bytes_max) {
        return Err(ErrorCode::BodyTooLarge);
    }
    if size.upper().is_some() {
        return Ok((request, Overflow::default()));
    }
    let cut = Arc::new(AtomicBool::new(false));
    let overflow = Overflow(Some(Arc::clone(&cut)));
    let request = request.map(|body| {
        Body::new(Limited::new(body, bytes_max as usize).map_err(move |error| {
            if error.is::<LengthLimitError>() {
                cut.store(true, Ordering::Relaxed);
            }
            error
        }))
    });
    Ok((request, overflow))
}
