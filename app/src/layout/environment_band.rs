//! The band that says whether money moves.

use crate::visit::texts;
use leptos::prelude::*;
use tallyport_domain::environment::Environment;

/// Above everything in the console, in words and colour.
#[component]
pub(crate) fn EnvironmentBand(environment: Environment) -> impl IntoView {
    let texts = &texts().chrome;
    let (class, name, note) = match environment {
        Environment::Sandbox => ("environment-band", texts.sandbox, texts.sandbox_note),
        Environment::Live => ("environment-band environment-band-live", texts.live, texts.live_note),
    };
    view! {
        <section class=class aria-label=format!("{}: {name}", texts.environment)>
            <span class="environment-band-name">{name}</span>
            <span>{note}</span>
        </section>
    }
    .into_any()
}
