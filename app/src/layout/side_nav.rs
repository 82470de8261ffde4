//! The list of pages beside a page; on narrow screens it folds into a `details` above it.

use crate::{
    components::{Icon, IconName},
    visit::texts,
};
use leptos::prelude::*;

/// A link of the list.
#[derive(Clone, Debug)]
pub(crate) struct NavLink {
    text: String,
    href: String,
}

impl NavLink {
    pub(crate) fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }

    /// Whether it leads to the page of a path, whatever it asks of that page.
    fn leads_to(&self, path: &str) -> bool {
        self.href.split('?').next() == Some(path)
    }
}

/// Links under a heading.
#[derive(Clone, Debug)]
pub(crate) struct NavGroup {
    pub(crate) heading: String,
    pub(crate) links: Vec<NavLink>,
}

/// Only one of the two forms is displayed, so only one is in the accessibility tree.
#[component]
pub(crate) fn SideNav(
    #[prop(into)] label: String,
    groups: Vec<NavGroup>,
    /// The path of the page it stands beside.
    #[prop(into)]
    current: String,
) -> impl IntoView {
    view! {
        <details class="side-fold">
            <summary class="side-fold-summary">
                <Icon name=IconName::Menu />
                {texts().chrome.menu}
            </summary>
            <nav class="side-fold-body" aria-label=label.clone()>
                {list(&groups, &current)}
            </nav>
        </details>
        <nav class="side-nav" aria-label=label>
            {list(&groups, &current)}
        </nav>
    }
    .into_any()
}

fn list(groups: &[NavGroup], current: &str) -> impl IntoView + use<> {
    groups
        .iter()
        .map(|group| {
            let links = group
                .links
                .iter()
                .map(|link| {
                    let here = link.leads_to(current).then_some("page");
                    view! {
                        <li>
                            <a class="side-nav-link" href=link.href.clone() aria-current=here>
                                {link.text.clone()}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <p class="side-nav-heading">{group.heading.clone()}</p>
                <ul class="side-nav-list">{links}</ul>
            }
        })
        .collect_view()
}
