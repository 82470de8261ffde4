//! What happens to every request and every answer, whatever the route.
//!
//! One axum layer calls one file per concern, in the order that stands in [`around`]: identify,
//! bound, run, then stamp, count and log. It must not know a route, a caller or a body's meaning.

pub mod access_log;
pub mod body_limit;
pub mod client_address;
pub mod compression;
pub mod csp;
pub mod panic;
pub mod problem;
mod problem_page;
pub mod request_id;
pub mod route_metrics;
pub mod security_headers;
pub mod trace_context;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::settings::public_url::PublicUrl;
use problem::Audience;
use tallyport_contract::ErrorCode;
use tallyport_contract::strict::BodyFault;
use tallyport_domain::network::Network;
use tallyport_service::Services;

/// What the layer needs to know.
#[derive(Clone)]
pub struct Surroundings {
    /// Gives the time and random bytes for identifiers.
    pub services: Services,
    /// Time from a request's headers to the start of its answer.
    pub request_timeout: Duration,
    /// Bytes of a request's body.
    pub body_bytes_max: u32,
    /// Proxies whose word about the client's address counts.
    pub trusted_proxies: Arc<[Network]>,
    /// The origin that browsers and partners use.
    pub public_url: Arc<PublicUrl>,
}

/// The layer. Apply it with `axum::middleware::from_fn_with_state` outside everything else.
pub async fn around(State(own): State<Surroundings>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id::assign(&mut request, &own.services);
    let client = client_address::find(&request, &own.trusted_proxies);
    if let Some(client) = client {
        request.extensions_mut().insert(client);
    }
    let trace = trace_context::read(request.headers());
    let subject = access_log::Subject::of(&request);
    let span =
        tracing::info_span!("request", request_id = %id, trace_id = trace.as_ref().map(trace_context::TraceId::as_str));
    let audience = Audience::of(&request);

    let body_bytes_max = body_limit::of_route(&request, own.body_bytes_max);
    let bytes_told = body_limit::told(&request, body_bytes_max);
    let outcome = match body_limit::bound(request, body_bytes_max) {
        Ok((request, overflow)) => {
            let outcome = run(next, request, own.request_timeout).instrument(span.clone()).await;
            let failed = outcome.as_ref().map_or(true, |response| response.status().as_u16() >= 400);
            if failed && overflow.happened() { Err(ErrorCode::BodyTooLarge) } else { outcome }
        }
        Err(code) => Err(code),
    };
    let mut response = outcome.unwrap_or_else(|code| {
        let detail = match code {
            ErrorCode::BodyTooLarge => BodyFault::TooLarge { bytes_max: bytes_told }.message(),
            code => code.title(),
        };
        problem::response(code, &detail, id, audience, &own.public_url)
    });

    problem::complete(&mut response, id, audience, &own.public_url);
    request_id::stamp(&mut response, id);
    security_headers::add(&mut response, own.public_url.is_https());
    let elapsed = started.elapsed();
    route_metrics::record(&subject, &response, elapsed);
    span.in_scope(|| access_log::write(&subject, id, client, &response, elapsed));
    response
}

/// Runs the rest of the stack within its time, and turns a panic into an answer.
async fn run(next: Next, request: Request, limit: Duration) -> Result<Response, ErrorCode> {
    match tokio::time::timeout(limit, panic::caught(next.run(request))).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(panic::Panicked)) => Err(ErrorCode::Internal),
        Err(_) => Err(ErrorCode::TimedOut),
    }
}
