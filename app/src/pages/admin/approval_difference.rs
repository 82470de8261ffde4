//! What a submission says, and what has changed since the one before.

use crate::{
    components::{Badge, Card, Tone},
    pages::approval::{fields::readable, papers::papers},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{Field, Piece, words};
use tallyport_service::approval::{DocumentRecord, ReviewView};

/// All answers of the newest submission, for those who do not decide about it.
pub(super) fn answers(review: &ReviewView) -> AnyView {
    let texts = texts();
    if review.last.is_none() {
        return view! { <p class="soft">{texts.review.nothing_submitted}</p> }.into_any();
    }
    let compared = compared(review);
    let rows = Field::ALL.iter().map(|field| {
        let remark = review.last.as_ref().and_then(|last| last.remarks.get(field).cloned());
        let remark = remark.map(|remark| {
            view! {
                <div class="remark">
                    <span class="remark-mark">{texts.approval.remark}</span>
                    <p class="remark-text">{remark}</p>
                </div>
            }
        });
        view! { <div class="review-field">{answer(review, *field)} {remark}</div> }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=texts.permissions_page.answers>
            {compared}
            <div class="review-fields">{rows}</div>
        </Card>
    }
    .into_any()
}

/// With which submission this one is compared.
pub(super) fn compared(review: &ReviewView) -> AnyView {
    let texts = &texts().review;
    match &review.previous {
        Some(previous) => view! { <p class="soft small">{texts.compared} {previous.version}</p> }.into_any(),
        None => view! { <p class="soft small">{texts.first}</p> }.into_any(),
    }
}

/// One answer with its name and what changed about it.
pub(super) fn answer(review: &ReviewView, field: Field) -> AnyView {
    let texts = texts();
    let name = texts.approval.question(field).0;
    let Some(last) = &review.last else { return ().into_any() };
    let content = if field == Field::Documents {
        documents(review)
    } else {
        let after = readable(&last.answers, field);
        match &review.previous {
            Some(previous) => difference(&readable(&previous.answers, field), &after),
            None => plain(&after),
        }
    };
    view! {
        <div class="review-answer">
            <h3 class="review-name">{name}</h3>
            {content}
        </div>
    }
    .into_any()
}

fn plain(text: &str) -> AnyView {
    if text.is_empty() {
        return view! { <p class="soft">{texts().approval.not_answered}</p> }.into_any();
    }
    view! { <p class="answer">{text.to_owned()}</p> }.into_any()
}

fn difference(before: &str, after: &str) -> AnyView {
    if before == after {
        let unchanged = texts().review.unchanged;
        return view! {
            {plain(after)}
            <p class="soft small">{unchanged}</p>
        }
        .into_any();
    }
    let texts = &texts().review;
    let pieces = words(before, after)
        .into_iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.into_any(),
            // The words are for those who do not see the colours.
            Piece::Removed(text) => view! {
                <del class="removed">
                    <span class="visually-hidden">"[" {texts.removed} " "</span>
                    {text}
                    <span class="visually-hidden">"]"</span>
                </del>
            }
            .into_any(),
            Piece::Added(text) => view! {
                <ins class="added">
                    <span class="visually-hidden">"[" {texts.added} " "</span>
                    {text}
                    <span class="visually-hidden">"]"</span>
                </ins>
            }
            .into_any(),
        })
        .collect_view();
    view! { <p class="answer">{pieces}</p> }.into_any()
}

fn documents(review: &ReviewView) -> AnyView {
    let texts = &texts().review;
    let had = |document: &DocumentRecord| review.previous_documents.iter().any(|one| one.sha256 == document.sha256);
    let has = |document: &DocumentRecord| review.documents.iter().any(|one| one.sha256 == document.sha256);
    let is_first = review.previous.is_none();
    let beside = |document: &DocumentRecord| {
        let is_new = !is_first && !had(document);
        is_new.then(|| view! { <Badge tone=Tone::Good text=texts.added_document /> }).into_any()
    };
    let gone: Vec<DocumentRecord> =
        review.previous_documents.iter().filter(|document| !has(document)).cloned().collect();
    let gone_badge = |_: &DocumentRecord| view! { <Badge tone=Tone::Bad text=texts.removed_document /> }.into_any();
    let gone = (!gone.is_empty()).then(|| papers(&gone, gone_badge));
    view! { {papers(&review.documents, beside)} {gone} }.into_any()
}
