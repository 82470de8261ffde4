//! The review of one application: what it says, how that differs from before, and what is to be decided.

use super::{
    approval_control::{Control, Flashes},
    approval_decision::decision,
    approval_difference::answers,
    door::admin_page,
    frame::AdminFrame,
    paths,
};
use crate::{
    components::{Banner, Breadcrumbs, Button, ButtonKind, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment, Tone},
    forms::FormFlash,
    islands::LocalTimes,
    pages::{
        approval::{
            badges::ApprovalBadge,
            permission_table::permission_table,
            steps::{Reader, timeline},
        },
        console::id_in_path,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    approval::{Decider, Request},
    ids::{AppId, DeveloperId},
};
use tallyport_service::approval::ReviewView;

/// The form of the decision, under which a refused one is kept.
pub(crate) const DECISION_FORM: &str = "decision";
/// What says how the last step ended.
pub(crate) const REVIEW_NOTICE: &str = "review_notice";
/// The notice's field with its outcome.
pub(crate) const OUTCOME: &str = "outcome";

#[component]
pub(crate) fn ApprovalPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    admin_page(move |services, administrator| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(review) = services.look_at_review(&administrator, id).await? else { return Ok(None) };
        let notice = FormFlash::take(REVIEW_NOTICE).await;
        let flash = FormFlash::take(DECISION_FORM).await;
        let flashes = Flashes::load().await;
        Ok(Some(page(&review, administrator.member().developer_id, &notice, flash, flashes)))
    })
}

fn page(review: &ReviewView, reader: DeveloperId, notice: &FormFlash, flash: FormFlash, flashes: Flashes) -> AnyView {
    let texts = texts();
    let subject = &review.subject;
    let way = vec![Crumb::link(texts.admin.approvals, paths::APPROVALS), Crumb::here(subject.name.clone())];
    let control = Control { review, flashes };
    let beside = |permission| control.permission(permission);
    let table = permission_table(&review.record.approval, Some(&beside));
    // Who decides writes remarks beside the answers; others read them.
    let said = if decides(review, reader) { decision(review, flash) } else { answers(review) };
    let status = review.record.approval.queue_status();
    let above = (self::notice(notice), own(review), taking(review, reader));
    let (name, facts) = (subject.name.clone(), facts(review));
    let (steps, forms) = (timeline(&review.steps, Reader::Administrator), control.forms());
    view! {
        <AdminFrame title=name.clone() current=paths::APPROVALS>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
                <ApprovalBadge status=status />
            </div>
            <div class="console-sections">
                {above}
                <Card title=texts.console.details>
                    <KeyValues facts=facts />
                </Card>
                {said}
                {table}
                <Card title=texts.approval.timeline>
                    {steps}
                </Card>
                {forms}
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

/// Whether the reader has taken the review that is under way.
fn decides(review: &ReviewView, reader: DeveloperId) -> bool {
    let taken = match review.record.approval.request() {
        Some(Request::InReview(_, taken)) => taken.by == Decider::Person(reader),
        _ => false,
    };
    taken && !review.is_own && review.record.approval.is_open_to_review()
}

fn notice(flash: &FormFlash) -> Option<AnyView> {
    let texts = &texts().review;
    let (tone, title) = match flash.value(OUTCOME)? {
        "done" => (Tone::Good, texts.done),
        "taken" => (Tone::Caution, texts.taken),
        "own" => (Tone::Bad, texts.refused_own),
        _ => (Tone::Caution, texts.not_now),
    };
    Some(view! { <Banner tone=tone title=title>""</Banner> }.into_any())
}

fn own(review: &ReviewView) -> Option<AnyView> {
    let texts = &texts().review;
    let banner = || {
        view! {
            <Banner tone=Tone::Caution title=texts.own_title>
                <p>{texts.own_text}</p>
            </Banner>
        }
        .into_any()
    };
    review.is_own.then(banner)
}

/// Taking a review, or taking it over from somebody else.
fn taking(review: &ReviewView, reader: DeveloperId) -> Option<AnyView> {
    if review.is_own || !review.record.approval.is_open_to_review() {
        return None;
    }
    let texts = &texts().review;
    let (action, button, kind) = match review.record.approval.request()? {
        Request::Submitted(submission) if submission.by != reader => {
            ("/ui/start_review", texts.start, ButtonKind::Primary)
        }
        Request::InReview(submission, taken) if taken.by != Decider::Person(reader) && submission.by != reader => {
            ("/ui/take_over_review", texts.take_over, ButtonKind::Plain)
        }
        _ => return None,
    };
    let taken = (action == "/ui/take_over_review").then(|| {
        let name = review.reviewer.clone().unwrap_or_default();
        view! { <p>{texts.taken_by} <strong>{name}</strong></p> }
    });
    let id = review.subject.id.to_string();
    let form = view! {
        <form class="form card card-body" method="post" action=action>
            <input type="hidden" name="application" value=id />
            {taken}
            <p class="soft">{texts.start_text}</p>
            <div class="form-actions">
                <Button kind=kind>{button}</Button>
            </div>
        </form>
    };
    Some(form.into_any())
}

fn facts(review: &ReviewView) -> Vec<KeyValue> {
    let texts = texts();
    let subject = &review.subject;
    let (made_at_ms, href) = (subject.created_at_ms, paths::application(subject.id));
    let submitted = review.last.as_ref().and_then(|last| last.submitted_at_ms.map(|at_ms| (last.version, at_ms)));
    let mut facts = vec![
        KeyValue::new(
            texts.console.application,
            view! { <a href=href>{subject.name.clone()}</a> " " <CopyableId id=subject.id.to_string() /> },
        ),
        KeyValue::new(texts.review.team, subject.team.clone()),
        KeyValue::new(texts.console.created, view! { <Moment at_ms=made_at_ms /> }),
    ];
    if let Some((version, at_ms)) = submitted {
        let name = format!("{} {version}", texts.approval.submission);
        facts.push(KeyValue::new(name, view! { <Moment at_ms=at_ms /> }));
    }
    facts
}
