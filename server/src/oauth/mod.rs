//! The authorization server under `/oauth` and `/.well-known`.

mod client;
mod discovery;
mod token;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;

/// The routes that partners call, with their documentation.
pub fn documented() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(token::issue_token))
}

/// What clients find out by themselves.
pub fn discovery() -> Router<ApiState> {
    discovery::router()
}
