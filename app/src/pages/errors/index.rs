//! All error codes.

use crate::{
    components::{Breadcrumbs, Column, Crumb, Table},
    layout::DocsFrame,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_contract::ErrorCode;

#[component]
pub(crate) fn ErrorsPage() -> impl IntoView {
    let docs = &texts().docs;
    let texts = &texts().reference;
    let way = vec![Crumb::link(docs.title, "/docs"), Crumb::here(texts.errors_title)];
    let columns = vec![
        Column::number(texts.error_status),
        Column::text(texts.error_code),
        Column::text(texts.error_meaning),
        Column::text(texts.error_repeat),
    ];
    let mut codes = ErrorCode::ALL.to_vec();
    codes.sort_by_key(|code| code.status());
    let rows = codes.into_iter().map(row).collect();
    view! {
        <DocsFrame title=texts.errors_title current="/docs/errors">
            <div class="stack">
                <Breadcrumbs way=way />
                <div class="stack-tight">
                    <h1>{texts.errors_title}</h1>
                    <p class="lead">{texts.errors_lead}</p>
                </div>
                <Table caption=texts.errors_table columns=columns rows=rows />
            </div>
        </DocsFrame>
    }
}

fn row(code: ErrorCode) -> Vec<AnyView> {
    let texts = &texts().reference;
    let language = visit().language;
    let repeat = if code.is_retryable() { texts.error_repeat_yes } else { texts.error_repeat_no };
    vec![
        code.status().into_any(),
        view! {
            <a href=format!("/docs/errors/{}", code.as_str())>
                <code>{code.as_str()}</code>
            </a>
        }
        .into_any(),
        code.title().in_language(language).to_owned().into_any(),
        repeat.into_any(),
    ]
}
