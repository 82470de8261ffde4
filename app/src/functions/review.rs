//! What administrators decide about applications. Who may is asked by the service, in the transaction of
//! the change; the door here only spares others the form.

use super::{
    administration::{administrator, status},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::{
        admin::{
            approval::{DECISION_FORM, OUTCOME, REVIEW_NOTICE},
            approval_control::{CLOSE_FORM, REINSTATE_FORM, STOP_FORM},
            paths,
        },
        approval::fields::{box_name, permissions, remark_name},
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use std::collections::BTreeMap;
use tallyport_domain::{
    approval::{Permission, Refusal},
    ids::AppId,
};
use tallyport_service::{
    Services,
    admin::{Administrator, Authority},
    approval::{ApprovalRefusal, Remarks, Verdict},
};

/// Takes a review.
#[server(prefix = "/ui", endpoint = "start_review")]
pub(crate) async fn start_review(#[server(default)] application: String) -> Result<(), ServerFnError> {
    act(&application, Form::plain(), async |services, by, id| services.start_review(by, id).await).await
}

/// Goes on with the review of another administrator.
#[server(prefix = "/ui", endpoint = "take_over_review")]
pub(crate) async fn take_over_review(#[server(default)] application: String) -> Result<(), ServerFnError> {
    act(&application, Form::plain(), async |services, by, id| services.take_over_review(by, id).await).await
}

/// Ends a review: approves, asks for changes or rejects, as the button says.
#[server(prefix = "/ui", endpoint = "decide_approval")]
pub(crate) async fn decide_approval(
    #[server(default)] application: String,
    #[server(default)] verdict: String,
    #[server(default)] wanted: BTreeMap<String, String>,
    #[server(default)] remarks: BTreeMap<String, String>,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let approved = permissions(&wanted);
    let remarks: Remarks = remarks.into_iter().filter_map(|(name, text)| Some((name.parse().ok()?, text))).collect();
    let has_remarks = remarks.values().any(|remark| !remark.trim().is_empty());
    let mut kept = FormFlash::new().keep("reason", &reason);
    for (field, remark) in &remarks {
        kept = kept.keep(remark_name(*field), remark);
    }
    for permission in approved.iter() {
        kept = kept.keep(box_name(permission), "on");
    }
    let form = Form { name: DECISION_FORM, field: "verdict", kept };
    let verdict = match verdict.as_str() {
        "approve" if has_remarks => return refuse(&application, form, texts().review.remarks_written).await,
        "approve" => Verdict::Approve(approved),
        "reject" => Verdict::Reject { reason },
        _ => Verdict::AskForChanges(remarks),
    };
    let form = if matches!(verdict, Verdict::Reject { .. }) { Form { field: "reason", ..form } } else { form };
    act(&application, form, async |services, by, id| services.decide(by, id, &verdict).await).await
}

/// Stops an application.
#[server(prefix = "/ui", endpoint = "suspend_application")]
pub(crate) async fn suspend_application(
    #[server(default)] application: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let form = Form::with_reason(STOP_FORM, &reason);
    act(&application, form, async |services, by, id| services.suspend_application(by, id, &reason).await).await
}

/// Lets an application go on.
#[server(prefix = "/ui", endpoint = "reinstate_application")]
pub(crate) async fn reinstate_application(
    #[server(default)] application: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let form = Form::with_reason(REINSTATE_FORM, &reason);
    act(&application, form, async |services, by, id| services.reinstate_application(by, id, &reason).await).await
}

/// Closes an application for good, with its name typed.
#[server(prefix = "/ui", endpoint = "close_as_administrator")]
pub(crate) async fn close_as_administrator(
    #[server(default)] application: String,
    #[server(default)] reason: String,
    #[server(default)] confirm: String,
) -> Result<(), ServerFnError> {
    let form = Form::with_reason(CLOSE_FORM, &reason);
    act(&application, form, async |services, by, id| {
        let review = services.look_at_review(by, id).await?.ok_or(ApprovalRefusal::Unknown)?;
        if review.subject.name != confirm.trim() {
            return Err(ApprovalRefusal::Name);
        }
        services.close_for_team(by, id, &reason).await
    })
    .await
}

/// Takes one permission away for a while.
#[server(prefix = "/ui", endpoint = "suspend_permission")]
pub(crate) async fn suspend_permission(
    #[server(default)] application: String,
    #[server(default)] permission: String,
) -> Result<(), ServerFnError> {
    act(&application, Form::plain(), async |services, by, id| {
        services.suspend_permission(by, id, named(&permission)?).await
    })
    .await
}

/// Gives a permission back.
#[server(prefix = "/ui", endpoint = "reinstate_permission")]
pub(crate) async fn reinstate_permission(
    #[server(default)] application: String,
    #[server(default)] permission: String,
) -> Result<(), ServerFnError> {
    act(&application, Form::plain(), async |services, by, id| {
        services.reinstate_permission(by, id, named(&permission)?).await
    })
    .await
}

fn named(permission: &str) -> Result<Permission, ApprovalRefusal> {
    permission.parse().map_err(|_| ApprovalRefusal::Unknown)
}

/// The form that was posted, with what is kept of it when it is refused.
struct Form {
    name: &'static str,
    /// The field that a refusal stands beside.
    field: &'static str,
    kept: FormFlash,
}

impl Form {
    /// A form of one button.
    fn plain() -> Self {
        Self { name: REVIEW_NOTICE, field: OUTCOME, kept: FormFlash::new() }
    }

    fn with_reason(name: &'static str, reason: &str) -> Self {
        Self { name, field: "reason", kept: FormFlash::new().keep("reason", reason) }
    }
}

/// Carries a step out, and leads back to the page, which says how it went.
async fn act(
    application: &str,
    form: Form,
    step: impl AsyncFnOnce(&Services, &Administrator, AppId) -> Result<(), ApprovalRefusal>,
) -> Result<(), ServerFnError> {
    if let Some((by, id)) = entered(application)
        && let Err(fault) = answer(&by, id, form, step).await
    {
        fault.report();
    }
    Ok(())
}

fn entered(application: &str) -> Option<(Administrator, AppId)> {
    let Some(Authority::Person(by)) = administrator(paths::APPROVALS) else { return None };
    let Ok(id) = application.parse::<AppId>() else {
        status(StatusCode::NOT_FOUND);
        return None;
    };
    Some((by, id))
}

/// Refuses a form before anything is asked of the service.
async fn refuse(application: &str, mut form: Form, why: &str) -> Result<(), ServerFnError> {
    if let Some((_, id)) = entered(application) {
        form.kept.refuse(form.field, why);
        if let Err(fault) = form.kept.send_back(form.name, &here(&paths::approval(id))).await {
            fault.report();
        }
    }
    Ok(())
}

async fn answer(
    by: &Administrator,
    id: AppId,
    mut form: Form,
    step: impl AsyncFnOnce(&Services, &Administrator, AppId) -> Result<(), ApprovalRefusal>,
) -> Result<(), Fault> {
    let texts = &texts().review;
    let page = here(&paths::approval(id));
    let outcome = match step(&services()?, by, id).await {
        Ok(()) => "done",
        Err(ApprovalRefusal::Unknown) => return bare(StatusCode::NOT_FOUND),
        Err(ApprovalRefusal::Role) => return bare(StatusCode::FORBIDDEN),
        Err(ApprovalRefusal::Service(error)) => return Err(error.into()),
        Err(ApprovalRefusal::Refused(Refusal::OwnApplication)) => "own",
        Err(ApprovalRefusal::Refused(Refusal::Taken { .. })) => "taken",
        Err(refusal) => match beside(&refusal) {
            Some((field, why)) => {
                form.kept.refuse(field.unwrap_or(form.field), why(texts));
                return form.kept.send_back(form.name, &page).await;
            }
            None => "not_now",
        },
    };
    FormFlash::new().keep(OUTCOME, outcome).send_back(REVIEW_NOTICE, &page).await
}

type Why = fn(&crate::i18n::review::ReviewTexts) -> &'static str;

/// The refusals that stand beside a field of the form: which, where it is not the form's own, and why.
fn beside(refusal: &ApprovalRefusal) -> Option<(Option<&'static str>, Why)> {
    Some(match refusal {
        ApprovalRefusal::Reason => (None, |texts| texts.reason_fault),
        ApprovalRefusal::Remarks => (None, |texts| texts.remarks_fault),
        ApprovalRefusal::Name => (Some("confirm"), |texts| texts.name_fault),
        ApprovalRefusal::Refused(Refusal::NothingApproved) => (None, |texts| texts.nothing_chosen),
        _ => return None,
    })
}

fn bare(code: StatusCode) -> Result<(), Fault> {
    status(code);
    Ok(())
}
