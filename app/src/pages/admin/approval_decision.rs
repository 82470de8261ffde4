//! The decision about a submission: remarks beside its answers, and the three ways in which it ends.

use super::{
    approval::DECISION_FORM,
    approval_difference::{answer, compared},
};
use crate::{
    components::{Button, ButtonKind, Card},
    forms::{Choice, Form, FormFlash, TextArea},
    pages::approval::fields::{box_name, remark_name},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::Field;
use tallyport_service::approval::ReviewView;

/// One form, so that what was written beside an answer is there whichever button is used.
pub(super) fn decision(review: &ReviewView, flash: FormFlash) -> AnyView {
    let texts = texts();
    let id = review.subject.id.to_string();
    let error = flash.errors().find(|(field, _)| *field == "verdict").map(|(_, message)| message.to_owned());
    let error = error.map(|message| view! { <p class="field-error">{message}</p> });
    let wanted = review.record.approval.request().and_then(|request| request.submission());
    let boxes: Vec<_> = wanted.into_iter().flat_map(|submission| submission.permissions.iter()).collect();
    let ticked: Vec<bool> = boxes.iter().map(|permission| flash.value(box_name(*permission)).is_some()).collect();
    let compared = compared(review);
    let open: Vec<bool> = Field::ALL
        .iter()
        .map(|field| flash.value(remark_name(*field)).is_some_and(|remark| !remark.is_empty()))
        .collect();
    // Fields have to be made inside of the form, which tells them what was typed.
    let review = StoredValue::new(review.clone());
    let fields = move || {
        review.with_value(|review| {
            Field::ALL.iter().zip(&open).map(|(field, open)| remarkable(review, *field, *open)).collect_view()
        })
    };
    view! {
        <Form name=DECISION_FORM action="/ui/decide_approval" flash=flash>
            <input type="hidden" name="application" value=id />
            <Card title=texts.permissions_page.answers>
                {compared}
                <div class="review-fields">{fields()}</div>
            </Card>
            <Card title=texts.review.decision>
                <div class="decisions">
                    <div class="stack-tight">
                        <p class="soft">{texts.review.ask_text}</p>
                        <div class="form-actions">
                            <Button name="verdict" value="changes">{texts.review.ask}</Button>
                        </div>
                    </div>
                    <div class="stack-tight">
                        <fieldset class="field" id=format!("{DECISION_FORM}-verdict")>
                            <legend class="field-label">{texts.review.approve_which}</legend>
                            <span class="field-hint">{texts.review.approve_hint}</span>
                            {boxes
                                .iter()
                                .zip(&ticked)
                                .map(|(permission, ticked)| {
                                    let (name, allows) = texts.approval.permission(*permission);
                                    view! {
                                        <Choice
                                            name=box_name(*permission)
                                            value="on"
                                            label=name
                                            hint=allows
                                            checked=*ticked
                                        />
                                    }
                                })
                                .collect_view()}
                        </fieldset>
                        {error}
                        <div class="form-actions">
                            <Button kind=ButtonKind::Primary name="verdict" value="approve">
                                {texts.review.approve}
                            </Button>
                        </div>
                    </div>
                    <div class="stack-tight">
                        <p class="soft">{texts.review.reject_text}</p>
                        <TextArea
                            name="reason"
                            label=texts.review.reason
                            hint=texts.review.reason_hint
                            optional=true
                        />
                        <div class="form-actions">
                            <Button kind=ButtonKind::Danger name="verdict" value="reject">
                                {texts.review.reject}
                            </Button>
                        </div>
                    </div>
                </div>
            </Card>
        </Form>
    }
    .into_any()
}

/// One answer, with a place for a remark that is folded until somebody wants it.
fn remarkable(review: &ReviewView, field: Field, is_open: bool) -> AnyView {
    let texts = texts();
    let name = texts.approval.question(field).0;
    let label = format!("{}{}{name}", texts.review.remark_on, texts.approval.colon);
    view! {
        <div class="review-field review-field-open">
            {answer(review, field)}
            <details class="review-remark" open=is_open>
                <summary class="review-remark-summary">
                    {texts.review.add_remark} <span class="visually-hidden">" " {name}</span>
                </summary>
                <TextArea name=remark_name(field) label=label optional=true />
            </details>
        </div>
    }
    .into_any()
}
