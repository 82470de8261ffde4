//! The open API under `/v1`: one handler per file, each thin: extract, call `Services`, convert.

mod answer;
mod answer_signature;
pub(crate) mod authorized;
mod cancel_payment;
mod capture_payment;
mod create_payment;
mod create_refund;
mod create_top_up;
mod create_transfer;
mod create_withdrawal;
mod documented;
mod echo;
mod encrypted_answer;
mod encrypted_body;
mod error;
mod get_application;
mod get_event;
mod get_payment;
mod get_refund;
mod get_sandbox_clock;
mod get_top_up;
mod get_transfer;
mod get_withdrawal;
mod idempotency_key;
mod known_query;
mod links;
mod list_balances;
mod list_events;
mod list_examples;
mod list_ledger_entries;
mod list_payments;
mod list_refunds;
mod list_top_ups;
mod list_transfers;
mod list_withdrawals;
mod move_sandbox_clock;
mod movement_page;
mod openapi;
mod operation_switch;
mod outcome_header;
mod page;
mod path_id;
mod problem_layer;
mod rate_limit;
mod read;
mod signed;
mod userinfo;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
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
    OpenApiRouter::new()
        .routes(routes!(get_application::get_application))
        .routes(routes!(echo::echo))
        .routes(routes!(create_payment::create_payment, list_payments::list_payments))
        .routes(routes!(get_payment::get_payment))
        .routes(routes!(capture_payment::capture_payment))
        .routes(routes!(cancel_payment::cancel_payment))
        .routes(routes!(create_refund::create_refund, list_refunds::list_refunds))
        .routes(routes!(get_refund::get_refund))
        .routes(routes!(create_transfer::create_transfer, list_transfers::list_transfers))
        .routes(routes!(get_transfer::get_transfer))
        .routes(routes!(create_top_up::create_top_up, list_top_ups::list_top_ups))
        .routes(routes!(get_top_up::get_top_up))
        .routes(routes!(create_withdrawal::create_withdrawal, list_withdrawals::list_withdrawals))
        .routes(routes!(get_withdrawal::get_withdrawal))
        .routes(routes!(list_balances::list_balances))
        .routes(routes!(list_ledger_entries::list_ledger_entries))
        .routes(routes!(list_events::list_events))
        .routes(routes!(get_event::get_event))
        .routes(routes!(get_sandbox_clock::get_sandbox_clock, move_sandbox_clock::move_sandbox_clock))
        .routes(routes!(userinfo::get_userinfo))
}

/// The OpenAPI document of everything that partners may call: the same as long as the program runs.
#[must_use]
pub fn document() -> &'static OpenApi {
    static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(|| {
        let documented = OpenApiRouter::<ApiState>::with_openapi(openapi::frame());
        let mut document = documented.merge(operations()).merge(crate::oauth::documented()).split_for_parts().1;
        links::add(&mut document);
        list_examples::add(&mut document);
        document
    });
    &DOCUMENT
}

/// The document as `/openapi.json` shows it.
pub(crate) fn document_text() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| document().to_json().expect("the document is made of strings and numbers"));
    &TEXT
}

/// The routes of the open API and of the authorization server, and the document about them.
pub fn router(services: &Services, public_url: &Arc<PublicUrl>) -> Router {
    let state = ApiState { services: services.clone(), public_url: Arc::clone(public_url) };
    let problems = from_fn_with_state(state.clone(), problem_layer::around);
    let names = operation_switch::Names::of(document());
    let signed = Router::from(operations())
        .route_layer(from_fn_with_state((state.clone(), names), operation_switch::around))
        .layer(problems.clone())
        .layer(from_fn_with_state(state.clone(), encrypted_answer::around))
        .layer(from_fn_with_state(state.clone(), answer_signature::around))
        .layer(from_fn(rate_limit::around));
    let unsigned = Router::from(crate::oauth::documented())
        .merge(openapi::router())
        .merge(crate::oauth::discovery())
        // The layer outside bounds every body and says by how much; the framework's own limit would say nothing.
        .layer(DefaultBodyLimit::disable())
        .layer(problems);
    signed.merge(unsigned).with_state(state)
}
