//! The facts about one thing, each with its name.

use leptos::prelude::*;

/// One fact.
pub(crate) struct KeyValue {
    name: String,
    value: AnyView,
}

impl KeyValue {
    pub(crate) fn new(name: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { name: name.into(), value: value.into_any() }
    }
}

/// A list of facts.
#[component]
pub(crate) fn KeyValues(facts: Vec<KeyValue>) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|fact| {
            view! {
                <dt class="key-values-key">{fact.name}</dt>
                <dd class="key-values-value">{fact.value}</dd>
            }
        })
        .collect_view();
    view! { <dl class="key-values">{rows}</dl> }.into_any()
}
