//! Where a page stands among the others.

use crate::visit::texts;
use leptos::prelude::*;

/// One step of the way; the last one, the page itself, has no link.
#[derive(Clone, Debug)]
pub(crate) struct Crumb {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

impl Crumb {
    pub(crate) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }

    pub(crate) fn here(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }
}

/// The way from the start page to this one.
#[component]
pub(crate) fn Breadcrumbs(way: Vec<Crumb>) -> impl IntoView {
    let steps = way
        .into_iter()
        .map(|crumb| {
            let step = match crumb.href {
                Some(href) => view! { <a class="breadcrumbs-link" href=href>{crumb.text}</a> }.into_any(),
                None => view! { <span aria-current="page">{crumb.text}</span> }.into_any(),
            };
            view! { <li class="breadcrumbs-item">{step}</li> }
        })
        .collect_view();
    view! {
        <nav aria-label=texts().components.breadcrumbs>
            <ol class="breadcrumbs">{steps}</ol>
        </nav>
    }
    .into_any()
}
