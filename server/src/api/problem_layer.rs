//! Turns the refusals of handlers into problem documents (RFC 9457) in the reader's language.

use axum::Json;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use tallyport_contract::time::rfc3339;
use tallyport_contract::{ErrorCode, Language};
use tallyport_domain::ids::RequestId;

use super::authorized::Scheme;
use super::error::ProofFault;
use super::{ApiError, ApiState};
use crate::middleware::problem::{PROBLEM_JSON, language, problem};
use crate::oauth::DPOP_NONCE;

/// The layer.
pub(super) async fn around(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let language = language(request.headers());
    let scheme = Scheme::of(request.headers());
    let id = request.extensions().get::<RequestId>().copied();
    let mut response = next.run(request).await;
    match (response.extensions_mut().remove::<ApiError>(), id) {
        (Some(error), Some(id)) => describe(&api, error, id, (language, scheme)),
        _ => response,
    }
}

fn describe(api: &ApiState, error: ApiError, id: RequestId, (language, scheme): (Language, Scheme)) -> Response {
    let detail = error.detail.clone().unwrap_or_else(|| error.code.title());
    let mut document = problem(error.code, detail.in_language(language).to_owned(), id, language, &api.public_url);
    let retry_after = error.retry_after();
    document.param = error.param;
    document.differs = error.differs;
    document.server_time = error.tells_time.then(|| rfc3339(api.services.clock().now_ms()));

    let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(document)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, PROBLEM_JSON);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = retry_after {
        headers.insert(RETRY_AFTER, wait.as_secs().into());
    }
    for challenge in error.proof.map_or_else(|| challenges(error.code, scheme), proof_challenges) {
        headers.append(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    if error.proof == Some(ProofFault::Nonce)
        && let Ok(nonce) = HeaderValue::try_from(api.services.fresh_dpop_nonce())
    {
        headers.insert(DPOP_NONCE, nonce);
    }
    response
}

/// What is wrong with a proof (RFC 9449, 7.1).
const fn proof_challenges(fault: ProofFault) -> &'static [&'static str] {
    match fault {
        ProofFault::Proof => &["DPoP error=\"invalid_dpop_proof\""],
        ProofFault::Nonce => &["DPoP error=\"use_dpop_nonce\""],
    }
}

/// What a client has to show instead, by the scheme that it used (RFC 6750, 3; RFC 9449, 7.1). Who shows
/// nothing yet may choose between a token alone and one with a proof, which may be signed as the metadata
/// says.
const fn challenges(code: ErrorCode, scheme: Scheme) -> &'static [&'static str] {
    match (code, scheme) {
        (ErrorCode::AuthenticationRequired, _) => &["Bearer", "DPoP algs=\"ES256 PS256 EdDSA RS256\""],
        (ErrorCode::TokenInvalid, Scheme::Bearer) => &["Bearer error=\"invalid_token\""],
        (ErrorCode::TokenInvalid, Scheme::Dpop) => &["DPoP error=\"invalid_token\""],
        (ErrorCode::ScopeMissing, Scheme::Bearer) => &["Bearer error=\"insufficient_scope\""],
        (ErrorCode::ScopeMissing, Scheme::Dpop) => &["DPoP error=\"insufficient_scope\""],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use tallyport_service::authorization::SIGNING_ALGORITHMS;

    use super::*;

    #[test]
    fn challenge_names_the_algorithms_of_the_metadata() {
        let told = format!("DPoP algs=\"{}\"", SIGNING_ALGORITHMS.join(" "));
        assert_eq!(challenges(ErrorCode::AuthenticationRequired, Scheme::Bearer), ["Bearer", &told]);
    }
}
