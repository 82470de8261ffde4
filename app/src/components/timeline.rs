//! What happened to a thing, step by step.

use super::{moment::Moment, tone::Tone};
use leptos::prelude::*;

/// One step: what, when, and how it is to be taken.
#[derive(Clone, Debug)]
pub(crate) struct TimelineStep {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) at_ms: i64,
    pub(crate) tone: Tone,
}

/// The steps in the order given.
#[component]
pub(crate) fn Timeline(steps: Vec<TimelineStep>) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|step| {
            view! {
                <li class="timeline-step">
                    <span class=step.tone.class("timeline-mark") aria-hidden="true"></span>
                    <p class="timeline-title">{step.title}</p>
                    <p class="timeline-note">
                        <Moment at_ms=step.at_ms /> " " {step.note}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}
