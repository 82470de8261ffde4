//! The member's applications: searched, filtered and sorted, all of it in the address.

use super::{
    application::{ApplicationIcon, application_path},
    application_filter::{ApplicationFilter, FilterForm},
    frame::MemberFrame,
    list_place::{PAGE_ROWS, neighbours, page_of},
    member_page::member_page,
    new_application::NEW_APPLICATION_PATH,
};
use crate::{
    components::{Badge, ButtonKind, ButtonLink, Column, CopyableId, EmptyState, IconName, Moment, Table, Tone},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::{FoundApplication, MembershipRecord};

/// The page's address.
pub(crate) const APPLICATIONS_PATH: &str = "/console/applications";

#[component]
pub(crate) fn ApplicationsPage() -> impl IntoView {
    let filter = ApplicationFilter::current();
    member_page(|services, member| async move {
        let found = services.search_applications(&member, &filter.search(PAGE_ROWS)).await?;
        let teams = services.list_teams(&member).await?;
        Ok(Some(page(&filter, found, &teams)))
    })
}

fn page(filter: &ApplicationFilter, found: Vec<FoundApplication>, teams: &[MembershipRecord]) -> AnyView {
    let texts = &texts().console;
    let (applications, more) = page_of(found);
    let is_empty = applications.is_empty() && filter.is_plain();
    // The empty page offers the same step by itself.
    let action = (!is_empty).then(|| {
        view! {
            <ButtonLink href=NEW_APPLICATION_PATH kind=ButtonKind::Primary>
                {texts.new_application}
            </ButtonLink>
        }
    });
    let content = if is_empty { empty() } else { list(filter, applications, more, teams) };
    view! {
        <MemberFrame title=texts.applications current=APPLICATIONS_PATH>
            <div class="page-head">
                <h1>{texts.applications}</h1>
                {action}
            </div>
            {content}
        </MemberFrame>
    }
    .into_any()
}

fn empty() -> AnyView {
    let texts = &texts().console;
    view! {
        <EmptyState
            icon=IconName::Application
            title=texts.no_applications_title
            text=texts.no_applications_text
        >
            <ButtonLink href=NEW_APPLICATION_PATH kind=ButtonKind::Primary>
                {texts.new_application}
            </ButtonLink>
        </EmptyState>
    }
    .into_any()
}

fn list(
    filter: &ApplicationFilter,
    applications: Vec<FoundApplication>,
    more: bool,
    teams: &[MembershipRecord],
) -> AnyView {
    let own = &texts().applications;
    let console = &texts().console;
    let content = if applications.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Application
                title=own.nothing_found_title
                text=own.nothing_found_text
            >
                <ButtonLink href=APPLICATIONS_PATH>{own.show_all}</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = [console.name, own.team, console.state, console.id, console.created].map(Column::text).to_vec();
        let rows = applications.into_iter().map(row).collect();
        view! { <Table caption=console.applications columns=columns rows=rows /> }.into_any()
    };
    let older = more.then(|| filter.address(filter.page() + 1));
    let newer = (filter.page() > 1).then(|| filter.address(filter.page() - 1));
    view! {
        <div class="stack">
            <FilterForm filter=filter.clone() teams=teams.to_vec() />
            {content}
            {neighbours(newer, older)}
            <LocalTimes />
        </div>
    }
    .into_any()
}

fn row(found: FoundApplication) -> Vec<AnyView> {
    let own = &texts().applications;
    let application = found.found.application;
    let (id, name, at_ms) = (application.id, application.name, application.created_at_ms);
    let (state, tone) =
        if application.closed_at_ms.is_some() { (own.closed, Tone::Plain) } else { (own.open, Tone::Good) };
    vec![
        view! {
            <span class="row row-fixed">
                <ApplicationIcon id=id revision=found.icon_revision />
                <a class="table-link" href=application_path(id)>
                    {name}
                </a>
            </span>
        }
        .into_any(),
        found.team_name.into_any(),
        view! { <Badge text=state tone=tone /> }.into_any(),
        view! { <CopyableId id=id.to_string() /> }.into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}
