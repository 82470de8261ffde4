//! The frame of the console: the environment band, the console's pages, the page itself.

use super::{
    environment_band::EnvironmentBand,
    side_nav::{NavGroup, SideNav},
    top_bar::{Place, TopBar},
};
use crate::{
    announcements::Announcements,
    shell::{PageTitle, SkipLink},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::environment::Environment;

/// A page of the console; the caller says which links the reader's role has.
#[component]
pub(crate) fn ConsoleFrame(
    #[prop(into)] title: String,
    #[prop(into)] current: String,
    environment: Environment,
    groups: Vec<NavGroup>,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <SkipLink />
        <EnvironmentBand environment=environment />
        <TopBar place=Place::Console />
        <Announcements />
        <div class="with-side">
            <SideNav label=texts().chrome.console groups=groups current=current />
            <main class="with-side-main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
    .into_any()
}
