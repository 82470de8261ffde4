//! Where somebody asks for a link to choose another password.

use super::{dev_mail::LocalMailHint, loaded::loaded, sign_in::SIGN_IN_PATH, too_many_tries::too_many_tries};
use crate::{
    components::{Banner, Button, ButtonKind, Tone},
    forms::{Field, FieldKind, Form, FormFlash},
    layout::PublicFrame,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page's address.
pub(crate) const FORGOT_PATH: &str = "/forgot";
/// Where somebody goes who has asked.
pub(crate) const FORGOT_SENT_PATH: &str = "/forgot?notice=sent";
/// The form's name, under which a refused one is kept.
pub(crate) const FORGOT_FORM: &str = "forgot";

#[component]
pub(crate) fn ForgotPage() -> impl IntoView {
    let was_sent = use_query_map().get_untracked().get("notice").as_deref() == Some("sent");
    loaded(async move { Ok(page(FormFlash::take(FORGOT_FORM).await, was_sent)) })
}

fn page(flash: FormFlash, was_sent: bool) -> AnyView {
    let account = &texts().account;
    let texts = &texts().entrance;
    let refusal = too_many_tries(&flash);
    let sent = (was_sent && refusal.is_none()).then(|| {
        view! {
            <Banner tone=Tone::Good title=texts.forgot_sent_title>
                <p>{texts.forgot_sent_text}</p>
            </Banner>
            <LocalMailHint />
        }
    });
    view! {
        <PublicFrame title=texts.forgot_title narrow=true>
            <div class="account">
                {refusal}
                {sent}
                <div class="stack-tight">
                    <h1>{texts.forgot_title}</h1>
                    <p class="lead">{texts.forgot_lead}</p>
                </div>
                <Form name=FORGOT_FORM action="/ui/forgot" flash=flash>
                    <Field name="email" label=account.email kind=FieldKind::Email autocomplete="username" />
                    <Button kind=ButtonKind::PrimaryWide>{texts.forgot_submit}</Button>
                </Form>
                <p class="account-aside">
                    <a href=SIGN_IN_PATH>{texts.back_to_sign_in}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}
