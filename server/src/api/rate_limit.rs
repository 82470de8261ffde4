//! Limits on how often an application calls, and the headers that tell it where it stands
//! (draft-ietf-httpapi-ratelimit-headers).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method};
use tallyport_contract::ErrorCode;
use tallyport_domain::rate::{CallClass, Standing};
use tallyport_service::Caller;

use super::{ApiError, ApiState};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Where the caller stands, from the extractor that counted the call to the layer that tells.
#[derive(Debug, Clone, Default)]
struct Counted(Arc<OnceLock<(CallClass, Standing)>>);

/// The layer. It stands outside the one that writes problem documents.
pub(super) async fn around(mut request: Request, next: Next) -> Response {
    let counted = Counted::default();
    request.extensions_mut().insert(counted.clone());
    let mut response = next.run(request).await;
    if let Some((class, standing)) = counted.0.get() {
        let headers = response.headers_mut();
        for (name, text) in fields(*class, *standing) {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        }
    }
    response
}

fn fields(class: CallClass, Standing { quota, window_s, remaining, reset_s }: Standing) -> [(HeaderName, String); 2] {
    let class = class.as_str();
    [
        (RATE_LIMIT, format!("\"{class}\";r={remaining};t={reset_s}")),
        (RATE_LIMIT_POLICY, format!("\"{class}\";q={quota};w={window_s}")),
    ]
}

/// Counts a call of this caller, or refuses it.
pub(super) async fn count(parts: &Parts, api: &ApiState, caller: &Caller) -> Result<(), ApiError> {
    let class = match parts.method {
        Method::GET | Method::HEAD => CallClass::Read,
        _ => CallClass::Write,
    };
    let admitted = api.services.admit(caller, class).await?;
    let standing = admitted.unwrap_or_else(|too_many| too_many.standing);
    if let Some(counted) = parts.extensions.get::<Counted>() {
        let _ = counted.0.set((class, standing));
    }
    match admitted {
        Ok(_) => Ok(()),
        Err(too_many) => {
            // Whole seconds, so that whoever comes back on time is let through.
            let wait = Duration::from_secs(too_many.wait_ms.unsigned_abs().div_ceil(1000));
            Err(ApiError { wait: Some(wait), ..ErrorCode::RateLimited.into() })
        }
    }
}
