//! The limit on a request's body: refused at once where its length is announced, cut off while
//! reading where it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tallyport_contract::ErrorCode;

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
