//! Parameters, members of a body, headers: each with its type, its rules and an example.

use super::inline_text::InlineText;
use crate::{
    i18n::reference::ReferenceTexts,
    reference::{Constraint, Field, said},
    visit::{texts, visit},
};
use leptos::prelude::*;

/// The fields under a heading; nothing at all when there are none.
#[component]
pub(super) fn FieldList(#[prop(into)] title: String, fields: Vec<Field>) -> impl IntoView {
    (!fields.is_empty()).then(|| {
        view! {
            <h3 class="reference-subtitle">{title}</h3>
            <ul class="field-list">{fields.into_iter().map(entry).collect_view()}</ul>
        }
    })
}

fn entry(field: Field) -> impl IntoView {
    let texts = &texts().reference;
    let required = field.required.then(|| view! { <span class="field-list-required">{texts.required}</span> });
    let rules: Vec<_> = field.constraints.iter().map(|constraint| rule(texts, constraint)).collect();
    let example = field.example.map(|example| {
        view! {
            <span class="field-list-rule">
                {texts.example} ": " <code class="inline-code">{example}</code>
            </span>
        }
    });
    view! {
        <li class="field-list-item">
            <p class="field-list-head">
                <code class="field-list-name">{field.name}</code>
                <span class="field-list-kind">{field.kind}</span>
                {required}
            </p>
            <p class="field-list-text">
                <InlineText text=said(&field.description, visit().language) />
            </p>
            <p class="field-list-rules">{rules} {example}</p>
        </li>
    }
}

fn rule(texts: &'static ReferenceTexts, constraint: &Constraint) -> AnyView {
    let words = |text: String| view! { <span class="field-list-rule">{text}</span> }.into_any();
    let code = |label: &'static str, codes: Vec<String>| {
        let codes = codes
            .into_iter()
            .map(|code| view! { <code class="inline-code">{code}</code> " " })
            .collect_view();
        view! { <span class="field-list-rule">{label} ": " {codes}</span> }.into_any()
    };
    match constraint {
        Constraint::Length { min, max } => words(texts.length(*min, *max)),
        Constraint::Range { min, max } => words(texts.range(*min, *max)),
        Constraint::Moment => words(texts.moment.to_owned()),
        Constraint::Pattern(pattern) => code(texts.pattern, vec![pattern.clone()]),
        Constraint::OneOf(choices) => code(texts.one_of, choices.clone()),
    }
}
