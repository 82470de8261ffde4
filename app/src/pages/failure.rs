//! How a request ended when it did not end well, with the id that finds it in the logs.

use crate::{
    components::{ButtonKind, ButtonLink, CopyableId},
    i18n::outcome::OutcomeTexts,
    layout::PublicFrame,
    visit::{texts, visit},
};
use leptos::prelude::*;

/// The page for a status of 400 and above.
#[component]
pub(crate) fn Failure(status: u16) -> impl IntoView {
    let texts = &texts().outcome;
    let (title, text) = explained(texts, status);
    let request_id = visit().request_id;
    let reference = (!request_id.is_empty()).then(|| {
        view! {
            <p class="soft small">
                {texts.request_id} ": " <CopyableId id=request_id /> " " {texts.request_id_hint}
            </p>
        }
    });
    view! {
        <PublicFrame title=title>
            <div class="outcome">
                <p class="outcome-status">{status}</p>
                <h1>{title}</h1>
                <p class="lead">{text}</p>
                <div class="row">
                    <ButtonLink href="/" kind=ButtonKind::Primary>{texts.to_start}</ButtonLink>
                    <ButtonLink href="/docs">{texts.to_docs}</ButtonLink>
                </div>
                {reference}
            </div>
        </PublicFrame>
    }
    .into_any()
}

const fn explained(texts: &OutcomeTexts, status: u16) -> (&'static str, &'static str) {
    match status {
        403 => (texts.refused_title, texts.refused_text),
        404 => (texts.not_found_title, texts.not_found_text),
        503 | 504 => (texts.unavailable_title, texts.unavailable_text),
        400..=499 => (texts.bad_request_title, texts.bad_request_text),
        _ => (texts.broken_title, texts.broken_text),
    }
}
