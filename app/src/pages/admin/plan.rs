//! One plan: what it allows, and taking it away.

use super::{audit_table::AuditTable, door::admin_page, frame::AdminFrame, paths, plans::PlanFields};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, Card, Crumb},
    forms::{Field, Form, FormFlash},
    islands::LocalTimes,
    pages::console::{id_in_path, notice},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{ids::PlanId, plan::Plan};
use tallyport_service::audit::{AuditEntry, AuditSearch};

/// Names of forms, under which refused ones are kept.
pub(crate) const CHANGE_PLAN_FORM: &str = "change_plan";
pub(crate) const DELETE_PLAN_FORM: &str = "delete_plan";
/// Entries of the audit log shown on this page.
const HISTORY_ROWS: u32 = 20;

#[component]
pub(crate) fn AdminPlanPage() -> impl IntoView {
    let id = id_in_path::<PlanId>("plan");
    admin_page(move |services, administrator| async move {
        let Some(id) = id else { return Ok(None) };
        let found = services.list_plans(&administrator).await?.into_iter().find(|found| found.plan.id == id);
        let Some(found) = found else { return Ok(None) };
        let search = AuditSearch { object: id.to_string(), ..AuditSearch::default() };
        let history = services.search_audit_log(&administrator, &search, None, HISTORY_ROWS).await?;
        let change = FormFlash::take(CHANGE_PLAN_FORM).await;
        let deletion = (found.applications == 0).then_some(FormFlash::take(DELETE_PLAN_FORM).await);
        Ok(Some(page(found.plan, change, deletion, notice::take().await, history)))
    })
}

/// A plan that applications have offers no deletion.
fn page(
    plan: Plan,
    change: FormFlash,
    deletion: Option<FormFlash>,
    notice: Option<AnyView>,
    history: Vec<AuditEntry>,
) -> AnyView {
    let all = texts();
    let own = &all.admin_plans;
    let name = plan.name.clone();
    let way = vec![Crumb::link(own.title, paths::PLANS), Crumb::here(name.clone())];
    let id = plan.id.to_string();
    let deleting = deleting(plan.id, deletion);
    view! {
        <AdminFrame title=name.clone() current=paths::PLANS>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
            </div>
            <div class="console-sections">
                {notice} <Card title=own.details>
                    <div class="console-form">
                        <p class="soft">{own.change_text}</p>
                        <Form name=CHANGE_PLAN_FORM action="/ui/change_plan" flash=change>
                            <input type="hidden" name="plan" value=id />
                            <PlanFields plan=Some(plan) />
                            <div class="form-actions">
                                <Button kind=ButtonKind::Primary>{own.save}</Button>
                            </div>
                        </Form>
                    </div>
                </Card> {deleting} <AuditTable caption=all.admin.audit_log entries=history />
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn deleting(id: PlanId, flash: Option<FormFlash>) -> impl IntoView {
    let own = &texts().admin_plans;
    let form = flash.map(|flash| {
        view! {
            <Form name=DELETE_PLAN_FORM action="/ui/delete_plan" flash=flash>
                <input type="hidden" name="plan" value=id.to_string() />
                <Field name="name" label=own.delete_name autocomplete="off" />
                <div class="form-actions">
                    <Button kind=ButtonKind::Danger>{own.delete_submit}</Button>
                </div>
            </Form>
        }
    });
    view! {
        <div id="delete">
            <Card title=own.delete>
                <div class="console-form">
                    <p>{own.delete_text}</p>
                    {form}
                </div>
            </Card>
        </div>
    }
}
