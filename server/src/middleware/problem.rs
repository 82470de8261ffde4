//! Answers that no handler made: what the layer itself refuses, and bare errors of the framework.
//! Also the one place that turns an error code into a problem with its texts.

use axum::body::Body;
use axum::response::Response;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use tallyport_contract::{ErrorCode, Language, Problem, Text};
use tallyport_domain::ids::RequestId;

use super::problem_page;
use crate::settings::public_url::PublicUrl;

/// The media type of a problem (RFC 9457).
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Paths whose errors are always problems, whoever asks.
const API_PREFIXES: [&str; 4] = ["/v1", "/oauth", "/.well-known", "/openapi.json"];

/// Seconds after which an overloaded server may be asked again.
const RETRY_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("1");

/// How the client of a request wants to be told about a failure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Audience {
    language: Language,
    is_api: bool,
    reads_html: bool,
}

impl Audience {
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let path = request.uri().path();
        let is_api = API_PREFIXES
            .iter()
            .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        let accept = text_of(request.headers(), &ACCEPT);
        let reads_html = !is_api && accept.contains("text/html");
        Self { language: language(request.headers()), is_api, reads_html }
    }
}

/// The language that a request's `Accept-Language` prefers.
#[must_use]
pub fn language(headers: &HeaderMap) -> Language {
    Language::accepted(text_of(headers, &ACCEPT_LANGUAGE)).unwrap_or_default()
}

/// A problem with the texts of its code; `detail` says what is wrong this time.
#[must_use]
pub fn problem(code: ErrorCode, detail: String, id: RequestId, language: Language, public_url: &PublicUrl) -> Problem {
    Problem {
        kind: format!("{public_url}/docs/errors/{}", code.as_str()),
        title: code.title().in_language(language).to_owned(),
        status: code.status(),
        detail,
        code: code.as_str().to_owned(),
        param: None,
        differs: Vec::new(),
        request_id: id.to_string(),
        retryable: code.is_retryable(),
        hint: code.hint().in_language(language).to_owned(),
        server_time: None,
    }
}

/// The answer to a failure that no handler could describe: a page for people, else a problem.
pub(super) fn response(
    code: ErrorCode,
    detail: &Text,
    id: RequestId,
    audience: Audience,
    public_url: &PublicUrl,
) -> Response {
    let detail = detail.in_language(audience.language).to_owned();
    let problem = problem(code, detail, id, audience.language, public_url);
    let (media_type, body) = if audience.reads_html {
        (HeaderValue::from_static("text/html; charset=utf-8"), problem_page::html(&problem, audience.language))
    } else {
        (PROBLEM_JSON, serde_json::to_string(&problem).unwrap_or_default())
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media_type);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if code.status() == 503 {
        headers.insert(RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response
}

/// Gives a bare error of the framework the form that its reader expects: on an API path (where the
/// framework may have said a line of plain text) a problem, for a browser a page. Headers that it
/// came with, such as `Allow`, stay.
pub(super) fn complete(response: &mut Response, id: RequestId, audience: Audience, public_url: &PublicUrl) {
    let media_type = text_of(response.headers(), &CONTENT_TYPE);
    let is_bare = media_type.is_empty() || media_type.starts_with("text/plain");
    let concerns_us = audience.is_api || (audience.reads_html && media_type.is_empty());
    if !is_bare || !concerns_us {
        return;
    }
    let Some(code) = code_of(response.status()) else { return };
    let (parts, body) = self::response(code, &code.title(), id, audience, public_url).into_parts();
    response.headers_mut().remove(CONTENT_LENGTH);
    response.headers_mut().extend(parts.headers);
    *response.body_mut() = body;
}

fn code_of(status: StatusCode) -> Option<ErrorCode> {
    match status {
        StatusCode::NOT_FOUND => Some(ErrorCode::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(ErrorCode::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ErrorCode::BodyTooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(ErrorCode::MediaTypeUnsupported),
        StatusCode::INTERNAL_SERVER_ERROR => Some(ErrorCode::Internal),
        StatusCode::SERVICE_UNAVAILABLE => Some(ErrorCode::Unavailable),
        _ => None,
    }
}

fn text_of<'h>(headers: &'h HeaderMap, name: &http::HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
