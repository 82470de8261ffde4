//! Where the holder of the link that the server printed becomes the first administrator.
//!
//! The link's token is in the address, so the page sends no referrer and nobody keeps a copy.

use super::{
    link_page::{DeadLink, link_page},
    loaded::loaded,
    sign_up::PersonFields,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind},
    forms::{Form, FormFlash},
    functions::entry::{here, services},
    layout::PublicFrame,
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::texts,
};
use leptos::prelude::*;

/// The form's name, under which a refused one is kept.
pub(crate) const SETUP_FORM: &str = "setup";

/// The page's address for the holder of a token.
pub(crate) fn setup_path(token: &str) -> SitePath {
    let path = format!("/setup?token={}", percent_encoded(token));
    SitePath::parse(&path).unwrap_or_else(|| here("/setup"))
}

#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    let token = link_page();
    loaded(async move {
        if services()?.is_first_administrator_link(&token).await? {
            Ok(form(token, FormFlash::take(SETUP_FORM).await))
        } else {
            let texts = &texts().account;
            let hint = texts.setup_dead_hint;
            Ok(view! { <DeadLink title=texts.setup_dead_title text=texts.setup_dead_text hint=hint /> }.into_any())
        }
    })
}

fn form(token: String, flash: FormFlash) -> AnyView {
    let texts = &texts().account;
    view! {
        <PublicFrame title=texts.setup_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.setup_title}</h1>
                    <p class="lead">{texts.setup_lead}</p>
                </div>
                <Form name=SETUP_FORM action="/ui/setup" flash=flash>
                    <input type="hidden" name="token" value=token />
                    <PersonFields />
                    <Button kind=ButtonKind::PrimaryWide>{texts.setup_submit}</Button>
                </Form>
            </div>
        </PublicFrame>
    }
    .into_any()
}
