//! A list that unfolds from the top bar, without scripts.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// A menu; menus of one group close each other.
#[component]
pub(crate) fn Menu(
    icon: IconName,
    #[prop(into)] label: String,
    /// The word beside the icon; the label names the menu for those who do not see it.
    #[prop(optional, into)]
    word: Option<String>,
    #[prop(optional)] class: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let class = class.map_or_else(|| "menu".to_owned(), |class| format!("menu {class}"));
    let word = word.map(|word| view! { <span class="top-bar-word" aria-hidden="true">{word}</span> });
    view! {
        <details class=class name="top-bar-menu">
            <summary class="menu-summary">
                <Icon name=icon />
                <span class="visually-hidden">{label}</span>
                {word}
                <Icon name=IconName::ChevronDown />
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}
