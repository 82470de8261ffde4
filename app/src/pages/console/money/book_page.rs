//! What the pages of an application's money have around what they list.

use super::world::{in_world, world_tabs};
use crate::{
    components::{Breadcrumbs, Crumb, PageHead},
    islands::LocalTimes,
    pages::console::{application::application_path, applications::APPLICATIONS_PATH, frame::MemberFrame},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::Environment;
use tallyport_service::ApplicationRecord;

/// A page about one application's money in one world.
#[component]
pub(super) fn BookPage(
    title: &'static str,
    lead: &'static str,
    /// Where the page is, without the world.
    path: String,
    application: ApplicationRecord,
    environment: Environment,
    children: Children,
) -> impl IntoView {
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(application.id)),
        Crumb::here(title),
    ];
    let tabs = world_tabs(environment, |of| in_world(&path, of));
    view! {
        <MemberFrame title=title current=path application=Some(application) environment=environment>
            <Breadcrumbs way=way />
            <PageHead title=title lead=lead />
            {tabs}
            <div class="console-sections">{children()}</div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}
