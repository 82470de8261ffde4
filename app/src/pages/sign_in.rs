//! Where a person signs in, and what they are told when they were sent here.

use super::{
    loaded::{elsewhere, loaded, set_header, set_status},
    sign_up::SIGN_UP_PATH,
};
use crate::{
    components::{Banner, Button, ButtonKind, Tone},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::{CONSOLE_PATH, here},
    layout::PublicFrame,
    site_path::SitePath,
    visit::{texts, visit},
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page's address.
pub(crate) const SIGN_IN_PATH: &str = "/signin";
/// Where somebody goes who has just signed up.
pub(crate) const SIGNED_UP_PATH: &str = "/signin?notice=signed-up";
/// Where somebody goes who has just signed out.
pub(crate) const SIGNED_OUT_PATH: &str = "/signin?notice=signed-out";
/// The form's name, under which a refused one is kept.
pub(crate) const SIGN_IN_FORM: &str = "sign_in";
/// What the kept form says after too many tries: minutes until the next.
pub(crate) const RETRY_AFTER_MINUTES: &str = "retry_after_minutes";

#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let return_to = query.get("return_to").and_then(|path| SitePath::parse(&path));
    if visit().signed_in.is_some() {
        return elsewhere(&return_to.unwrap_or_else(|| here(CONSOLE_PATH)));
    }
    let notice = query.get("notice");
    loaded(async move {
        let flash = FormFlash::take(SIGN_IN_FORM).await;
        Ok(page(flash, return_to, notice.as_deref()))
    })
}

fn page(flash: FormFlash, return_to: Option<SitePath>, notice: Option<&str>) -> AnyView {
    let texts = &texts().account;
    let banner = banner(&flash, return_to.is_some(), notice);
    let return_to = return_to.map(|path| {
        view! { <input type="hidden" name="return_to" value=path.as_str().to_owned() /> }
    });
    view! {
        <PublicFrame title=texts.sign_in_title narrow=true>
            <div class="account">
                {banner}
                <div class="stack-tight">
                    <h1>{texts.sign_in_title}</h1>
                    <p class="lead">{texts.sign_in_lead}</p>
                </div>
                <Form name=SIGN_IN_FORM action="/ui/sign_in" flash=flash>
                    {return_to}
                    <Field
                        name="email"
                        label=texts.email
                        kind=FieldKind::Email
                        autocomplete="username"
                    />
                    <Field
                        name="password"
                        label=texts.password
                        kind=FieldKind::Password
                        autocomplete="current-password"
                    />
                    <Button kind=ButtonKind::PrimaryWide>{texts.sign_in_submit}</Button>
                </Form>
                <p class="account-aside">
                    {texts.no_account} " " <a href=SIGN_UP_PATH>{texts.sign_up_submit}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}

/// Why somebody is here: at most one reason, the most pressing first.
fn banner(flash: &FormFlash, was_sent: bool, notice: Option<&str>) -> Option<AnyView> {
    let texts = &texts().account;
    let (tone, title, text) = if let Some(minutes) = retry_after_minutes(flash) {
        too_many_tries(minutes);
        (Tone::Caution, texts.too_many_title, texts.too_many(minutes))
    } else if !flash.is_clean() {
        return None;
    } else {
        match notice {
            Some("signed-up") => (Tone::Good, texts.signed_up_title, texts.signed_up_text.to_owned()),
            Some("signed-out") => (Tone::Note, texts.signed_out_title, texts.signed_out_text.to_owned()),
            _ if was_sent => (Tone::Note, texts.sign_in_first_title, texts.sign_in_first_text.to_owned()),
            _ => return None,
        }
    };
    Some(
        view! {
            <Banner tone=tone title=title>
                <p>{text}</p>
            </Banner>
        }
        .into_any(),
    )
}

fn retry_after_minutes(flash: &FormFlash) -> Option<i64> {
    flash.value(RETRY_AFTER_MINUTES)?.parse().ok()
}

/// The form was answered by a redirect; the page at its end says what a program looks for.
fn too_many_tries(minutes: i64) {
    set_status(StatusCode::TOO_MANY_REQUESTS);
    set_header(header::RETRY_AFTER, HeaderValue::from(minutes.saturating_mul(60)));
}
