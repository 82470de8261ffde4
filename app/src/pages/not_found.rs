//! What answers an address that names nothing.

use super::failure::Failure;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// Sets the status too, wherever in a page it turns up: an unknown address, or an id of no object.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! { <Failure status=404 /> }
}
