//! One person: the facts, what hangs on them, and what an administrator may decide.

use super::{
    audit_table::AuditTable, decisions::Decisions, developers::state_badge, door::admin_page, frame::AdminFrame, paths,
};
use crate::{
    components::{Breadcrumbs, Card, Column, CopyableId, Crumb, KeyValue, KeyValues, Moment, Table},
    islands::LocalTimes,
    language::native_name,
    pages::console::id_in_path,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::DeveloperId;
use tallyport_service::{
    admin::{ApplicationOverviewRecord, PersonAsSeen, PersonRecord, SessionOfPersonRecord, TeamOfPersonRecord},
    audit::{AuditEntry, AuditSearch},
};

/// Entries of the audit log shown on this page.
const HISTORY_ROWS: u32 = 10;

#[component]
pub(crate) fn AdminDeveloperPage() -> impl IntoView {
    let id = id_in_path::<DeveloperId>("developer");
    admin_page(move |services, administrator| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(seen) = services.find_person(&administrator, id).await? else { return Ok(None) };
        let search = AuditSearch { object: id.to_string(), ..AuditSearch::default() };
        let history = services.search_audit_log(&administrator, &search, None, HISTORY_ROWS).await?;
        let decisions = Decisions::load(administrator.member().developer_id == id).await;
        Ok(Some(page(seen, history, decisions)))
    })
}

fn page(seen: PersonAsSeen, history: Vec<AuditEntry>, decisions: Decisions) -> AnyView {
    let all = texts();
    let texts = &all.admin_person;
    let name = seen.person.name.clone();
    let way = vec![Crumb::link(all.admin.developers, paths::DEVELOPERS), Crumb::here(name.clone())];
    let (notice, decisions) = (decisions.notice(), decisions.forms(&seen.person));
    view! {
        <AdminFrame title=name.clone() current=paths::DEVELOPERS>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
                {state_badge(seen.person.state())}
            </div>
            <div class="console-sections">
                {notice}
                <Card title=texts.facts>
                    <KeyValues facts=facts(seen.person) />
                </Card>
                {teams(seen.teams)}
                {applications(seen.applications)}
                {sessions(seen.sessions)}
                {decisions}
                <AuditTable caption=texts.history entries=history />
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn facts(person: PersonRecord) -> Vec<KeyValue> {
    let all = texts();
    let (lists, texts) = (&all.admin_lists, &all.admin_person);
    let moment = |at_ms: Option<i64>| match at_ms {
        Some(at_ms) => view! { <Moment at_ms=at_ms /> }.into_any(),
        None => texts.no.into_any(),
    };
    let mut facts = vec![
        KeyValue::new(lists.id, view! { <CopyableId id=person.id.to_string() /> }),
        KeyValue::new(lists.email, person.email),
        KeyValue::new(lists.role, lists.role_name(person.role)),
        KeyValue::new(texts.language, native_name(person.language)),
        KeyValue::new(lists.created, moment(Some(person.created_at_ms))),
        KeyValue::new(texts.verified, moment(person.email_verified_at_ms)),
    ];
    if person.suspended_at_ms.is_some() {
        facts.push(KeyValue::new(texts.suspended_since, moment(person.suspended_at_ms)));
    }
    if person.closed_at_ms.is_some() {
        facts.push(KeyValue::new(texts.closed_since, moment(person.closed_at_ms)));
    }
    facts
}

fn teams(teams: Vec<TeamOfPersonRecord>) -> AnyView {
    let all = texts();
    let texts = &all.admin_person;
    if teams.is_empty() {
        return none(texts.teams, texts.no_teams);
    }
    let columns = [all.admin_lists.team, texts.role_in_team, all.admin_lists.id].map(Column::text).to_vec();
    let rows = teams.into_iter().map(|team| {
        vec![
            view! { <span class="table-text">{team.team_name}</span> }.into_any(),
            all.admin_lists.team_role_name(team.role).into_any(),
            view! { <CopyableId id=team.team_id.to_string() /> }.into_any(),
        ]
    });
    let rows = rows.collect();
    view! { <Table caption=texts.teams columns=columns rows=rows /> }.into_any()
}

fn applications(applications: Vec<ApplicationOverviewRecord>) -> AnyView {
    let all = texts();
    let texts = &all.admin_person;
    if applications.is_empty() {
        return none(texts.applications, texts.no_applications);
    }
    let columns = [all.admin_lists.name, all.admin_lists.team, all.admin_lists.created].map(Column::text).to_vec();
    let rows = applications.into_iter().map(|application| {
        let at_ms = application.created_at_ms;
        let href = paths::application(application.id);
        vec![
            view! { <a class="table-link" href=href>{application.name}</a> }.into_any(),
            view! { <span class="table-text">{application.team_name}</span> }.into_any(),
            view! { <Moment at_ms=at_ms /> }.into_any(),
        ]
    });
    let rows = rows.collect();
    view! { <Table caption=texts.applications columns=columns rows=rows /> }.into_any()
}

fn sessions(sessions: Vec<SessionOfPersonRecord>) -> AnyView {
    let texts = &texts().admin_person;
    if sessions.is_empty() {
        return none(texts.sessions, texts.no_sessions);
    }
    let columns = [texts.device, texts.network, texts.began, texts.seen].map(Column::text).to_vec();
    let rows = sessions.into_iter().map(|session| {
        let device = if session.device.is_empty() { texts.unknown_device.to_owned() } else { session.device };
        let (began_ms, seen_ms) = (session.created_at_ms, session.seen_at_ms);
        vec![
            view! { <span class="table-text">{device}</span> }.into_any(),
            session.network.into_any(),
            view! { <Moment at_ms=began_ms /> }.into_any(),
            view! { <Moment at_ms=seen_ms /> }.into_any(),
        ]
    });
    let rows = rows.collect();
    view! { <Table caption=texts.sessions columns=columns rows=rows /> }.into_any()
}

fn none(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <Card title=title>
            <p class="soft">{text}</p>
        </Card>
    }
    .into_any()
}
