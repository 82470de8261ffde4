//! The head of a page: what it is called, what it is about, and what can be done from here.

use leptos::prelude::*;

/// The page's title and lead, with its buttons or its state at the end of the line.
#[component]
pub(crate) fn PageHead(
    title: &'static str,
    lead: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div class="stack-tight">
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
