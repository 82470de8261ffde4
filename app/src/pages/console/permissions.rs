//! What an application may do in live, and where its team asks for that.

use super::{
    application::application_path,
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
    submission_form::SubmissionForm,
};
use crate::{
    components::{
        Banner, Breadcrumbs, Button, ButtonKind, Card, Crumb, Dialog, DialogButton, KeyValue, KeyValues, PageHead, Tone,
    },
    forms::FormFlash,
    islands::LocalTimes,
    pages::approval::{
        badges::{ApprovalBadge, tone},
        fields::readable,
        papers::papers,
        permission_table::permission_table,
        steps::{Reader, timeline},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    approval::{ApprovalStatus, Field, Request},
    ids::AppId,
    team::Power,
};
use tallyport_service::approval::TeamView;

/// The form's name, under which a refused one is kept.
pub(crate) const SUBMISSION_FORM: &str = "submission";
/// The flash's field that says how the last step ended.
pub(crate) const NOTICE: &str = "notice";

/// The page's address.
pub(crate) fn permissions_path(id: AppId) -> String {
    format!("{APPLICATIONS_PATH}/{id}/permissions")
}

#[component]
pub(crate) fn PermissionsPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(view) = services.look_at_approval(&member, id).await? else { return Ok(None) };
        Ok(Some(page(view, FormFlash::take(SUBMISSION_FORM).await)))
    })
}

fn page(team: TeamView, flash: FormFlash) -> AnyView {
    let texts = texts();
    let application = team.application.clone();
    let status = team.record.approval.queue_status();
    let way = vec![
        Crumb::link(texts.console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(application.id)),
        Crumb::here(texts.approval.permissions),
    ];
    let path = permissions_path(application.id);
    let (notice, state) = (notice(&flash), state(&team));
    let table = permission_table(&team.record.approval, None);
    let steps = timeline(&team.steps, Reader::Team);
    let (withdrawal, submitted) = (withdrawal(&team), submitted(&team));
    let form = may_edit(&team).then(|| view! { <SubmissionForm team=team flash=flash /> });
    view! {
        <MemberFrame title=texts.approval.permissions current=path application=Some(application)>
            <Breadcrumbs way=way />
            <PageHead title=texts.approval.permissions lead=texts.permissions_page.lead>
                <ApprovalBadge status=status />
            </PageHead>
            <div class="console-sections">
                {notice} {state} {withdrawal} {table} {form} {submitted}
                <Card title=texts.approval.timeline>{steps}</Card>
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn may_edit(team: &TeamView) -> bool {
    team.record.approval.is_editable() && team.role.may(Power::Develop)
}

fn notice(flash: &FormFlash) -> Option<AnyView> {
    let texts = &texts().permissions_page;
    let (tone, title) = match flash.value(NOTICE)? {
        "saved" => (Tone::Good, texts.saved),
        "sent" => (Tone::Good, texts.sent),
        "withdrawn" => (Tone::Good, texts.withdrawn),
        _ => (Tone::Caution, texts.not_now),
    };
    Some(view! { <Banner tone=tone title=title>""</Banner> }.into_any())
}

/// What the state means and what to do next.
fn state(team: &TeamView) -> AnyView {
    let status = team.record.approval.queue_status();
    // The banner above every page of the application has said it.
    if status == ApprovalStatus::Suspended {
        return ().into_any();
    }
    let texts = texts();
    let viewer = (!team.role.may(Power::Develop)).then(|| view! { <p>{texts.permissions_page.viewer}</p> });
    view! {
        <Banner tone=tone(status) title=texts.approval.status(status)>
            <p>{texts.permissions_page.explained(status)}</p>
            {viewer}
        </Banner>
    }
    .into_any()
}

fn withdrawal(team: &TeamView) -> Option<AnyView> {
    let waits = matches!(team.record.approval.request(), Some(Request::Submitted(_) | Request::InReview(..)));
    let stopped = team.record.approval.status() == ApprovalStatus::Suspended;
    if !waits || stopped || !team.role.may(Power::Develop) {
        return None;
    }
    let texts = &texts().permissions_page;
    let id = team.application.id.to_string();
    let confirm = move || {
        let id = id.clone();
        view! {
            <form method="post" action="/ui/withdraw_submission">
                <input type="hidden" name="application" value=id />
                <Button kind=ButtonKind::Danger>{texts.withdraw}</Button>
            </form>
        }
        .into_any()
    };
    let withdrawal = view! {
        <div class="row">
            <DialogButton target="withdraw">{texts.withdraw}</DialogButton>
        </div>
        <Dialog id="withdraw" title=texts.withdraw_title actions=confirm>
            <p>{texts.withdraw_text}</p>
        </Dialog>
    };
    Some(withdrawal.into_any())
}

/// What was submitted, while it cannot be changed.
fn submitted(team: &TeamView) -> Option<AnyView> {
    if may_edit(team) || team.answers.iter().next().is_none() {
        return None;
    }
    let texts = texts();
    let facts = Field::ALL.iter().filter(|field| **field != Field::Documents).map(|field| {
        let answer = readable(&team.answers, *field);
        let answer = if answer.is_empty() { texts.approval.not_answered.to_owned() } else { answer };
        KeyValue::new(texts.approval.question(*field).0, view! { <span class="answer">{answer}</span> })
    });
    let mut facts: Vec<KeyValue> = facts.collect();
    facts.push(KeyValue::new(texts.approval.documents, papers(&team.documents, |_| ().into_any())));
    Some(
        view! {
            <Card title=texts.permissions_page.answers>
                <KeyValues facts=facts />
            </Card>
        }
        .into_any(),
    )
}
