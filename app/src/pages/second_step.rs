//! Where a person enters the code after the password.

use super::{
    loaded::{elsewhere, keep_no_copy, loaded},
    sign_in::SIGN_IN_PATH,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Button, ButtonKind},
    forms::{Field, Form, FormFlash},
    functions::{entry::here, second_step::is_code_awaited},
    layout::PublicFrame,
    visit::texts,
};
use leptos::prelude::*;

/// The page's address.
pub(crate) const SECOND_STEP_PATH: &str = "/signin/code";
/// The form's name, under which a refused one is kept.
pub(crate) const SECOND_STEP_FORM: &str = "second_step";

#[component]
pub(crate) fn SecondStepPage() -> impl IntoView {
    keep_no_copy();
    loaded(async {
        if !is_code_awaited().await? {
            return Ok(elsewhere(&here(SIGN_IN_PATH)));
        }
        Ok(page(FormFlash::take(SECOND_STEP_FORM).await))
    })
}

fn page(flash: FormFlash) -> AnyView {
    let texts = &texts().entrance;
    view! {
        <PublicFrame title=texts.code_title narrow=true>
            <div class="account">
                {too_many_tries(&flash)}
                <div class="stack-tight">
                    <h1>{texts.code_title}</h1>
                    <p class="lead">{texts.code_lead}</p>
                </div>
                <Form name=SECOND_STEP_FORM action="/ui/second_step" flash=flash>
                    <Field name="code" label=texts.code hint=texts.code_hint autocomplete="one-time-code" />
                    <Button kind=ButtonKind::PrimaryWide>{texts.code_submit}</Button>
                </Form>
                <p class="account-aside">
                    <a href=SIGN_IN_PATH>{texts.back_to_sign_in}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}
