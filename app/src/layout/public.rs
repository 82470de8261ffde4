//! The frame of public pages: top bar, one column, footer.

use super::{
    footer::Footer,
    top_bar::{Place, TopBar},
};
use crate::announcements::Announcements;
use crate::shell::{PageTitle, SkipLink};
use leptos::prelude::*;

/// A page of one column; a narrow one holds a single form.
#[component]
pub(crate) fn PublicFrame(
    #[prop(into)] title: String,
    #[prop(optional)] place: Place,
    #[prop(optional)] narrow: bool,
    /// Whether announcements for everybody stand above it.
    #[prop(optional)]
    announcing: bool,
    children: Children,
) -> impl IntoView {
    let class = if narrow { "page page-narrow" } else { "page" };
    view! {
        <PageTitle text=title />
        <SkipLink />
        <TopBar place=place />
        {announcing.then(|| view! { <Announcements on_landing=true /> })}
        <main class=class id="main" tabindex="-1">
            {children()}
        </main>
        <Footer />
    }
    .into_any()
}
