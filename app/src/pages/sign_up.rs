//! Where a person makes an account.

use super::{
    loaded::{elsewhere, loaded},
    sign_in::SIGN_IN_PATH,
};
use crate::{
    components::{Button, ButtonKind},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::{CONSOLE_PATH, here},
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
        <Field
            name="password"
            label=texts.password
            hint=texts.password_hint
            kind=FieldKind::Password
            autocomplete="new-password"
        />
    }
}
