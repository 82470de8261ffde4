//! One line per request: who asked for what, what they got, and how long it took.
//!
//! Never a query, a header or a body: those hold codes, tokens and data. A route with parameters is
//! logged as its pattern, because a parameter may be a one-time secret.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use http::Method;
use tallyport_domain::ids::RequestId;

use super::client_address::ClientAddress;

/// What a request was about, kept after the request itself is gone.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) method: Method,
    pub(super) route: Option<MatchedPath>,
    path: String,
}

impl Subject {
    pub(super) fn of(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        let path = if route.is_some() { String::new() } else { request.uri().path().to_owned() };
        Self { method: request.method().clone(), route, path }
    }

    /// The route's pattern; the plain path only where no route matched.
    fn place(&self) -> &str {
        self.route.as_ref().map_or(&self.path, MatchedPath::as_str)
    }
}

/// Writes the line, under the target `access` so that it can be switched off by `info,access=off`.
pub(super) fn write(
    subject: &Subject,
    id: RequestId,
    client: Option<ClientAddress>,
    response: &Response,
    elapsed: Duration,
) {
    let Subject { method, .. } = subject;
    let (place, status) = (subject.place(), response.status().as_u16());
    let duration_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    let client = client.map(|client| client.0);
    tracing::info!(
        target: "access",
        %method,
        path = place,
        status,
        duration_us,
        client = client.map(tracing::field::display),
        "{method} {place} {status} {duration_us} µs {id}"
    );
}
