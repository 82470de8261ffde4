//! In which world a page looks: the sandbox, unless its address says otherwise.

use crate::{
    components::{PageTab, PageTabs},
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_domain::Environment;

/// The parameter of the address.
pub(in crate::pages::console) const WORLD: &str = "environment";

/// The world of the current page.
pub(in crate::pages::console) fn world_in_address() -> Environment {
    let named = use_query_map().get_untracked().get(WORLD);
    named.and_then(|name| name.parse().ok()).unwrap_or(Environment::Sandbox)
}

/// A page's address in a world.
pub(in crate::pages::console) fn in_world(path: &str, environment: Environment) -> String {
    match environment {
        Environment::Sandbox => path.to_owned(),
        Environment::Live => format!("{path}?{WORLD}={environment}"),
    }
}

/// The same page in both worlds, each at its address.
pub(in crate::pages::console) fn world_tabs(current: Environment, address: impl Fn(Environment) -> String) -> AnyView {
    let names = &texts().keys;
    let tab = |of: Environment, text: &'static str| PageTab {
        text: text.to_owned(),
        href: address(of),
        current: of == current,
    };
    let tabs = vec![tab(Environment::Sandbox, names.sandbox), tab(Environment::Live, names.live)];
    view! { <PageTabs label=texts().money.worlds tabs=tabs /> }.into_any()
}
