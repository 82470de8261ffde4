//! Every answer of the open API is signed by the platform (RFC 9421), refusals too.

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::BodyExt as _;

use super::ApiState;

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// The answers of the API are made whole before they leave; one that is not, or is larger, goes
/// without a signature rather than without an end.
const SIGNED_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// The layer. It stands outside the one that writes problem documents. A bare status is left to the
/// middleware around everything, which makes a document of it later.
pub(super) async fn around(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let size = response.body().size_hint().exact();
    let is_bare = size == Some(0) && response.status().as_u16() >= 400;
    if is_bare || size.is_none_or(|bytes| bytes > SIGNED_BYTES_MAX) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match api.services.sign_answer(method.as_str(), &path, parts.status.as_u16(), &body) {
        Ok(signed) => {
            let fields = [
                (CONTENT_DIGEST, signed.content_digest),
                (SIGNATURE_INPUT, signed.signature_input),
                (SIGNATURE, signed.signature),
            ];
            parts.headers.extend(
                fields.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::try_from(value).ok()?))),
            );
        }
        Err(error) => tracing::error!(%error, "an answer goes out unsigned: {error}"),
    }
    Response::from_parts(parts, Body::from(body))
}
