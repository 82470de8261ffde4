//! The console's frame with its links.

use super::{
    application::{application_path, payments_path},
    keys::keys_path,
    money::{
        paths::{balances_path, clock_path, ledger_path, movements_path},
        world::in_world,
    },
    permissions::permissions_path,
    sandbox_call::try_it_path,
    suspended::suspended_banner,
    teams::TEAMS_PATH,
};
use crate::{
    functions::entry::CONSOLE_PATH,
    layout::{
        ConsoleFrame,
        side_nav::{NavGroup, NavLink},
    },
    pages::console::{account::ACCOUNT_PATH, applications::APPLICATIONS_PATH},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, ids::AppId, movement::MovementName};
use tallyport_service::ApplicationRecord;

/// A page about everything the member has, or about one application.
#[component]
pub(super) fn MemberFrame(
    #[prop(into)] title: String,
    /// The path of the link that leads here.
    #[prop(into)]
    current: String,
    #[prop(optional_no_strip)] application: Option<ApplicationRecord>,
    /// Which world the page is about.
    #[prop(optional)]
    environment: Option<Environment>,
    children: Children,
) -> impl IntoView {
    let environment = environment.unwrap_or(Environment::Sandbox);
    let stopped = application.as_ref().map(|application| suspended_banner(application.id));
    view! {
        <ConsoleFrame
            title=title
            current=current
            environment=environment
            groups=groups(application, environment)
        >
            {stopped}
            {children()}
        </ConsoleFrame>
    }
}

fn groups(application: Option<ApplicationRecord>, environment: Environment) -> Vec<NavGroup> {
    let words = &texts().teams;
    let keys = texts().keys.title;
    let texts = &texts().console;
    let mut groups = vec![NavGroup {
        heading: texts.general.to_owned(),
        links: vec![
            NavLink::new(texts.overview, CONSOLE_PATH),
            NavLink::new(texts.applications, APPLICATIONS_PATH),
            NavLink::new(words.teams, TEAMS_PATH),
            NavLink::new(crate::visit::texts().my_account.title, ACCOUNT_PATH),
        ],
    }];
    let money = application.as_ref().map(|application| money_group(application.id, environment));
    groups.extend(application.map(|application| NavGroup {
        links: vec![
            NavLink::new(texts.overview, application_path(application.id)),
            NavLink::new(keys, keys_path(application.id, Environment::Sandbox)),
            NavLink::new(crate::visit::texts().approval.permissions, permissions_path(application.id)),
            NavLink::new(texts.try_it, try_it_path(application.id)),
        ],
        heading: application.name,
    }));
    groups.extend(money);
    groups
}

/// Its links stay in the world that the page is about.
fn money_group(id: AppId, environment: Environment) -> NavGroup {
    let own = &crate::visit::texts().money;
    let link = |text: &'static str, path: String| NavLink::new(text, in_world(&path, environment));
    let mut links = vec![link(texts().console.payments, payments_path(id))];
    links.extend(MovementName::ALL.iter().map(|kind| link(own.movements(*kind), movements_path(id, *kind))));
    links.push(link(own.balances, balances_path(id)));
    links.push(link(own.ledger, ledger_path(id)));
    // Only the sandbox has a clock of its own.
    links.push(NavLink::new(crate::visit::texts().clock.title, clock_path(id)));
    NavGroup { heading: own.money.to_owned(), links }
}
