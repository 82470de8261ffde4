//! The frame of a payer's pages: no developer's navigation, one narrow column.

use super::{environment_band::EnvironmentBand, guest_bar::GuestBar};
use crate::shell::{PageTitle, SkipLink};
use leptos::prelude::*;
use tallyport_domain::Environment;

/// A page for somebody who pays.
#[component]
pub(crate) fn PayerFrame(#[prop(into)] title: String, environment: Environment, children: Children) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <SkipLink />
        <EnvironmentBand environment=environment />
        <GuestBar />
        <main class="page page-narrow" id="main" tabindex="-1">
            {children()}
        </main>
    }
    .into_any()
}
