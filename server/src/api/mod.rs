//! The open API under `/v1`: one handler per file, each thin: extract, call `Services`, convert.

mod answer_signature;
pub(crate) mod authorized;
mod create_payment;
mod error;
mod get_payment;
mod idempotency_key;
mod openapi;
mod problem_layer;
mod rate_limit;
mod signed;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tallyport_service::Services;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::settings::public_url::PublicUrl;

pub use error::ApiError;

/// What every handler of the API may use.
#[derive(Clone)]
pub struct ApiState {
    /// The use cases.
    pub services: Services,
    /// The origin that partners call.
    pub public_url: Arc<PublicUrl>,
}

/// What stands under `/v1`.
fn operations() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(create_payment::create_payment)).routes(routes!(get_payment::get_payment))
}

/// The OpenAPI document of everything that partners may call.
#[must_use]
pub fn document() -> OpenApi {
    let documented = OpenApiRouter::<ApiState>::with_openapi(openapi::frame());
    documented.merge(operations()).merge(crate::oauth::documented()).split_for_parts().1
}

/// The routes of the open API and of the authorization server, and the document about them.
pub fn router(services: &Services, public_url: &Arc<PublicUrl>) -> Router {
    let state = ApiState { services: services.clone(), public_url: Arc::clone(public_url) };
    let problems = from_fn_with_state(state.clone(), problem_layer::around);
    let signed = Router::from(operations())
        .layer(problems.clone())
        .layer(from_fn_with_state(state.clone(), answer_signature::around))
        .layer(from_fn(rate_limit::around));
    let unsigned = Router::from(crate::oauth::documented())
        .merge(openapi::router(&document()))
        .merge(crate::oauth::discovery())
        .layer(problems);
    signed.merge(unsigned).with_state(state)
}
