//! What somebody sees who is signed in and no administrator.

use crate::{
    components::{ButtonKind, ButtonLink},
    functions::entry::CONSOLE_PATH,
    layout::PublicFrame,
    pages::loaded::set_status,
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;

#[component]
pub(super) fn Forbidden() -> impl IntoView {
    set_status(StatusCode::FORBIDDEN);
    let texts = &texts().admin;
    view! {
        <PublicFrame title=texts.forbidden_title>
            <div class="outcome">
                <p class="outcome-status">{StatusCode::FORBIDDEN.as_u16()}</p>
                <h1>{texts.forbidden_title}</h1>
                <p class="lead">{texts.forbidden_text}</p>
                <div class="row">
                    <ButtonLink href=CONSOLE_PATH kind=ButtonKind::Primary>
                        {texts.to_console}
                    </ButtonLink>
                </div>
            </div>
        </PublicFrame>
    }
    .into_any()
}
