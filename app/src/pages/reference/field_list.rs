//! Parameters, members of a body, headers: each with its type, its rules and an example.

use super::inline_text::inline_text;
use crate::{
    i18n::reference::ReferenceTexts,
    reference::{Constraint, Field, said},
    visit::{texts, visit},
};
use leptos::prelude::*;

/// The fields under a heading; nothing at all when there are none.
#[component]
pub(super) fn FieldList(
    #[prop(into)] title: String,
    fields: Vec<Field>,
    /// Nobody has to send what an answer holds.
    #[prop(optional)]
    of_answer: bool,
) -> impl IntoView {
    (!fields.is_empty()).then(|| {
        view! {
            <h3 class="reference-subtitle">{title}</h3>
            <ul class="field-list">{fields.into_iter().map(|field| entry(field, of_answer)).collect_view()}</ul>
        }
    })
}

fn entry(field: Field, of_answer: bool) -> impl IntoView {
    let texts = &texts().reference;
    let required =
        (field.required && !of_answer).then(|| view! { <span class="field-list-required">{texts.required}</span> });
    let rules: Vec<_> = field.constraints.iter().map(|constraint| rule(texts, constraint)).collect();
    let example = field.example.map(|example| {
        view! {
            <span class="field-list-rule">
                {texts.example} ": " <code class="inline-code">{example}</code>
            </span>
        }
    });
    let rules =
        (!rules.is_empty() || example.is_some()).then(|| view! { <p class="field-list-rules">{rules} {example}</p> });
    view! {
        <li class="field-list-item">
            <p class="field-list-head">
                <code class="field-list-name">{field.name}</code>
                <span class="field-list-kind">{field.kind}</span>
                {required}
            </p>
            <p class="field-list-text">
                {inline_text(&said(&field.description, visit().language))}
            </p>
            {rules}
        </li>
    }
}

fn rule(texts: &'static ReferenceTexts, constraint: &Constraint) -> AnyView {
    let words = |text: String| view! { <span class="field-list-rule">{text}</span> }.into_any();
    let code = |label: &'static str, codes: Vec<String>| {
        let codes = codes.into_iter().map(|code| view! { <code class="inline-code">{code}</code> " " }).collect_view();
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
