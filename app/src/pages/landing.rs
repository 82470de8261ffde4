//! The start page: what this is, what a first payment looks like, and whether it runs.

use crate::{
    components::{Badge, ButtonKind, ButtonLink, CodeTabs, Icon, IconName, Tone},
    i18n::landing::{LandingTexts, Point},
    layout::PublicFrame,
    samples::payment_samples,
    visit::{PlatformStatus, StatusProbe, texts, visit},
};
use leptos::prelude::*;

/// One icon per promise, in the order of the texts.
const PROMISE_ICONS: [IconName; 6] =
    [IconName::Repeat, IconName::Shield, IconName::Key, IconName::Ledger, IconName::Alert, IconName::Globe];

#[component]
pub(crate) fn LandingPage() -> impl IntoView {
    let texts = &texts().landing;
    view! {
        <PublicFrame title=texts.page_title announcing=true>
            {hero(texts)}
            <section class="landing-section">
                <h2>{texts.steps_title}</h2>
                <ol class="step-list">{texts.steps.iter().map(step).collect_view()}</ol>
            </section>
            <section class="landing-section">
                <h2>{texts.promises_title}</h2>
                <ul class="promise-list">
                    {texts.promises.iter().zip(PROMISE_ICONS).map(promise).collect_view()}
                </ul>
            </section>
        </PublicFrame>
    }
    .into_any()
}

fn hero(texts: &'static LandingTexts) -> impl IntoView {
    let docs = crate::visit::texts().docs.title;
    view! {
        <section class="hero">
            <div class="hero-text">
                <h1 class="hero-title">{texts.headline}</h1>
                <p class="lead">{texts.lead}</p>
                <div class="row">
                    <ButtonLink href="/signup" kind=ButtonKind::PrimaryLarge>{texts.start}</ButtonLink>
                    <ButtonLink href="/docs" kind=ButtonKind::PlainLarge>{docs}</ButtonLink>
                </div>
                <StatusLine />
            </div>
            <section class="hero-sample stack-tight" aria-label=texts.sample_title>
                <CodeTabs name="payment" samples=payment_samples(&visit().public_url) />
            </section>
        </section>
    }
    .into_any()
}

/// What the server says about itself at this moment; nothing when it was not asked.
#[component]
fn StatusLine() -> impl IntoView {
    let texts = &texts().landing;
    use_context::<StatusProbe>().map(|probe| {
        Suspend::new(async move {
            let (tone, text) = match probe.ask().await {
                PlatformStatus::Operational => (Tone::Good, texts.operational),
                PlatformStatus::Degraded => (Tone::Bad, texts.degraded),
            };
            view! {
                <p class="hero-status">
                    <Badge tone=tone text=text />
                </p>
            }
        })
    })
}

fn step(point: &'static Point) -> impl IntoView {
    view! {
        <li class="step">
            <h3 class="step-title">{point.title}</h3>
            <p class="step-text">{point.text}</p>
        </li>
    }
    .into_any()
}

fn promise((point, icon): (&'static Point, IconName)) -> impl IntoView {
    view! {
        <li class="promise">
            <span class="promise-icon">
                <Icon name=icon />
            </span>
            <h3 class="promise-title">{point.title}</h3>
            <p class="promise-text">{point.text}</p>
        </li>
    }
    .into_any()
}
