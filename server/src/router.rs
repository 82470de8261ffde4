//! Which part of the server answers which path. Owns the composition and no handler.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use http::StatusCode;
use tallyport_service::Services;

use crate::assets::{self, Site};
use crate::health::{self, Watched};
use crate::middleware::{self, Surroundings, compression, csp};
use crate::{api, metrics};

/// Everything that the public listener answers.
///
/// Pages and documents are compressed here; the API's answers are not, because their digest covers
/// the bytes as the handler made them.
pub fn public(surroundings: Surroundings, watched: Watched, site: Arc<Site>) -> Router {
    let services: &Services = &surroundings.services;
    let pages = pages(services, &site)
        .layer(from_fn_with_state(services.clone(), csp::around))
        .layer(compression::layer())
        .layer(from_fn_with_state(site, assets::serve_or_pass));
    Router::new()
        .merge(health::router(watched))
        .merge(api::router(services, &surroundings.public_url))
        .merge(unknown_to_the_api())
        .merge(pages)
        .layer(from_fn_with_state(surroundings, middleware::around))
}

#[cfg(feature = "portal")]
fn pages(services: &Services, site: &Arc<Site>) -> Router {
    crate::portal::router(services, site)
}

/// A server of the API alone has no pages.
#[cfg(not(feature = "portal"))]
fn pages(_services: &Services, _site: &Arc<Site>) -> Router {
    Router::new().fallback(nothing_here)
}

/// What the API does not know below its own paths. A route is matched before it, as it is closer.
fn unknown_to_the_api() -> Router {
    ["/v1", "/oauth", "/.well-known"].into_iter().fold(Router::new(), |router, prefix| {
        router
            .route(prefix, any(nothing_here))
            .route(&format!("{prefix}/"), any(nothing_here))
            .route(&format!("{prefix}/{{*path}}"), any(nothing_here))
    })
}

/// What the API does not know is answered as the API answers, not by a page. The layer makes the
/// problem out of the bare status.
async fn nothing_here() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// What the admin listener answers: figures and checks, for machines of the operator.
pub fn admin(watched: Watched) -> Router {
    Router::new().merge(health::router(watched)).route("/metrics", get(async || metrics::text()))
}
