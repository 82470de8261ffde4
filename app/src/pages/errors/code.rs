//! One error code: the page that `type` of a problem leads to.

use crate::{
    components::{Badge, Breadcrumbs, CodeBlock, CodeSample, Crumb, KeyValue, KeyValues, Tone},
    layout::DocsFrame,
    pages::{
        not_found::NotFound,
        reference::{inline_text::inline_text, reference},
    },
    reference::{find_code, said},
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tallyport_contract::{ErrorCode, Problem, language::Language};

#[component]
pub(crate) fn ErrorPage() -> impl IntoView {
    let code = use_params_map().get_untracked().get("code").unwrap_or_default();
    match find_code(&code) {
        Some(code) => show(code).into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

fn show(code: ErrorCode) -> impl IntoView {
    let docs = &texts().docs;
    let texts = &texts().reference;
    let visit = visit();
    let title = code.title().in_language(visit.language).to_owned();
    let way = vec![
        Crumb::link(docs.title, "/docs"),
        Crumb::link(texts.errors_title, "/docs/errors"),
        Crumb::here(code.as_str()),
    ];
    let example = example(code, visit.language, &visit.public_url);
    view! {
        <DocsFrame title=format!("{} · {title}", code.as_str()) current="/docs/errors">
            <article class="reference-page stack">
                <Breadcrumbs way=way />
                <div class="stack-tight">
                    <h1>{title}</h1>
                    <p class="lead">
                        {inline_text(code.hint().in_language(visit.language))}
                    </p>
                </div>
                <KeyValues facts=facts(code) />
                <h2>{texts.example}</h2>
                <CodeBlock sample=CodeSample::new("json", example) />
            </article>
        </DocsFrame>
    }
}

fn facts(code: ErrorCode) -> Vec<KeyValue> {
    let texts = &texts().reference;
    let repeat = if code.is_retryable() {
        view! { <Badge tone=Tone::Caution text=texts.error_repeat_yes /> }.into_any()
    } else {
        view! { <Badge text=texts.error_repeat_no /> }.into_any()
    };
    let mut facts = vec![
        KeyValue::new(texts.error_code, view! { <code class="inline-code">{code.as_str()}</code> }),
        KeyValue::new(texts.error_status, code.status()),
        KeyValue::new(texts.error_repeat, repeat),
    ];
    let operations: Vec<_> = reference()
        .operations()
        .filter(|operation| operation.error_codes.contains(&code))
        .map(|operation| {
            let summary = said(&operation.summary, visit().language);
            view! { <li><a href=operation.href()>{summary}</a></li> }
        })
        .collect();
    if !operations.is_empty() {
        let list = view! { <ul class="error-operations">{operations}</ul> };
        facts.push(KeyValue::new(texts.error_operations, list));
    }
    facts
}

/// A problem as the API would send it in this language.
fn example(code: ErrorCode, language: Language, origin: &str) -> String {
    let title = code.title().in_language(language).to_owned();
    let problem = Problem {
        kind: format!("{origin}/docs/errors/{}", code.as_str()),
        detail: title.clone(),
        title,
        status: code.status(),
        code: code.as_str().to_owned(),
        param: param(code).map(str::to_owned),
        differs: if code == ErrorCode::IdempotencyKeyReused { vec!["/amount".to_owned()] } else { Vec::new() },
        request_id: "req_01kaemzd2w5n8h9qv7c3r4t6yb".to_owned(),
        retryable: code.is_retryable(),
        hint: code.hint().in_language(language).to_owned(),
        server_time: (code == ErrorCode::SignatureInvalid).then(|| "2026-11-20T08:15:30.042Z".to_owned()),
    };
    serde_json::to_string_pretty(&problem).unwrap_or_default()
}

/// Where the fault would lie, for codes that say so.
const fn param(code: ErrorCode) -> Option<&'static str> {
    match code {
        ErrorCode::ParameterUnknown => Some("/colour"),
        ErrorCode::ParameterMissing => Some("/order_id"),
        ErrorCode::ParameterInvalid => Some("/description"),
        ErrorCode::AmountInvalid => Some("/amount"),
        ErrorCode::CurrencyUnknown => Some("/currency"),
        ErrorCode::MethodUnknown => Some("/method"),
        ErrorCode::IdempotencyKeyInvalid => Some("Idempotency-Key"),
        _ => None,
    }
}
