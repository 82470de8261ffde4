//! The frame of an account holder's pages: no developer's navigation, one column, who is signed in.

use super::guest_bar::GuestBar;
use crate::{
    components::{IconName, Menu},
    holder_visit::holder_visit,
    pages::holder::HOLDER_PATH,
    shell::{PageTitle, SkipLink},
    visit::texts,
};
use leptos::prelude::*;

/// A page for an account holder.
#[component]
pub(crate) fn HolderFrame(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let account = holder_visit().signed_in.map(|holder| {
        view! {
            <Menu icon=IconName::User label=texts().chrome.account word=holder.name class="top-bar-entry">
                <a class="menu-item" href=HOLDER_PATH>
                    {texts().holder.grants_title}
                </a>
                <form method="post" action="/ui/holder_sign_out">
                    <button type="submit" class="menu-item">
                        {texts().chrome.sign_out}
                    </button>
                </form>
            </Menu>
        }
        .into_any()
    });
    view! {
        <PageTitle text=title />
        <SkipLink />
        <GuestBar entry=account />
        <main class="page page-narrow" id="main" tabindex="-1">
            <div class="account">{children()}</div>
        </main>
    }
    .into_any()
}
