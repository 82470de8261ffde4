//! The queue: what waits for an administrator, how long, and where every other application stands.

use super::{
    door::admin_page,
    frame::AdminFrame,
    list_query::{FilterForm, ListQuery, PAGE_ROWS, choice_field, pager, search_field},
    paths,
};
use crate::{
    components::{Column, EmptyState, IconName, Moment, Table},
    islands::LocalTimes,
    pages::approval::{badges::ApprovalBadge, fields::permission_names},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    administration::ListOrder,
    approval::{ApprovalStatus, PermissionSet},
};
use tallyport_service::{
    admin::ListPage,
    approval::{QueueQuery, QueuedRecord},
};

/// The value of the filter that leaves nothing out.
const ALL: &str = "all";

#[component]
pub(crate) fn ApprovalsPage() -> impl IntoView {
    let query = ListQuery::current(paths::APPROVALS, &["q", "state", "order"]);
    admin_page(|services, administrator| async move {
        let states = match (query.text("state"), query.parsed("state")) {
            (ALL, _) => ApprovalStatus::ALL.to_vec(),
            (_, Some(state)) => vec![state],
            // What waits for administrators, unless they ask for something else.
            (_, None) => ApprovalStatus::WAITING.to_vec(),
        };
        let wanted = QueueQuery { states, search: query.text("q").to_owned() };
        let order = query.parsed("order").unwrap_or(ListOrder::Oldest);
        let found = services.list_approvals(&administrator, &wanted, order, query.offset(), PAGE_ROWS).await?;
        let counts = services.count_approvals(&administrator).await?;
        Ok(Some(page(&query, found, &counts, services.clock().now_ms())))
    })
}

fn page(query: &ListQuery, found: ListPage<QueuedRecord>, counts: &[(ApprovalStatus, u64)], now_ms: i64) -> AnyView {
    let texts = texts();
    let filter = filter(query, counts);
    let content = if found.rows.is_empty() { nothing(query) } else { list(query, found, now_ms) };
    view! {
        <AdminFrame title=texts.admin.approvals current=paths::APPROVALS>
            <div class="page-head">
                <h1>{texts.admin.approvals}</h1>
            </div>
            <div class="console-sections">
                {filter}
                {content}
            </div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn filter(query: &ListQuery, counts: &[(ApprovalStatus, u64)]) -> AnyView {
    let texts = texts();
    let count = |wanted: &[ApprovalStatus]| {
        counts.iter().filter(|(status, _)| wanted.contains(status)).map(|(_, count)| count).sum::<u64>()
    };
    let chosen = query.text("state");
    let counted = |value: &'static str, name: &str, count: u64| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{format!("{name} ({count})")}</option> }
    };
    let states = ApprovalStatus::ALL.iter().filter(|status| **status != ApprovalStatus::Draft);
    let options =
        states.map(|status| counted(status.as_str(), texts.approval.status(*status), count(&[*status]))).collect_view();
    let orders = [ListOrder::Oldest, ListOrder::Newest, ListOrder::Name];
    let orders = orders.map(|order| (order.as_str(), texts.review.order_name(order))).to_vec();
    let waiting = counted("", texts.review.waiting, count(&ApprovalStatus::WAITING));
    let everything = counted(ALL, texts.review.all, count(ApprovalStatus::ALL));
    let search = search_field(query, "q", texts.review.search_hint);
    let order = choice_field(query, "order", texts.review.order, orders);
    view! {
        <FilterForm query=query.clone()>
            {search}
            <div class="field">
                <label class="field-label" for="filter-state">{texts.review.show}</label>
                <select class="field-input" id="filter-state" name="state">
                    {waiting}
                    {options}
                    {everything}
                </select>
            </div>
            {order}
        </FilterForm>
    }
    .into_any()
}

fn nothing(query: &ListQuery) -> AnyView {
    let texts = &texts().review;
    let (title, text) =
        if query.is_narrowed() { (texts.none_title, texts.none_text) } else { (texts.empty_title, texts.empty_text) };
    view! {
        <EmptyState icon=IconName::Shield title=title text=text>
            ""
        </EmptyState>
    }
    .into_any()
}

fn list(query: &ListQuery, found: ListPage<QueuedRecord>, now_ms: i64) -> AnyView {
    let all = texts();
    let texts = &all.review;
    let names = [texts.application, all.approval.state, texts.age, texts.asks_for];
    let columns = names.map(Column::text).to_vec();
    let rows = found.rows.into_iter().map(|queued| row(queued, now_ms)).collect();
    view! {
        <div class="stack-tight">
            <Table caption=all.admin.approvals columns=columns rows=rows />
            {pager(query, found.total)}
        </div>
    }
    .into_any()
}

fn row(queued: QueuedRecord, now_ms: i64) -> Vec<AnyView> {
    let texts = texts();
    let (href, at_ms, status) = (paths::approval(queued.id), queued.since_ms, queued.queue_status);
    // An approved application that asks for more is both.
    let also = (queued.status != status).then(|| view! { <ApprovalBadge status=queued.status /> });
    let asked = queued.permissions.parse::<PermissionSet>().unwrap_or_default();
    let with = queued
        .decided_by
        .filter(|_| status == ApprovalStatus::InReview)
        .map(|name| view! { <p class="soft small">{texts.review.taken_by} {name}</p> });
    let behind = match queued.legal_name {
        Some(company) => format!("{company} · {}", queued.team),
        None => queued.team,
    };
    vec![
        view! {
            <a class="table-link" href=href>{queued.name}</a>
            <p class="soft small queue-team">{behind}</p>
        }
        .into_any(),
        view! { <div class="row"><ApprovalBadge status=status /> {also}</div> {with} }.into_any(),
        view! {
            <span class="age">{texts.review.age_of(now_ms - at_ms)}</span>
            <p class="soft small"><Moment at_ms=at_ms /></p>
        }
        .into_any(),
        view! { <span class="table-text">{permission_names(&asked)}</span> }.into_any(),
    ]
}
