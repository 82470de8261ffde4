//! One application of any team, and the people behind it.

use super::{audit_table::AuditTable, door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Breadcrumbs, Card, Column, CopyableId, Crumb, KeyValue, KeyValues, Moment, Table},
    islands::LocalTimes,
    pages::{approval::badges::ApprovalBadge, console::id_in_path},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{approval::ApprovalStatus, ids::AppId};
use tallyport_service::{
    admin::{ApplicationAsSeen, TeamOfPersonRecord},
    audit::{AuditEntry, AuditSearch},
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
        Ok(Some(page(seen, history)))
    })
}

fn page(seen: ApplicationAsSeen, history: Vec<AuditEntry>) -> AnyView {
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
                <Card title=all.console.details>
                    <KeyValues facts=facts(seen) />
                </Card>
                {members}
                <AuditTable caption=all.admin.audit_log entries=history />
            </div>
            <LocalTimes />
        </AdminFrame>
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
