//! The language and theme switches: forms in menus, so that they work without scripts.

use crate::{
    components::{Icon, IconName, Menu},
    functions::PREFERENCES_PATH,
    language::native_name,
    theme::Theme,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_contract::language::Language;

/// Chooses a language and stays on the page.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let current = visit().language;
    let options = Language::ALL
        .map(|language| switch_option("lang", language.tag(), native_name(language), language == current))
        .collect_view();
    view! {
        <Menu icon=IconName::Globe label=texts().chrome.language word=native_name(current)>
            <SwitchForm>{options}</SwitchForm>
        </Menu>
    }
    .into_any()
}

/// Chooses light, dark or the system's colours and stays on the page.
#[component]
pub(crate) fn ThemeSwitch() -> impl IntoView {
    let current = visit().theme;
    let texts = &texts().chrome;
    let options = Theme::ALL
        .map(|theme| switch_option("theme", theme.code(), texts.theme_name(theme), theme == current))
        .collect_view();
    view! {
        <Menu icon=IconName::Sun label=texts.theme>
            <SwitchForm>{options}</SwitchForm>
        </Menu>
    }
    .into_any()
}

#[component]
fn SwitchForm(children: Children) -> impl IntoView {
    let back = visit().path.without_lang();
    view! {
        <form method="post" action=PREFERENCES_PATH>
            <input type="hidden" name="back" value=back.as_str().to_owned() />
            {children()}
        </form>
    }
    .into_any()
}

fn switch_option(name: &'static str, value: &'static str, text: &'static str, chosen: bool) -> impl IntoView {
    let lang = (name == "lang").then_some(value);
    let mark = chosen.then(|| {
        view! {
            <span class="menu-item-mark">
                <Icon name=IconName::Check />
            </span>
        }
    });
    view! {
        <button
            type="submit"
            class="menu-item"
            name=name
            value=value
            lang=lang
            aria-current=chosen.then_some("true")
        >
            {text}
            {mark}
        </button>
    }
    .into_any()
}
