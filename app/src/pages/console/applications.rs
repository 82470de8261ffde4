//! The member's applications.

use super::{
    application::application_path,
    frame::MemberFrame,
    list_place::{ListPlace, PAGE_ROWS, neighbours, page_of},
    member_page::member_page,
    new_application::NEW_APPLICATION_PATH,
};
use crate::{
    components::{ButtonKind, ButtonLink, Column, CopyableId, EmptyState, IconName, Moment, Table},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;
use tallyport_service::ApplicationRecord;

/// The page's address.
pub(crate) const APPLICATIONS_PATH: &str = "/console/applications";

#[component]
pub(crate) fn ApplicationsPage() -> impl IntoView {
    let place = ListPlace::current::<AppId>();
    member_page(|services, member| async move {
        let found = services.list_applications(&member, place.before(), PAGE_ROWS + 1).await?;
        Ok(Some(page(&place, found)))
    })
}

fn page(place: &ListPlace, found: Vec<ApplicationRecord>) -> AnyView {
    let texts = &texts().console;
    let (applications, more) = page_of(found);
    let is_empty = applications.is_empty() && place.is_first();
    // The empty page offers the same step by itself.
    let action = (!is_empty).then(|| {
        view! {
            <ButtonLink href=NEW_APPLICATION_PATH kind=ButtonKind::Primary>
                {texts.new_application}
            </ButtonLink>
        }
    });
    let content = if is_empty { empty().into_any() } else { list(place, &applications, more).into_any() };
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

fn empty() -> impl IntoView {
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
}

fn list(place: &ListPlace, applications: &[ApplicationRecord], more: bool) -> impl IntoView + use<> {
    let texts = &texts().console;
    let columns = vec![Column::text(texts.name), Column::text(texts.id), Column::text(texts.created)];
    let rows = applications.iter().map(row).collect();
    let last = applications.last().filter(|_| more);
    let older = last.map(|last| place.older(APPLICATIONS_PATH, &last.id.to_string()));
    view! {
        <div class="stack-tight">
            <Table caption=texts.applications columns=columns rows=rows />
            {neighbours(place.newer(APPLICATIONS_PATH), older)}
            <LocalTimes />
        </div>
    }
}

fn row(application: &ApplicationRecord) -> Vec<AnyView> {
    let (id, name, at_ms) = (application.id, application.name.clone(), application.created_at_ms);
    vec![
        view! { <a class="table-link" href=application_path(id)>{name}</a> }.into_any(),
        view! { <CopyableId id=id.to_string() /> }.into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}
