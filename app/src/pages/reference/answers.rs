//! What an operation answers: the success in full, refusals by status and code.

use super::{field_list::FieldList, inline_text::InlineText};
use crate::{
    reference::{Answer, Operation, said},
    visit::{texts, visit},
};
use leptos::prelude::*;

#[component]
pub(super) fn AnswerList(operation: Operation) -> impl IntoView {
    let texts = &texts().reference;
    let answers = operation.answers.iter().map(|answer| entry(&operation, answer)).collect_view();
    view! {
        <h2 class="reference-title">{texts.answers}</h2>
        <ul class="answer-list">{answers}</ul>
    }
}

fn entry(operation: &Operation, answer: &Answer) -> impl IntoView + use<> {
    let texts = &texts().reference;
    let class = if answer.is_success() { "answer-status answer-status-good" } else { "answer-status" };
    let codes = operation
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
        .collect_view();
    // Problems have the same fields everywhere; the page of each code shows them.
    let fields = (!answer.is_problem()).then(|| {
        view! {
            <FieldList title=texts.answer_headers fields=answer.headers.clone() />
            <FieldList title=texts.answer_fields fields=answer.fields.clone() />
        }
    });
    view! {
        <li class="answer-list-item">
            <p class="answer-head">
                <span class=class>{answer.status}</span>
                <span>
                    <InlineText text=said(&answer.description, visit().language) />
                </span>
            </p>
            <ul class="answer-codes">{codes}</ul>
            {fields}
        </li>
    }
}
