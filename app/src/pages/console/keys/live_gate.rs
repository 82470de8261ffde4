//! What stands where live keys will be, with the way to them.

use crate::{
    components::{ButtonKind, ButtonLink, EmptyState, IconName},
    pages::console::permissions::permissions_path,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;

#[component]
pub(super) fn LiveGate(id: AppId) -> impl IntoView {
    let own = &texts().keys;
    view! {
        <EmptyState icon=IconName::Shield title=own.live_closed_title text=own.live_closed_text>
            <ButtonLink href=permissions_path(id) kind=ButtonKind::Primary>
                {texts().approval.permissions}
            </ButtonLink>
        </EmptyState>
    }
}
