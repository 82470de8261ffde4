//! Pages that a link in a mail leads to. The token is in the address, so such a page sends no
//! referrer and nobody keeps a copy.

use super::loaded::{keep_no_copy, set_header, set_status};
use crate::{
    components::{ButtonKind, ButtonLink},
    layout::PublicFrame,
    visit::texts,
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Prepares the response and returns the token; an absent one is empty and fits no link.
pub(super) fn link_page() -> String {
    keep_no_copy();
    set_header(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    use_query_map().get_untracked().get("token").unwrap_or_default()
}

/// What stands there when the link does not work.
#[component]
pub(super) fn DeadLink(title: &'static str, text: &'static str, hint: &'static str) -> impl IntoView {
    set_status(StatusCode::NOT_FOUND);
    let texts = texts();
    view! {
        <PublicFrame title=title>
            <div class="outcome">
                <h1>{title}</h1>
                <p class="lead">{text}</p>
                <p class="soft">{hint}</p>
                <div class="row">
                    <ButtonLink href="/signin" kind=ButtonKind::Primary>{texts.chrome.sign_in}</ButtonLink>
                    <ButtonLink href="/">{texts.outcome.to_start}</ButtonLink>
                </div>
            </div>
        </PublicFrame>
    }
    .into_any()
}
