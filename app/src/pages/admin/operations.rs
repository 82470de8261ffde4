//! The operations of the open API, and which of them are turned off.

use super::{door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Badge, Button, ButtonKind, Card, Column, Moment, PageHead, Table, Tone},
    forms::{Form, FormFlash, Select, TextArea},
    islands::LocalTimes,
    pages::reference::{method_mark::MethodMark, reference},
    reference::{ApiReference, Operation, said},
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::switched_off::SwitchedOff;
use tallyport_service::switched_off::SwitchedOffOperations;

/// The form's name, under which a refused one is kept.
pub(crate) const SWITCH_OFF_FORM: &str = "switch_off";

/// The operations that can be turned off; tokens are not among them, without which nothing can be called.
pub(crate) fn switchable(reference: &ApiReference) -> impl Iterator<Item = &Operation> {
    reference.operations().filter(|operation| operation.path.starts_with("/v1/"))
}

#[component]
pub(crate) fn AdminOperationsPage() -> impl IntoView {
    admin_page(|services, _| async move {
        let off = services.switched_off().await?;
        Ok(Some(page(&off, FormFlash::take(SWITCH_OFF_FORM).await)))
    })
}

fn page(off: &SwitchedOffOperations, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_operations;
    let reference = reference();
    let columns = [texts.operation, texts.state, texts.told, texts.since, texts.decide].map(Column::text).to_vec();
    let rows = switchable(&reference).map(|operation| row(operation, off.get(&operation.id))).collect();
    view! {
        <AdminFrame title=texts.title current=paths::OPERATIONS>
            <PageHead title=texts.title lead=texts.lead />
            <div class="console-sections">
                <Table caption=texts.title columns=columns rows=rows />
                {form(&reference, flash)}
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn row(operation: &Operation, off: Option<&SwitchedOff>) -> Vec<AnyView> {
    let texts = &texts().admin_operations;
    let language = visit().language;
    let (tone, state) = if off.is_some() { (Tone::Caution, texts.off) } else { (Tone::Good, texts.on) };
    let reason = off.map(|off| off.reason.text_in(language).to_owned());
    let since = off.map(|off| view! { <Moment at_ms=off.since_ms /> });
    let switch_on = off.map(|off| switch_on(off.operation.clone()));
    let summary = said(&operation.summary, language);
    let name = view! {
        <span class="stacked-cell">
            <a class="table-link" href=operation.href()>
                {summary}
            </a>
            <span class="operation-call">
                <MethodMark method=operation.method.clone() />
                <code class="operation-path">{operation.path.clone()}</code>
            </span>
        </span>
    };
    vec![
        name.into_any(),
        view! { <Badge tone=tone text=state /> }.into_any(),
        view! { <span class="announcement-cell">{reason}</span> }.into_any(),
        since.into_any(),
        switch_on.into_any(),
    ]
}

fn switch_on(operation: String) -> impl IntoView {
    view! {
        <form method="post" action="/ui/switch_on_operation">
            <input type="hidden" name="operation" value=operation />
            <Button kind=ButtonKind::Small>{texts().admin_operations.switch_on}</Button>
        </form>
    }
}

fn form(reference: &ApiReference, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_operations;
    let language = visit().language;
    let operations: Vec<_> = switchable(reference)
        .map(|operation| {
            let name = format!("{} · {} {}", said(&operation.summary, language), operation.method, operation.path);
            (operation.id.clone(), name)
        })
        .collect();
    view! {
        <Card title=texts.switch_off_title>
            <div class="console-form">
                <Form name=SWITCH_OFF_FORM action="/ui/switch_off_operation" flash=flash>
                    <p class="soft">{texts.switch_off_text}</p>
                    <Select name="operation" label=texts.operation options=operations />
                    <TextArea name="reason_en" label=texts.reason_en hint=texts.reason_hint />
                    <TextArea name="reason_zh" label=texts.reason_zh hint=texts.reason_hint />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Danger>{texts.switch_off}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}
