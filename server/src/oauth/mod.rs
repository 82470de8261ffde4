//! The authorization server under `/oauth` and `/.well-known`. Handlers read a form, ask the service
//! and write its answer; every refusal is an error of OAuth.

mod authorize;
mod client;
mod device;
mod discovery;
mod documented;
mod form;
pub(crate) mod holder_cookie;
mod introspect;
mod push;
mod refused;
mod revoke;
mod token;

pub(crate) use refused::DPOP_NONCE;

use axum::Router;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;

/// The routes that partners call, with their documentation.
pub fn documented() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(token::issue_token))
        .routes(routes!(push::push_request))
        .routes(routes!(device::authorize_device))
        .routes(routes!(introspect::introspect_token))
        .routes(routes!(revoke::revoke_token))
}

/// What clients find out by themselves, and where they send browsers.
pub fn discovery() -> Router<ApiState> {
    discovery::router().route("/oauth/authorize", get(authorize::authorize).post(authorize::authorize))
}
