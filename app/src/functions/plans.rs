//! Making, changing and deleting plans, and giving them to applications.

use super::{
    about::{done, not_done},
    administration::{administrator, refused, status},
    entry::{here, services},
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::admin::{
        paths,
        plan::{CHANGE_PLAN_FORM, DELETE_PLAN_FORM},
        plans::MAKE_PLAN_FORM,
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_domain::{
    ids::{AppId, PlanId},
    plan::PlanText,
};
use tallyport_service::{
    admin::{AdminRefusal, Authority},
    plans::PlanRefusal,
};

/// Makes a plan.
#[server(prefix = "/ui", endpoint = "make_plan")]
pub(crate) async fn make_plan(
    #[server(default)] name: String,
    #[server(default)] reads_per_second: String,
    #[server(default)] reads_burst: String,
    #[server(default)] writes_per_second: String,
    #[server(default)] writes_burst: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::PLANS) else { return Ok(()) };
    let text = PlanText {
        name: &name,
        reads_per_second: &reads_per_second,
        reads_burst: &reads_burst,
        writes_per_second: &writes_per_second,
        writes_burst: &writes_burst,
    };
    report(make(&by, text).await);
    Ok(())
}

async fn make(by: &Authority, text: PlanText<'_>) -> Result<(), Fault> {
    match services()?.make_plan(by, text).await {
        Ok(id) => done(&paths::plan(id), texts().admin_plans.done).await,
        Err(refusal) => sent_back(refusal, text, MAKE_PLAN_FORM, paths::PLANS).await,
    }
}

/// Gives a plan another name and other limits.
#[server(prefix = "/ui", endpoint = "change_plan")]
pub(crate) async fn change_plan(
    #[server(default)] plan: String,
    #[server(default)] name: String,
    #[server(default)] reads_per_second: String,
    #[server(default)] reads_burst: String,
    #[server(default)] writes_per_second: String,
    #[server(default)] writes_burst: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::PLANS) else { return Ok(()) };
    let text = PlanText {
        name: &name,
        reads_per_second: &reads_per_second,
        reads_burst: &reads_burst,
        writes_per_second: &writes_per_second,
        writes_burst: &writes_burst,
    };
    match plan.parse() {
        Ok(id) => report(change(&by, id, text).await),
        Err(_) => status(StatusCode::NOT_FOUND),
    }
    Ok(())
}

async fn change(by: &Authority, id: PlanId, text: PlanText<'_>) -> Result<(), Fault> {
    match services()?.change_plan(by, id, text).await {
        Ok(()) => done(&paths::plan(id), texts().admin_plans.done).await,
        Err(refusal) => sent_back(refusal, text, CHANGE_PLAN_FORM, &paths::plan(id)).await,
    }
}

/// Deletes a plan that no application has, and whose name was typed.
#[server(prefix = "/ui", endpoint = "delete_plan")]
pub(crate) async fn delete_plan(
    #[server(default)] plan: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::PLANS) else { return Ok(()) };
    match plan.parse() {
        Ok(id) => report(delete(&by, id, &name).await),
        Err(_) => status(StatusCode::NOT_FOUND),
    }
    Ok(())
}

async fn delete(by: &Authority, id: PlanId, typed_name: &str) -> Result<(), Fault> {
    match services()?.delete_plan(by, id, typed_name).await {
        // One that somebody else has deleted is as gone as it was to be.
        Ok(()) | Err(PlanRefusal::Admin(AdminRefusal::Unknown)) => {
            AnswerParts::current().see_other(&here(paths::PLANS));
            Ok(())
        }
        Err(PlanRefusal::OtherName) => {
            let mut kept = FormFlash::new();
            kept.refuse("name", texts().admin_plans.delete_other_name);
            kept.send_back(DELETE_PLAN_FORM, &here(&format!("{}#delete", paths::plan(id)))).await
        }
        Err(PlanRefusal::InUse) => not_done(&paths::plan(id), texts().admin_plans.in_use).await,
        Err(refusal) => refused_plan(refusal),
    }
}

/// Gives an application a plan, or none.
#[server(prefix = "/ui", endpoint = "give_plan")]
pub(crate) async fn give_plan(
    #[server(default)] application: String,
    #[server(default)] plan: String,
) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::APPLICATIONS) else { return Ok(()) };
    let Ok(application) = application.parse::<AppId>() else {
        status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    report(give(&by, application, &plan).await);
    Ok(())
}

async fn give(by: &Authority, application: AppId, plan: &str) -> Result<(), Fault> {
    let page = paths::application(application);
    let own = &texts().admin_plans;
    let chosen = if plan.is_empty() { Ok(None) } else { plan.parse::<PlanId>().map(Some) };
    let Ok(chosen) = chosen else { return not_done(&page, own.gone).await };
    match services()?.give_plan(by, application, chosen).await {
        Ok(()) => done(&page, own.done).await,
        Err(PlanRefusal::Admin(AdminRefusal::Unknown)) => not_done(&page, own.gone).await,
        Err(refusal) => refused_plan(refusal),
    }
}

async fn sent_back(refusal: PlanRefusal, text: PlanText<'_>, form: &str, page: &str) -> Result<(), Fault> {
    let own = &texts().admin_plans;
    let mut kept = FormFlash::new()
        .keep("name", text.name)
        .keep("reads_per_second", text.reads_per_second)
        .keep("reads_burst", text.reads_burst)
        .keep("writes_per_second", text.writes_per_second)
        .keep("writes_burst", text.writes_burst);
    match refusal {
        PlanRefusal::Faults(faults) => {
            for (field, message) in faults.into_iter().map(|fault| own.fault(fault)) {
                kept.refuse(field, message);
            }
        }
        PlanRefusal::NameTaken => kept.refuse("name", own.name_taken),
        PlanRefusal::TooMany => kept.refuse("name", own.too_many),
        refusal => return refused_plan(refusal),
    }
    kept.send_back(form, &here(page)).await
}

/// Where no field is to blame.
fn refused_plan(refusal: PlanRefusal) -> Result<(), Fault> {
    if let PlanRefusal::Admin(refusal) = refusal {
        return refused(refusal);
    }
    status(StatusCode::FORBIDDEN);
    Ok(())
}

fn report(result: Result<(), Fault>) {
    if let Err(fault) = result {
        fault.report();
    }
}
