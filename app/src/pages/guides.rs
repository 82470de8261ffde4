//! The documentation's overview.

use crate::{
    guides::{GUIDES, Guide},
    layout::DocsFrame,
    visit::{texts, visit},
};
use leptos::prelude::*;

#[component]
pub(crate) fn GuidesPage() -> impl IntoView {
    let texts = &texts().docs;
    view! {
        <DocsFrame title=texts.title current="/docs">
            <div class="stack-tight">
                <h1>{texts.title}</h1>
                <p class="lead">{texts.lead}</p>
            </div>
            <ul class="guide-list">{GUIDES.iter().map(entry).collect_view()}</ul>
        </DocsFrame>
    }
    .into_any()
}

fn entry(guide: &'static Guide) -> impl IntoView {
    let language = visit().language;
    view! {
        <li>
            <a class="guide-link" href=guide.href()>
                <span class="guide-link-title">{guide.title.in_language(language)}</span>
                <span>{guide.summary.in_language(language)}</span>
            </a>
        </li>
    }
    .into_any()
}
