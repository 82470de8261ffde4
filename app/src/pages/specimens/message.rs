//! Badges, banners, toasts and empty pages.

use super::Specimen;
use crate::{
    components::{Badge, Banner, ButtonKind, ButtonLink, EmptyState, IconName, Secret, Toast, Tone},
    layout::environment_band::EnvironmentBand,
};
use leptos::prelude::*;
use tallyport_domain::environment::Environment;

pub(super) fn specimens() -> Vec<Specimen> {
    let badges = Tone::ALL.map(|tone| view! { <Badge tone=tone text=format!("{tone:?}") /> }).collect_view();
    let banners = Tone::ALL
        .map(|tone| {
            view! {
                <Banner tone=tone title=format!("{tone:?}")>
                    <p>"What happened, and what to do about it."</p>
                </Banner>
            }
        })
        .collect_view();
    let toasts = [Tone::Plain, Tone::Good, Tone::Bad]
        .map(|tone| view! { <Toast tone=tone text="The application was created." still=true /> })
        .collect_view();
    vec![
        ("badge", view! { <div class="row">{badges}</div> }.into_any()),
        ("banner", view! { <div class="stack-tight">{banners}</div> }.into_any()),
        ("toast", view! { <div class="stack-tight">{toasts}</div> }.into_any()),
        (
            "environment_band",
            view! {
                <div class="stack-tight">
                    <EnvironmentBand environment=Environment::Sandbox />
                    <EnvironmentBand environment=Environment::Live />
                </div>
            }
            .into_any(),
        ),
        (
            "empty_state",
            view! {
                <EmptyState
                    icon=IconName::Payment
                    title="No payments yet"
                    text="Payments appear here as soon as your application makes the first call."
                >
                    <ButtonLink href="/docs/quick-start" kind=ButtonKind::Primary>
                        "Read the quick start"
                    </ButtonLink>
                </EmptyState>
            }
            .into_any(),
        ),
        (
            "secret",
            view! {
                <Secret
                    name="api_secret"
                    value="sk_sandbox_not_a_real_secret_0000000000000000"
                    file_name="bookshop-sandbox.txt"
                />
            }
            .into_any(),
        ),
    ]
}
