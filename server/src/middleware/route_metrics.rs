//! Count and latency per route, for throughput, latency, error rate and availability.

use std::time::Duration;

use axum::extract::MatchedPath;
use axum::response::Response;

use super::access_log::Subject;

/// Requests whose path is no API route share one label: a stranger must not be able to make labels.
const UNMATCHED: &str = "other";

/// Records one answered request.
pub(super) fn record(subject: &Subject, response: &Response, elapsed: Duration) {
    let route = subject.route.as_ref().map_or(UNMATCHED, MatchedPath::as_str).to_owned();
    let method = method_label(&subject.method);
    let status = class(response.status().as_u16());
    metrics::counter!("tallyport_http_requests_total", "route" => route.clone(), "method" => method, "status" => status)
        .increment(1);
    metrics::histogram!("tallyport_http_request_seconds", "route" => route, "method" => method)
        .record(elapsed.as_secs_f64());
}

/// Known methods only; anything may stand in a request line.
fn method_label(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn class(status: u16) -> &'static str {
    match status {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}
