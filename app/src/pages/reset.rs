//! Where the link leads that lets its reader choose another password.

use super::{
    link_page::{DeadLink, link_page},
    loaded::loaded,
    sign_up::NewPasswordField,
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
pub(crate) const RESET_FORM: &str = "reset";

/// The page's address for the holder of a token.
pub(crate) fn reset_path(token: &str) -> SitePath {
    let path = format!("/reset?token={}", percent_encoded(token));
    SitePath::parse(&path).unwrap_or_else(|| here("/reset"))
}

#[component]
pub(crate) fn ResetPage() -> impl IntoView {
    let token = link_page();
    loaded(async move {
        let texts = &texts().entrance;
        if services()?.is_reset_link(&token).await? {
            return Ok(form(token, FormFlash::take(RESET_FORM).await));
        }
        let hint = texts.dead_reset_hint;
        Ok(view! { <DeadLink title=texts.dead_title text=texts.dead_text hint=hint /> }.into_any())
    })
}

fn form(token: String, flash: FormFlash) -> AnyView {
    let texts = &texts().entrance;
    view! {
        <PublicFrame title=texts.reset_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.reset_title}</h1>
                    <p class="lead">{texts.reset_lead}</p>
                </div>
                <Form name=RESET_FORM action="/ui/reset" flash=flash>
                    <input type="hidden" name="token" value=token />
                    <NewPasswordField name="password" label=texts.new_password />
                    <Button kind=ButtonKind::PrimaryWide>{texts.reset_submit}</Button>
                </Form>
            </div>
        </PublicFrame>
    }
    .into_any()
}
