//! One operation: what it takes and answers on the left, programs that call it on the right.

use super::{
    answers::answer_list,
    demands::DemandList,
    field_list::FieldList,
    inline_text::inline_text,
    method_mark::MethodMark,
    own_key::{OwnKey, own_key},
    reference,
};
use crate::{
    components::{Banner, Breadcrumbs, ButtonKind, ButtonLink, CodeBlock, CodeSample, CodeTabs, Crumb, Tone},
    layout::DocsFrame,
    pages::not_found::NotFound,
    reference::{Operation, said, samples::samples_of},
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tallyport_domain::switched_off::SwitchedOff;
use tallyport_service::Services;

/// The operation that the console can make for the reader.
const TRIED_OPERATION: &str = "createPayment";

#[component]
pub(crate) fn OperationPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("operation_id").unwrap_or_default();
    match reference().find(&id).cloned() {
        Some(operation) => Suspend::new(async move {
            let own = own_key().await;
            let off = switched_off(&operation.id).await;
            show(operation, own, off)
        })
        .into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Whether the operation is turned off. The page is worth reading without knowing.
async fn switched_off(id: &str) -> Option<SwitchedOff> {
    let services = use_context::<Services>()?;
    services.switched_off().await.ok()?.get(id).cloned()
}

fn show(operation: Operation, own: Option<OwnKey>, off: Option<SwitchedOff>) -> impl IntoView {
    let docs = &texts().docs;
    let texts = &texts().reference;
    let off_title = crate::visit::texts().admin_operations.off_in_docs;
    let language = visit().language;
    let title = said(&operation.summary, language);
    let way = vec![Crumb::link(docs.title, "/docs"), Crumb::link(texts.title, "/docs/api"), Crumb::here(title.clone())];
    let off = off.map(|off| {
        let reason = off.reason.text_in(language).to_owned();
        view! { <Banner tone=Tone::Caution title=off_title>{reason}</Banner> }
    });
    let right = programs(&operation, own);
    view! {
        <DocsFrame title=title.clone() current=operation.href()>
            <article class="reference-page stack">
                <Breadcrumbs way=way />
                <div class="reference">
                    <div class="reference-words stack">
                        <h1>{title}</h1>
                        <p class="reference-call">
                            <MethodMark method=operation.method.clone() />
                            <code class="operation-path">{operation.path.clone()}</code>
                        </p>
                        {off}
                        <div class="reference-lead">
                            {inline_text(&said(&operation.description, language))}
                        </div>
                        <DemandList demands=operation.demands.clone() />
                        {sent(&operation)}
                        {answer_list(&operation)}
                    </div>
                    {right}
                </div>
            </article>
        </DocsFrame>
    }
}

/// What the caller sends.
fn sent(operation: &Operation) -> impl IntoView + use<> {
    let texts = &texts().reference;
    let body = operation.body.clone().map(|body| {
        let title = format!("{} · {}", texts.body, body.media_type);
        view! { <FieldList title=title fields=body.fields /> }
    });
    let nothing = body.is_none().then(|| view! { <p class="soft small">{texts.nothing_sent}</p> });
    view! {
        <div class="stack-tight">
            <FieldList title=texts.path_parameters fields=operation.path_parameters.clone() />
            <FieldList title=texts.query_parameters fields=operation.query_parameters.clone() />
            <FieldList title=texts.header_parameters fields=operation.header_parameters.clone() />
            {body}
            {nothing}
        </div>
    }
}

fn programs(operation: &Operation, own: Option<OwnKey>) -> impl IntoView + use<> {
    let texts = &texts().reference;
    let api_key = own.as_ref().map(|own| own.api_key.as_str());
    let samples = samples_of(&operation.id, &visit().public_url, api_key);
    let note = if own.is_some() { texts.key_known } else { texts.key_unknown };
    let tabs = (!samples.is_empty()).then(|| {
        view! {
            <h2 class="reference-title">{texts.samples}</h2>
            <p class="soft small">{note}</p>
            <CodeTabs name="sample" samples=samples />
        }
    });
    let try_it = (operation.id == TRIED_OPERATION).then(|| {
        // Without an application, the console says how to make one.
        let href = own
            .map_or_else(|| "/console".to_owned(), |own| format!("/console/applications/{}/try", own.application_id));
        view! {
            <p>
                <ButtonLink href=href kind=ButtonKind::Primary>{texts.try_it}</ButtonLink>
            </p>
        }
    });
    let body = operation.body.as_ref().map(|body| {
        let sample = CodeSample::new(body.example_language, body.example.clone());
        view! {
            <h2 class="reference-title">{texts.example}</h2>
            <CodeBlock sample=sample />
        }
    });
    let answer = operation.answers.iter().find(|answer| answer.is_success()).map(|answer| {
        view! {
            <h2 class="reference-title">{texts.example_answer} " · " {answer.status}</h2>
            <CodeBlock sample=CodeSample::new("json", answer.example.clone()) />
        }
    });
    view! { <div class="reference-code stack-tight">{try_it} {tabs} {body} {answer}</div> }
}
