//! The applications of all teams.

use super::{
    developers::nothing,
    door::admin_page,
    frame::AdminFrame,
    list_query::{FilterForm, ListQuery, PAGE_ROWS, choice_field, pager, search_field},
    paths,
};
use crate::{
    components::{Column, CopyableId, IconName, Moment, Table},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::administration::ListOrder;
use tallyport_service::admin::{ApplicationFilter, ApplicationOverviewRecord, ListPage};

#[component]
pub(crate) fn AdminApplicationsPage() -> impl IntoView {
    let query = ListQuery::current(paths::APPLICATIONS, &["q", "order"]);
    admin_page(|services, administrator| async move {
        let filter = ApplicationFilter { search: query.text("q").to_owned() };
        let order = query.parsed("order").unwrap_or(ListOrder::Newest);
        let found = services.list_all_applications(&administrator, &filter, order, query.offset(), PAGE_ROWS).await?;
        Ok(Some(page(&query, found)))
    })
}

fn page(query: &ListQuery, found: ListPage<ApplicationOverviewRecord>) -> AnyView {
    let title = texts().admin.applications;
    let filter = filter(query);
    let content = if found.rows.is_empty() { nothing(IconName::Application) } else { list(query, found) };
    view! {
        <AdminFrame title=title current=paths::APPLICATIONS>
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            <div class="console-sections">{filter} {content}</div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn filter(query: &ListQuery) -> AnyView {
    let texts = &texts().admin_lists;
    let orders = ListOrder::ALL.iter().map(|order| (order.as_str(), texts.order_name(*order)));
    let fields = vec![
        search_field(query, "q", texts.application_search),
        choice_field(query, "order", texts.order, orders.collect()),
    ];
    view! { <FilterForm query=query.clone()>{fields}</FilterForm> }.into_any()
}

fn list(query: &ListQuery, found: ListPage<ApplicationOverviewRecord>) -> AnyView {
    let texts = texts();
    let lists = &texts.admin_lists;
    let columns = [lists.name, lists.team, lists.created, lists.id].map(Column::text).to_vec();
    let rows = found.rows.into_iter().map(row).collect();
    view! {
        <div class="stack-tight">
            <Table caption=texts.admin.applications columns=columns rows=rows />
            {pager(query, found.total)}
        </div>
    }
    .into_any()
}

fn row(application: ApplicationOverviewRecord) -> Vec<AnyView> {
    let (href, at_ms) = (paths::application(application.id), application.created_at_ms);
    vec![
        view! { <a class="table-link" href=href>{application.name}</a> }.into_any(),
        view! { <span class="table-text">{application.team_name}</span> }.into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
        view! { <CopyableId id=application.id.to_string() /> }.into_any(),
    ]
}
