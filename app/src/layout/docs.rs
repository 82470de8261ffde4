//! The frame of the documentation: the list of guides beside the text.

use super::{
    footer::Footer,
    side_nav::{NavGroup, NavLink, SideNav},
    top_bar::{Place, TopBar},
};
use crate::{
    guides::GUIDES,
    pages::reference::nav_groups,
    shell::{PageTitle, SkipLink},
    visit::{texts, visit},
};
use leptos::prelude::*;

/// A page of the documentation; `current` is its path.
#[component]
pub(crate) fn DocsFrame(
    #[prop(into)] title: String,
    #[prop(into)] current: String,
    children: Children,
) -> impl IntoView {
    let texts = &texts().docs;
    view! {
        <PageTitle text=title />
        <SkipLink />
        <TopBar place=Place::Docs />
        <div class="with-side">
            <SideNav label=texts.navigation groups=groups() current=current />
            <main class="with-side-main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
        <Footer />
    }
    .into_any()
}

fn groups() -> Vec<NavGroup> {
    let language = visit().language;
    let texts = &texts().docs;
    let mut links = vec![NavLink::new(texts.overview, "/docs")];
    links.extend(GUIDES.iter().map(|guide| NavLink::new(guide.title.in_language(language), guide.href())));
    let mut groups = vec![NavGroup { heading: texts.guides.to_owned(), links }];
    groups.extend(nav_groups());
    groups
}
