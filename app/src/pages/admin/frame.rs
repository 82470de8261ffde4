//! The frame of the administration: its links and its top bar, without the environment band, for what
//! is decided here concerns both worlds.

use super::paths;
use crate::{
    announcements::Announcements,
    layout::{
        side_nav::{NavGroup, NavLink, SideNav},
        top_bar::{Place, TopBar},
    },
    shell::{PageTitle, SkipLink},
    visit::texts,
};
use leptos::prelude::*;

/// A page of the administration.
#[component]
pub(in crate::pages) fn AdminFrame(
    #[prop(into)] title: String,
    /// The path of the link that leads here; a page below a list names its list.
    #[prop(into)]
    current: String,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <SkipLink />
        <TopBar place=Place::Administration />
        <Announcements />
        <div class="with-side">
            <SideNav label=texts().admin.administration groups=groups() current=current />
            <main class="with-side-main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
    .into_any()
}

fn groups() -> Vec<NavGroup> {
    let all = texts();
    let texts = &all.admin;
    vec![
        NavGroup {
            heading: texts.administration.to_owned(),
            links: vec![
                NavLink::new(texts.overview, paths::OVERVIEW),
                NavLink::new(texts.approvals, paths::APPROVALS),
                NavLink::new(texts.developers, paths::DEVELOPERS),
                NavLink::new(texts.applications, paths::APPLICATIONS),
                NavLink::new(crate::visit::texts().admin_money.title, paths::MONEY),
            ],
        },
        NavGroup {
            heading: texts.platform.to_owned(),
            links: vec![
                NavLink::new(texts.settings, paths::SETTINGS),
                NavLink::new(all.admin_channels.title, paths::CHANNELS),
                NavLink::new(all.admin_operations.title, paths::OPERATIONS),
                NavLink::new(all.admin_plans.title, paths::PLANS),
                NavLink::new(texts.announcements, paths::ANNOUNCEMENTS),
                NavLink::new(texts.audit_log, paths::AUDIT),
            ],
        },
    ]
}
