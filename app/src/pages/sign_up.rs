//! Where a person makes an account.

use super::{
    loaded::{elsewhere, loaded},
    sign_in::SIGN_IN_PATH,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::{CONSOLE_PATH, here},
    islands::PasswordStrength,
    layout::PublicFrame,
    visit::{texts, visit},
};
use leptos::prelude::*;

/// The page's address.
pub(crate) const SIGN_UP_PATH: &str = "/signup";
/// The form's name, under which a refused one is kept.
pub(crate) const SIGN_UP_FORM: &str = "sign_up";

#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    if visit().signed_in.is_some() {
        return elsewhere(&here(CONSOLE_PATH));
    }
    loaded(async { Ok(page(FormFlash::take(SIGN_UP_FORM).await)) })
}

fn page(flash: FormFlash) -> AnyView {
    let texts = &texts().account;
    view! {
        <PublicFrame title=texts.sign_up_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.sign_up_title}</h1>
                    <p class="lead">{texts.sign_up_lead}</p>
                </div>
                <Form name=SIGN_UP_FORM action="/ui/sign_up" flash=flash>
                    <PersonFields />
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
