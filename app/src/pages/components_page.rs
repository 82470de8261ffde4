//! Every component in every state, for pictures and for whoever builds the next page.
//!
//! Development builds only. Its content never changes by itself: no clock, no data, no randomness.

use super::specimens;
use crate::{islands::LocalTimes, layout::PublicFrame};
use leptos::prelude::*;

#[component]
pub(crate) fn ComponentsPage() -> impl IntoView {
    view! {
        <PublicFrame title="Components">
            <h1>"Components"</h1>
            {specimens::all()
                .into_iter()
                .map(|(name, content)| {
                    view! {
                        <section class="specimen" aria-label=name>
                            <h2 class="specimen-name">{name}</h2>
                            {content}
                        </section>
                    }
                })
                .collect_view()}
            <LocalTimes />
        </PublicFrame>
    }
    .into_any()
}
