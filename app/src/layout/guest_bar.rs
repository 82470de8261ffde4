//! The bar above the pages of those who are no developers: nothing to navigate, language and theme.

use super::switches::{LanguageSwitch, ThemeSwitch};
use leptos::prelude::*;

/// The bar, with what the page adds at its end.
#[component]
pub(super) fn GuestBar(#[prop(default = None)] entry: Option<AnyView>) -> impl IntoView {
    view! {
        <header class="top-bar">
            <div class="top-bar-inner">
                <span class="top-bar-logo">"Tallyport"</span>
                <div class="top-bar-tools">
                    <LanguageSwitch />
                    <ThemeSwitch />
                    {entry}
                </div>
            </div>
        </header>
    }
}
