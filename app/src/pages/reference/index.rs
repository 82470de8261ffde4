//! The reference's overview: what holds for every call, and all operations.

use super::{inline_text::inline_text, method_mark::MethodMark, reference};
use crate::{
    components::{Breadcrumbs, Crumb, KeyValue, KeyValues},
    layout::DocsFrame,
    reference::{Group, Operation, said},
    visit::{texts, visit},
};
use leptos::prelude::*;

#[component]
pub(crate) fn ApiReferencePage() -> impl IntoView {
    let docs = &texts().docs;
    let texts = &texts().reference;
    let way = vec![Crumb::link(docs.title, "/docs"), Crumb::here(texts.title)];
    let groups = reference().groups().iter().map(group).collect_view();
    view! {
        <DocsFrame title=texts.title current="/docs/api">
            <div class="reference-page stack">
                <Breadcrumbs way=way />
                <div class="stack-tight">
                    <h1>{texts.title}</h1>
                    <p class="lead">{texts.lead}</p>
                </div>
                {groups}
                <section class="stack-tight">
                    <h2>{texts.rules_title}</h2>
                    {rules()}
                </section>
            </div>
        </DocsFrame>
    }
}

fn rules() -> impl IntoView {
    let texts = &texts().reference;
    let origin = visit().public_url;
    let facts = vec![
        KeyValue::new(texts.base_url, view! { <code class="inline-code">{origin}</code> }),
        KeyValue::new(texts.authentication, inline_text(texts.authentication_text)),
        KeyValue::new(texts.signature, inline_text(texts.signature_text)),
        KeyValue::new(texts.idempotency, inline_text(texts.idempotency_text)),
        KeyValue::new(
            texts.refusals,
            view! {
                {inline_text(texts.refusals_text)}
                " "
                <a href="/docs/errors">{texts.errors_title}</a>
            },
        ),
    ];
    view! { <KeyValues facts=facts /> }
}

fn group(group: &Group) -> impl IntoView + use<> {
    let language = visit().language;
    let operations = group.operations.iter().map(entry).collect_view();
    view! {
        <section class="stack-tight">
            <h2>{said(&group.name, language)}</h2>
            <p class="soft">{said(&group.description, language)}</p>
            <ul class="operation-list">{operations}</ul>
        </section>
    }
}

fn entry(operation: &Operation) -> impl IntoView + use<> {
    let summary = said(&operation.summary, visit().language);
    view! {
        <li>
            <a class="operation-link" href=operation.href()>
                <MethodMark method=operation.method.clone() />
                <code class="operation-path">{operation.path.clone()}</code>
                <span class="operation-summary">{summary}</span>
            </a>
        </li>
    }
}
