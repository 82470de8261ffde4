//! What stands where live keys will be.

use crate::{
    components::{EmptyState, IconName},
    visit::texts,
};
use leptos::prelude::*;

#[component]
pub(super) fn LiveGate() -> impl IntoView {
    let own = &texts().keys;
    view! {
        <EmptyState icon=IconName::Shield title=own.live_closed_title text=own.live_closed_text>
            {()}
        </EmptyState>
    }
}
