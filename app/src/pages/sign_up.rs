//! Where a person makes an account.

use super::{
    link_page::link_page,
    loaded::{elsewhere, loaded},
    sign_in::SIGN_IN_PATH,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind, ButtonLink},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::{CONSOLE_PATH, here, services},
    islands::PasswordStrength,
    layout::PublicFrame,
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_domain::settings::SignUpPolicy;

/// The page's address.
pub(crate) const SIGN_UP_PATH: &str = "/signup";
/// The form's name, under which a refused one is kept.
pub(crate) const SIGN_UP_FORM: &str = "sign_up";

/// The page's address, with the token of an invitation.
pub(crate) fn sign_up_path(invitation: Option<&str>) -> SitePath {
    let path =
        invitation.and_then(|token| SitePath::parse(&format!("{SIGN_UP_PATH}?token={}", percent_encoded(token))));
    path.unwrap_or_else(|| here(SIGN_UP_PATH))
}

#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    let visit = visit();
    if visit.signed_in.is_some() {
        return elsewhere(&here(CONSOLE_PATH));
    }
    let token = use_query_map().get_untracked().get("token").unwrap_or_default();
    if !token.is_empty() {
        link_page();
    }
    loaded(async move {
        let entrance = &texts().entrance;
        let flash = FormFlash::take(SIGN_UP_FORM).await;
        Ok(match visit.settings.sign_up {
            SignUpPolicy::Open => page(flash, None),
            SignUpPolicy::Closed => kept_out(entrance.closed_title, entrance.closed_text),
            SignUpPolicy::Invitation => match services()?.find_invited(&token).await? {
                Some(email) if flash.value("email").is_none() => page(flash.keep("email", email.as_str()), Some(token)),
                Some(_) => page(flash, Some(token)),
                None => kept_out(entrance.invitation_title, entrance.invitation_text),
            },
        })
    })
}

fn kept_out(title: &'static str, text: &'static str) -> AnyView {
    let texts = texts();
    view! {
        <PublicFrame title=title>
            <div class="outcome">
                <h1>{title}</h1>
                <p class="lead">{text}</p>
                <div class="row">
                    <ButtonLink href=SIGN_IN_PATH kind=ButtonKind::Primary>{texts.chrome.sign_in}</ButtonLink>
                    <ButtonLink href="/">{texts.outcome.to_start}</ButtonLink>
                </div>
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn page(flash: FormFlash, invitation: Option<String>) -> AnyView {
    let texts = &texts().account;
    let invitation = invitation.map(|token| view! { <input type="hidden" name="token" value=token /> });
    view! {
        <PublicFrame title=texts.sign_up_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.sign_up_title}</h1>
                    <p class="lead">{texts.sign_up_lead}</p>
                </div>
                <Form name=SIGN_UP_FORM action="/ui/sign_up" flash=flash>
                    {invitation} <PersonFields />
                    <Button kind=ButtonKind::PrimaryWide>{texts.sign_up_submit}</Button>
                </Form>
                <p class="account-aside">
                    {texts.have_account} " " <a href=SIGN_IN_PATH>{texts.sign_in_submit}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}

/// What everybody who gets an account is asked.
#[component]
pub(super) fn PersonFields() -> impl IntoView {
    let texts = &texts().account;
    view! {
        <Field name="name" label=texts.name autocomplete="name" />
        <Field name="email" label=texts.email kind=FieldKind::Email autocomplete="username" />
        <NewPasswordField name="password" label=texts.password />
    }
}

/// Asks for a password that is to be chosen, and shows how strong it is.
#[component]
pub(super) fn NewPasswordField(name: &'static str, label: &'static str) -> impl IntoView {
    let texts = &texts().account;
    let words = [
        ("weak", texts.strength_weak),
        ("fair", texts.strength_fair),
        ("good", texts.strength_good),
        ("strong", texts.strength_strong),
    ];
    let words = words.map(|(level, word)| view! { <span class="strength-word" data-level=level>{word}</span> });
    view! {
        <div class="stack-tight">
            <Field
                name=name
                label=label
                hint=texts.password_hint
                kind=FieldKind::Password
                autocomplete="new-password"
            />
            <PasswordStrength>
                <span class="strength-bar" aria-hidden="true"></span>
                <span class="visually-hidden">{texts.strength} " "</span>
                {words.collect_view()}
            </PasswordStrength>
        </div>
    }
}
