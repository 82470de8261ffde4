//! Pages that wait for a service or the session before anything can be shown, and what they may say
//! about their response.

use super::failure::Failure;
use crate::{fault::Fault, site_path::SitePath};
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::future::Future;

/// Shows what the future makes. A fault becomes the page for its status.
pub(super) fn loaded(page: impl Future<Output = Result<AnyView, Fault>> + Send + 'static) -> AnyView {
    Suspend::new(async move {
        match page.await {
            Ok(view) => view,
            Err(fault) => {
                let status = fault.report().as_u16();
                view! { <Failure status=status /> }.into_any()
            }
        }
    })
    .into_any()
}

/// Sends the browser to another page instead of showing this one.
pub(super) fn elsewhere(path: &SitePath) -> AnyView {
    // A site path is visible ASCII by construction, so it is always a header value.
    if let Ok(location) = HeaderValue::from_str(path.as_str()) {
        set_status(StatusCode::SEE_OTHER);
        set_header(header::LOCATION, location);
    }
    ().into_any()
}

/// Nobody may keep a copy: not a cache, and not the browser for its back button.
pub(super) fn keep_no_copy() {
    set_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

pub(super) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

pub(super) fn set_header(name: HeaderName, value: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(name, value);
    }
}
