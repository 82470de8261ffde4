//! The bar at the top of every page.

use super::switches::{LanguageSwitch, ThemeSwitch};
use crate::{
    components::{ButtonKind, ButtonLink, IconName, Menu},
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::Role;
use tallyport_service::Member;

/// Which part of the portal a page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    #[default]
    Elsewhere,
    Docs,
    Console,
    Administration,
}

/// Logo, the parts of the portal, the switches, and the way in or out.
#[component]
pub(crate) fn TopBar(#[prop(optional)] place: Place) -> impl IntoView {
    let texts = &texts().chrome;
    view! {
        <header class="top-bar">
            <div class="top-bar-inner">
                <a class="top-bar-logo" href="/">
                    <Mark />
                    "Tallyport"
                </a>
                <nav aria-label=texts.main_navigation>
                    <ul class="top-bar-links">
                        <li>{place_link(texts.docs, "/docs", place == Place::Docs)}</li>
                        <li>{place_link(texts.console, "/console", place == Place::Console)}</li>
                        {administers().then(|| view! { <li>{place_link(texts.admin, "/admin", place == Place::Administration)}</li> })}
                    </ul>
                </nav>
                <div class="top-bar-tools">
                    <LanguageSwitch />
                    <ThemeSwitch />
                    {account(visit().signed_in)}
                    <NarrowMenu />
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// The mark: two strokes of a tally, crossed by a gangway.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg
            class="top-bar-mark icon"
            viewBox="0 0 16 16"
            aria-hidden="true"
            inner_html=r#"<path d="M4 2.5v11M8 2.5v11M12 2.5v11M1.5 11.5l13-7"/>"#
        ></svg>
    }
    .into_any()
}

fn place_link(text: &'static str, href: &'static str, here: bool) -> impl IntoView {
    view! {
        <a class="top-bar-link" href=href aria-current=here.then_some("true")>
            {text}
        </a>
    }
    .into_any()
}

/// Whether the reader has something to do under `/admin`.
fn administers() -> bool {
    visit().signed_in.is_some_and(|person| person.role == Role::Administrator)
}

fn account(signed_in: Option<Member>) -> AnyView {
    let texts = &texts().chrome;
    match signed_in {
        Some(person) => view! {
            <Menu icon=IconName::User label=texts.account word=person.name class="top-bar-entry">
                <a class="menu-item" href="/console/account">{texts.account}</a>
                <form method="post" action="/ui/sign_out">
                    <button type="submit" class="menu-item">{texts.sign_out}</button>
                </form>
            </Menu>
        }
        .into_any(),
        None => view! {
            <span class="top-bar-entry row">
                <ButtonLink href="/signin" kind=ButtonKind::Quiet>{texts.sign_in}</ButtonLink>
                <ButtonLink href="/signup" kind=ButtonKind::Primary>{texts.sign_up}</ButtonLink>
            </span>
        }
        .into_any(),
    }
}

/// What the bar has no room for on a narrow screen.
#[component]
fn NarrowMenu() -> impl IntoView {
    let texts = &texts().chrome;
    let entry = match visit().signed_in {
        Some(_) => view! {
            <a class="menu-item" href="/console/account">{texts.account}</a>
            <form method="post" action="/ui/sign_out">
                <button type="submit" class="menu-item">{texts.sign_out}</button>
            </form>
        }
        .into_any(),
        None => view! {
            <a class="menu-item" href="/signin">{texts.sign_in}</a>
            <a class="menu-item" href="/signup">{texts.sign_up}</a>
        }
        .into_any(),
    };
    view! {
        <Menu icon=IconName::Menu label=texts.menu class="top-bar-fold">
            <nav aria-label=texts.menu>
                <a class="menu-item" href="/docs">{texts.docs}</a>
                <a class="menu-item" href="/console">{texts.console}</a>
                {administers().then(|| view! { <a class="menu-item" href="/admin">{texts.admin}</a> })}
            </nav>
            {entry}
        </Menu>
    }
    .into_any()
}
