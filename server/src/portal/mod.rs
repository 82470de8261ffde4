//! The portal: pages rendered by Leptos, mounted as the fallback of every other route.
//!
//! Owns what stands between HTTP and a page: who is looking and how ([`visit`]), whether a form was
//! posted from here ([`csrf`]), the session ([`session`]), whether a page needs wasm ([`hydration`]),
//! and what a failed request looks like ([`failure`]). What pages say is the app's.

mod audit_csv;
mod csrf;
mod csv;
mod documents;
mod failure;
mod holder;
mod hydration;
mod icon;
mod payments_csv;
mod reference;
mod session;
mod session_store;
mod try_it;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use leptos::nonce::Nonce;
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tallyport_app::{ApiReference, Portal, SandboxCaller, SiteFiles, StatusProbe, Visit, portal_document};
use tallyport_service::Services;

use crate::assets::Site;
use crate::middleware::csp::CspNonce;

/// What rendering a page takes, apart from the request.
#[derive(Clone)]
struct Pages {
    services: Services,
    files: Arc<SiteFiles>,
    status: StatusProbe,
    reference: ApiReference,
    sandbox_caller: Option<SandboxCaller>,
}

/// The pages, with the page for unknown paths as the fallback. The nonce of a response is in its
/// request's extensions as [`CspNonce`], its id as `RequestId`.
pub fn router(services: &Services, site: &Arc<Site>) -> Router {
    tallyport_app::register_functions();
    let files = SiteFiles { stem: site.stem.clone(), stylesheet: site.css.clone() };
    let pages = Pages {
        services: services.clone(),
        files: Arc::new(files),
        status: visit::status_probe(services),
        reference: reference::read(),
        sandbox_caller: try_it::caller(services),
    };
    let options = LeptosOptions::builder().output_name(site.stem.as_str()).build();
    let context = {
        let pages = pages.clone();
        move || provide_contexts(&pages)
    };
    let document = {
        let files = Arc::clone(&pages.files);
        move || portal_document(&files)
    };
    // Layers run from the last to the first. A forged post is turned away before anyone's session is
    // looked up; whatever fails below becomes a page in the reader's language above.
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(Portal), context.clone(), document.clone())
        .merge(audit_csv::router(services))
        .fallback(render_app_async_with_context(context, document))
        .with_state(options)
        .merge(documents::router(services))
        .merge(icon::router(services))
        .merge(payments_csv::router(services))
        .layer(from_fn_with_state(services.clone(), holder::attach))
        .layer(from_fn_with_state(pages.clone(), visit::add_member))
        .layer(session::layer(services))
        .layer(csrf::layer(services.public_url()))
        .layer(from_fn_with_state(pages.clone(), failure::as_page))
        .layer(from_fn_with_state(pages, visit::attach))
        .layer(from_fn(hydration::trim))
}

/// Gives Leptos what [`visit::attach`] and the outer layers left in the request's extensions.
fn provide_contexts(pages: &Pages) {
    provide_context(pages.services.clone());
    provide_context(pages.status.clone());
    provide_context(pages.reference.clone());
    if let Some(caller) = &pages.sandbox_caller {
        provide_context(caller.clone());
    }
    let Some(parts) = use_context::<http::request::Parts>() else { return };
    if let Some(visit) = parts.extensions.get::<Visit>() {
        provide_context(visit.clone());
    }
    if let Some(CspNonce(nonce)) = parts.extensions.get::<CspNonce>() {
        provide_context(Nonce::from_value(Arc::clone(nonce)));
    }
}
