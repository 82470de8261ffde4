//! What an operation answers: the success in full, refusals by status and code.

use super::{field_list::FieldList, inline_text::inline_text};
use crate::{
    reference::{Answer, Operation, said},
    visit::{texts, visit},
};
use leptos::prelude::*;

/// Every answer with its status.
pub(super) fn answer_list(operation: &Operation) -> impl IntoView + use<> {
    let texts = &texts().reference;
    let answers = operation.answers.iter().map(|answer| entry(operation, answer)).collect_view();
    view! {
        <h2 class="reference-title">{texts.answers}</h2>
        <ul class="answer-list">{answers}</ul>
    }
}

fn entry(operation: &Operation, answer: &Answer) -> impl IntoView + use<> {
    let texts = &texts().reference;
    let class = if answer.is_success() { "answer-status answer-status-good" } else { "answer-status" };
    let codes: Vec<_> = operation
        .codes_of(answer.status)
        .filter(|_| answer.is_problem())
        .map(|code| {
            view! {
                <li>
                    <a class="answer-code" href=format!("/docs/errors/{}", code.as_str())>
                        <code>{code.as_str()}</code>
                    </a>
                </li>
            }
        })
        .collect();
    let codes = (!codes.is_empty()).then(|| view! { <ul class="answer-codes">{codes}</ul> });
    // Problems have the same fields everywhere; the page of each code shows them.
    let fields = (!answer.is_problem()).then(|| {
        view! {
            <FieldList title=texts.answer_headers fields=answer.headers.clone() of_answer=true />
            <FieldList title=texts.answer_fields fields=answer.fields.clone() of_answer=true />
        }
    });
    view! {
        <li class="answer-list-item">
            <p class="answer-head">
                <span class=class>{answer.status}</span>
                <span>
                    {inline_text(&said(&answer.description, visit().language))}
                </span>
            </p>
            {codes}
            {fields}
        </li>
    }
}
