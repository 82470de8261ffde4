//! One application of any team, and the people behind it.

use super::{
    audit_table::AuditTable,
    door::admin_page,
    fees::{Fees, SET_FEE_FORM},
    frame::AdminFrame,
    paths,
};
use crate::{
    components::{Breadcrumbs, Button, Card, Column, CopyableId, Crumb, KeyValue, KeyValues, Moment, Table},
    forms::{Form, FormFlash, Select},
    islands::LocalTimes,
    pages::{
        approval::badges::ApprovalBadge,
        console::{id_in_path, notice},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    approval::ApprovalStatus,
    ids::{AppId, PlanId},
};
use tallyport_service::{
    admin::{ApplicationAsSeen, TeamOfPersonRecord},
    audit::{AuditEntry, AuditSearch},
    plans::PlanInUse,
};

/// Entries of the audit log shown on this page.
const HISTORY_ROWS: u32 = 20;

#[component]
pub(crate) fn AdminApplicationPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    admin_page(move |services, administrator| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(seen) = services.find_any_application(&administrator, id).await? else { return Ok(None) };
        let search = AuditSearch { object: id.to_string(), ..AuditSearch::default() };
        let history = services.search_audit_log(&administrator, &search, None, HISTORY_ROWS).await?;
        let plan = services.plan_of_application(&administrator, id).await?;
        let plan = plan_card(id, plan, services.list_plans(&administrator).await?);
        let (fees, flash) = (services.list_fees(&administrator, id).await?, FormFlash::take(SET_FEE_FORM).await);
        let fees = view! { <Fees application=id fees=fees flash=flash /> }.into_any();
        Ok(Some(page(seen, vec![plan, fees], notice::take().await, history)))
    })
}

fn page(seen: ApplicationAsSeen, cards: Vec<AnyView>, notice: Option<AnyView>, history: Vec<AuditEntry>) -> AnyView {
    let all = texts();
    let name = seen.application.name.clone();
    let way = vec![Crumb::link(all.admin.applications, paths::APPLICATIONS), Crumb::here(name.clone())];
    let members = members(seen.members.clone());
    view! {
        <AdminFrame title=name.clone() current=paths::APPLICATIONS>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
            </div>
            <div class="console-sections">
                {notice} <Card title=all.console.details>
                    <KeyValues facts=facts(seen) />
                </Card>
                {cards}
                {members}
                <AuditTable caption=all.admin.audit_log entries=history />
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

/// How often it may call.
fn plan_card(id: AppId, plan: Option<PlanId>, plans: Vec<PlanInUse>) -> AnyView {
    let own = &texts().admin_plans;
    let none = (String::new(), own.by_settings.to_owned());
    let options = std::iter::once(none).chain(plans.into_iter().map(|used| (used.plan.id.to_string(), used.plan.name)));
    let chosen = plan.map(|plan| plan.to_string()).unwrap_or_default();
    view! {
        <Card title=own.plan>
            <div class="console-form">
                <p class="soft">{own.plan_text}</p>
                <Form name="give_plan" action="/ui/give_plan">
                    <input type="hidden" name="application" value=id.to_string() />
                    <Select name="plan" label=own.plan options=options.collect() value=chosen />
                    <div class="form-actions">
                        <Button>{own.give}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}

fn facts(seen: ApplicationAsSeen) -> Vec<KeyValue> {
    let all = texts();
    let (lists, texts) = (&all.admin_lists, &all.admin_person);
    let at_ms = seen.application.created_at_ms;
    let mut facts = vec![
        KeyValue::new(lists.id, view! { <CopyableId id=seen.application.id.to_string() /> }),
        KeyValue::new(lists.team, seen.application.team_name),
        KeyValue::new(lists.created, view! { <Moment at_ms=at_ms /> }),
        KeyValue::new(all.approval.state, standing(seen.application.id, seen.status)),
    ];
    if let Some(maker) = seen.maker {
        let href = paths::developer(maker.id);
        facts.push(KeyValue::new(texts.made_by, view! { <a href=href>{maker.name}</a> }));
    }
    if !seen.application.description.is_empty() {
        facts.push(KeyValue::new(texts.description, seen.application.description));
    }
    facts
}

/// Where it stands, with the way to what decides that.
fn standing(id: AppId, status: ApprovalStatus) -> impl IntoView {
    view! {
        <div class="row">
            <ApprovalBadge status=status />
            <a href=paths::approval(id)>{texts().admin_person.to_approval}</a>
        </div>
    }
}

fn members(members: Vec<TeamOfPersonRecord>) -> AnyView {
    let all = texts();
    let columns = [all.admin_lists.name, all.admin_person.role_in_team, all.admin_lists.id].map(Column::text).to_vec();
    let rows = members.into_iter().map(|member| {
        let href = paths::developer(member.developer_id);
        vec![
            view! { <a class="table-link" href=href>{member.developer_name}</a> }.into_any(),
            all.admin_lists.team_role_name(member.role).into_any(),
            view! { <CopyableId id=member.developer_id.to_string() /> }.into_any(),
        ]
    });
    let rows = rows.collect();
    view! { <Table caption=all.admin_person.members columns=columns rows=rows /> }.into_any()
}
