//! Answers that are encrypted to the application, for callers who ask for them. Whether that can be done is
//! found out before anything is done for the call.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use tallyport_contract::ErrorCode;
use tallyport_service::Caller;
use tallyport_service::encryption::Recipient;

use super::encrypted_body::JOSE;
use super::{ApiError, ApiState};

/// Whom the answer is encrypted to, from the extractor that knows the caller to the layer that encrypts.
#[derive(Debug, Clone, Default)]
struct Wished(Arc<OnceLock<Recipient>>);

/// The layer. It stands outside the one that writes problem documents and inside the one that signs, which
/// signs what leaves.
pub(super) async fn around(State(api): State<ApiState>, mut request: Request, next: Next) -> Response {
    let wished = Wished::default();
    request.extensions_mut().insert(wished.clone());
    let response = next.run(request).await;
    match wished.0.get() {
        Some(recipient) => sealed(&api, recipient, response).await,
        None => response,
    }
}

/// Remembers whom the answer is for, when it is to be encrypted. An application that no answer can be
/// encrypted to is told so.
pub(super) async fn wish(parts: &Parts, api: &ApiState, caller: &Caller) -> Result<(), ApiError> {
    let Some(wished) = parts.extensions.get::<Wished>() else { return Ok(()) };
    if !accepts_jose(&parts.headers) {
        return Ok(());
    }
    let recipient = api.services.find_recipient(caller).await?.ok_or(ErrorCode::EncryptionKeyMissing)?;
    let _ = wished.0.set(recipient);
    Ok(())
}

/// Whether the media type is asked for by its name. A range that happens to contain it is no such wish.
fn accepts_jose(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(JOSE));
        is_named && !parts.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

async fn sealed(api: &ApiState, recipient: &Recipient, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if body.is_empty() {
        return Response::from_parts(parts, Body::empty());
    }
    let media_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Without its prefix, as RFC 7516 (4.1.12) recommends.
    let cty = media_type.strip_prefix("application/").unwrap_or(media_type);
    match api.services.seal_jwe(&body, cty, recipient) {
        Ok(text) => {
            parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(JOSE));
            Response::from_parts(parts, Body::from(text))
        }
        Err(error) => {
            // In the clear it must not go.
            tracing::error!(%error, "an answer cannot be encrypted: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
