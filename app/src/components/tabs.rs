//! One of several panels, or one of several pages.

use super::code_block::{CodeBlock, CodeSample};
use crate::{islands::RememberChoice, visit::texts};
use leptos::prelude::*;

/// The same sample in several languages. Radio buttons switch without scripts; the island remembers
/// the choice and applies it to every sample. At most six, for which the style sheet has rules.
#[component]
pub(crate) fn CodeTabs(
    /// Unique on the page.
    #[prop(into)]
    name: String,
    samples: Vec<CodeSample>,
) -> impl IntoView {
    let choices = samples
        .iter()
        .enumerate()
        .map(|(index, sample)| {
            let id = format!("{name}-{index}");
            view! {
                <input
                    type="radio"
                    class="tabs-choice"
                    id=id.clone()
                    name=name.clone()
                    value=sample.language.clone()
                    checked=index == 0
                    autocomplete="off"
                    data-remember=""
                />
                <label class="tabs-label" for=id>
                    {sample.language_name().to_owned()}
                </label>
            }
        })
        .collect_view();
    let panels = samples
        .into_iter()
        .map(|sample| {
            view! {
                <div class="tabs-panel">
                    <CodeBlock sample=sample bare=true />
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="group" aria-label=texts().components.code_language>
            {choices}
            {panels}
            <RememberChoice />
        </div>
    }
    .into_any()
}

/// One of the pages about a thing.
#[derive(Clone, Debug)]
pub(crate) struct PageTab {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// Links between the pages about one thing.
#[component]
pub(crate) fn PageTabs(#[prop(into)] label: String, tabs: Vec<PageTab>) -> impl IntoView {
    let items = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a
                        class="page-tabs-link"
                        href=tab.href
                        aria-current=tab.current.then_some("page")
                    >
                        {tab.text}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=label>
            <ul class="page-tabs">{items}</ul>
        </nav>
    }
    .into_any()
}
