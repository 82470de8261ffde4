//! After signing up: where the mail went, and what its link leads to.

use super::{
    dev_mail::LocalMailHint,
    link_page::{DeadLink, link_page},
    loaded::loaded,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::{
        entry::{here, services},
        sign_up::kept_proof,
    },
    layout::PublicFrame,
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::identity::Verification;

/// The page's address without a link: check your mail.
pub(crate) const VERIFY_PATH: &str = "/verify";
/// The form's name, under which a refused one is kept.
pub(crate) const VERIFY_FORM: &str = "verify";

/// The page's address for the holder of a token.
pub(crate) fn verify_path(token: &str) -> SitePath {
    let path = format!("{VERIFY_PATH}?token={}", percent_encoded(token));
    SitePath::parse(&path).unwrap_or_else(|| here(VERIFY_PATH))
}

#[component]
pub(crate) fn VerifyPage() -> impl IntoView {
    let token = link_page();
    loaded(async move {
        let flash = FormFlash::take(VERIFY_FORM).await;
        if token.is_empty() {
            return Ok(check_mail(&flash));
        }
        let proof = kept_proof().await?;
        let state = services()?.look_at_verification(&token, proof.as_deref()).await?;
        let texts = &texts().entrance;
        Ok(match state {
            Verification::Dead => {
                let hint = texts.dead_verify_hint;
                view! { <DeadLink title=texts.dead_title text=texts.dead_text hint=hint /> }.into_any()
            }
            Verification::Ready => form(token, flash, false),
            Verification::NeedsPassword => form(token, flash, true),
        })
    })
}

fn check_mail(flash: &FormFlash) -> AnyView {
    let texts = &texts().entrance;
    let sent_to = flash.value("email").map(|email| {
        view! {
            <p class="mail-address">
                {texts.check_sent_to} ": " <strong>{email.to_owned()}</strong>
            </p>
        }
    });
    view! {
        <PublicFrame title=texts.check_title narrow=true>
            <div class="account">
                <div class="stack-tight">
                    <h1>{texts.check_title}</h1>
                    <p class="lead">{texts.check_lead}</p>
                </div>
                {sent_to}
                <LocalMailHint />
                <p class="account-aside">
                    {texts.check_hint} " " <a href="/signin">{texts.back_to_sign_in}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn form(token: String, flash: FormFlash, asks_password: bool) -> AnyView {
    let account = &texts().account;
    let texts = &texts().entrance;
    let lead = if asks_password { texts.verify_password } else { texts.verify_ready };
    let password = || {
        view! {
            <Field
                name="password"
                label=account.password
                kind=FieldKind::Password
                autocomplete="current-password"
            />
        }
    };
    let forgot = asks_password.then(|| {
        view! {
            <p>
                <a href="/forgot">{texts.forgot}</a>
            </p>
        }
    });
    view! {
        <PublicFrame title=texts.verify_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.verify_title}</h1>
                    <p class="lead">{lead}</p>
                </div>
                <Form name=VERIFY_FORM action="/ui/verify" flash=flash>
                    <input type="hidden" name="token" value=token />
                    {asks_password.then(password)}
                    <Button kind=ButtonKind::PrimaryWide>{texts.verify_submit}</Button>
                </Form>
                {forgot}
            </div>
        </PublicFrame>
    }
    .into_any()
}
