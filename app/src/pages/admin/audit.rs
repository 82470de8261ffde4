//! The audit log: looking through it, checking it, taking it along.

use super::{audit_table::AuditTable, door::admin_page, frame::AdminFrame, list_query::searched, paths};
use crate::{
    components::{Banner, Button, ButtonKind, ButtonLink, EmptyState, IconName, PageHead, Tone},
    islands::LocalTimes,
    pages::console::neighbours,
    percent_encoding::percent_encoded,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_contract::time::{of_utc_minute, utc_minute};
use tallyport_service::audit::{AuditEntry, AuditSearch, ChainState};

/// Rows per page.
const PAGE_ROWS: u32 = 50;
/// The route that answers with the same entries as a file.
const CSV: &str = "/admin/audit.csv";

/// What the address asks for.
struct Query {
    search: AuditSearch,
    before: Option<i64>,
    verify: bool,
    has_wrong_time: bool,
}

impl Query {
    fn current() -> Self {
        let query = use_query_map().get_untracked();
        let text = |name: &str| searched(&query.get(name).unwrap_or_default());
        let moment = |name: &str| Some(text(name)).filter(|text| !text.is_empty()).map(|text| of_utc_minute(&text));
        let (from, until) = (moment("from"), moment("until"));
        Self {
            search: AuditSearch {
                actor: text("actor"),
                action: text("action"),
                object: text("object"),
                from_ms: from.flatten(),
                until_ms: until.flatten(),
            },
            before: text("before").parse().ok(),
            verify: text("check") == "whole",
            has_wrong_time: from == Some(None) || until == Some(None),
        }
    }

    /// The address of the same search on another path, or on another page of it.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let moment = |at_ms: Option<i64>| at_ms.map(utc_minute).unwrap_or_default();
        let search = &self.search;
        let pairs = [
            ("actor", search.actor.clone()),
            ("action", search.action.clone()),
            ("object", search.object.clone()),
            ("from", moment(search.from_ms)),
            ("until", moment(search.until_ms)),
            ("before", before.map(|before| before.to_string()).unwrap_or_default()),
        ];
        let said: Vec<String> = pairs
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("{name}={}", percent_encoded(text)))
            .collect();
        if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
    }
}

#[component]
pub(crate) fn AdminAuditPage() -> impl IntoView {
    let query = Query::current();
    admin_page(|services, administrator| async move {
        let checked = if query.verify { Some(services.verify_audit_log().await?) } else { None };
        let found = services.search_audit_log(&administrator, &query.search, query.before, PAGE_ROWS + 1).await?;
        Ok(Some(page(&query, found, checked)))
    })
}

fn page(query: &Query, found: Vec<AuditEntry>, checked: Option<ChainState>) -> AnyView {
    let all = texts();
    let texts = &all.admin_audit;
    let (csv, checked, filter) = (query.address(CSV, None), checked.map(checked_banner), filter(query));
    let content = if found.is_empty() { empty() } else { list(query, found) };
    view! {
        <AdminFrame title=all.admin.audit_log current=paths::AUDIT>
            <PageHead title=all.admin.audit_log lead=texts.lead>
                <div class="row">
                    <ButtonLink href=format!("{}?check=whole", paths::AUDIT)>{texts.verify}</ButtonLink>
                    <a class="button" href=csv download="audit.csv">{texts.download}</a>
                </div>
            </PageHead>
            <div class="console-sections">{checked} {filter} {content}</div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn checked_banner(state: ChainState) -> AnyView {
    let all = texts();
    match state {
        ChainState::Whole { entries, end } => {
            let hash: String = end.iter().map(|byte| format!("{byte:02x}")).collect();
            view! {
                <Banner tone=Tone::Good title=all.admin_audit.whole_title>
                    <p class="audit-hash">{all.admin_audit.whole(entries, &hash)}</p>
                </Banner>
            }
            .into_any()
        }
        ChainState::Broken { sequence } => view! {
            <Banner tone=Tone::Bad title=all.admin.audit_broken>
                <p>{all.admin.audit_broken_text} <strong>{sequence}</strong></p>
            </Banner>
        }
        .into_any(),
    }
}

fn filter(query: &Query) -> AnyView {
    let texts = &texts().admin_audit;
    let search = query.search.clone();
    let is_narrowed = search != AuditSearch::default();
    let moment = |at_ms: Option<i64>| at_ms.map(utc_minute).unwrap_or_default();
    let clear =
        is_narrowed.then(|| view! { <ButtonLink href=paths::AUDIT kind=ButtonKind::Quiet>{texts.clear}</ButtonLink> });
    let fault = query.has_wrong_time.then(|| view! { <p class="field-error" role="alert">{texts.time_fault}</p> });
    view! {
        <form class="filter" method="get" action=paths::AUDIT role="search">
            {line("actor", texts.actor, texts.actor_hint, "search", search.actor)}
            {line("action", texts.action, texts.action_hint, "search", search.action)}
            {line("object", texts.object, "", "search", search.object)}
            {line("from", texts.from, texts.utc_hint, "datetime-local", moment(search.from_ms))}
            {line("until", texts.until, texts.utc_hint, "datetime-local", moment(search.until_ms))}
            <div class="filter-actions">
                <Button>{texts.search}</Button>
                {clear}
                {fault}
            </div>
        </form>
    }
    .into_any()
}

fn line(name: &'static str, label: &'static str, hint: &'static str, kind: &'static str, value: String) -> AnyView {
    let id = format!("filter-{name}");
    let hint_id = format!("{id}-hint");
    let described_by = (!hint.is_empty()).then(|| hint_id.clone());
    let hint = (!hint.is_empty()).then(|| view! { <span class="field-hint" id=hint_id>{hint}</span> });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input class="field-input" id=id name=name type=kind value=value autocomplete="off" aria-describedby=described_by />
            {hint}
        </div>
    }
    .into_any()
}

fn empty() -> AnyView {
    let texts = &texts().admin_audit;
    view! {
        <EmptyState icon=IconName::Book title=texts.nothing_title text=texts.nothing_text>
            ""
        </EmptyState>
    }
    .into_any()
}

fn list(query: &Query, mut found: Vec<AuditEntry>) -> AnyView {
    let fit = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let more = found.len() > fit;
    found.truncate(fit);
    let older = found.last().filter(|_| more).map(|last| query.address(paths::AUDIT, Some(last.sequence)));
    // The log only grows at its beginning, so the way back is the browser's; this one leads to the newest.
    let newest = query.before.map(|_| query.address(paths::AUDIT, None));
    view! {
        <div class="stack-tight">
            <AuditTable caption=texts().admin.audit_log entries=found />
            {neighbours(newest, older)}
        </div>
    }
    .into_any()
}
