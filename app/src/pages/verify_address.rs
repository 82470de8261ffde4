//! What the link leads to that moves an account to another address.

use super::{
    link_page::{DeadLink, link_page},
    loaded::loaded,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind, ButtonLink},
    forms::{Form, FormFlash},
    functions::entry::{here, services},
    layout::PublicFrame,
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where somebody goes whose account has moved.
pub(crate) const ADDRESS_CHANGED_PATH: &str = "/verify/address?notice=changed";
/// The form's name, under which a refused one is kept.
pub(crate) const VERIFY_ADDRESS_FORM: &str = "verify_address";

/// The page's address for the holder of a token.
pub(crate) fn verify_address_path(token: &str) -> SitePath {
    let path = format!("/verify/address?token={}", percent_encoded(token));
    SitePath::parse(&path).unwrap_or_else(|| here("/verify/address"))
}

#[component]
pub(crate) fn VerifyAddressPage() -> impl IntoView {
    let token = link_page();
    if use_query_map().get_untracked().get("notice").as_deref() == Some("changed") {
        return changed();
    }
    loaded(async move {
        let flash = FormFlash::take(VERIFY_ADDRESS_FORM).await;
        let texts = &texts().entrance;
        Ok(match services()?.find_new_email(&token).await? {
            Some(email) => form(token, email, flash),
            None => {
                let hint = texts.dead_change_hint;
                view! { <DeadLink title=texts.dead_title text=texts.dead_text hint=hint /> }.into_any()
            }
        })
    })
}

fn form(token: String, email: String, flash: FormFlash) -> AnyView {
    let texts = &texts().entrance;
    view! {
        <PublicFrame title=texts.change_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.change_title}</h1>
                    <p class="lead">{texts.change_lead}</p>
                    <p class="mail-address">
                        <strong>{email}</strong>
                    </p>
                </div>
                <Form name=VERIFY_ADDRESS_FORM action="/ui/confirm_email" flash=flash>
                    <input type="hidden" name="token" value=token />
                    <Button kind=ButtonKind::PrimaryWide>{texts.change_submit}</Button>
                </Form>
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn changed() -> AnyView {
    let texts = &texts().entrance;
    view! {
        <PublicFrame title=texts.changed_title>
            <div class="outcome">
                <h1>{texts.changed_title}</h1>
                <p class="lead">{texts.changed_text}</p>
                <div class="row">
                    <ButtonLink href="/console/account" kind=ButtonKind::Primary>{texts.to_account}</ButtonLink>
                </div>
            </div>
        </PublicFrame>
    }
    .into_any()
}
