//! Where a person signs in, and what they are told when they were sent here.

use super::{
    forgot::FORGOT_PATH,
    loaded::{elsewhere, loaded},
    sign_in_outside::outside_path,
    sign_up::SIGN_UP_PATH,
    too_many_tries::too_many_tries,
};
use crate::{
    components::{Banner, Button, ButtonKind, ButtonLink, Tone},
    forms::{Field, FieldKind, Form, FormFlash},
    functions::entry::{CONSOLE_PATH, here, services},
    layout::PublicFrame,
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page's address.
pub(crate) const SIGN_IN_PATH: &str = "/signin";
/// Where somebody goes who has just chosen another password by a link.
pub(crate) const PASSWORD_RESET_PATH: &str = "/signin?notice=password-reset";
/// Where somebody goes who took too long to enter a code.
pub(crate) const LAPSED_PATH: &str = "/signin?notice=lapsed";
/// Where somebody goes who has just closed their account.
pub(crate) const CLOSED_PATH: &str = "/signin?notice=closed";
/// Where somebody goes who has just signed out.
pub(crate) const SIGNED_OUT_PATH: &str = "/signin?notice=signed-out";
/// The form's name, under which a refused one is kept.
pub(crate) const SIGN_IN_FORM: &str = "sign_in";
/// What the kept form says about why it came back, apart from what is wrong with a field.
pub(crate) const NOTICE: &str = "notice";

/// The notices of the addresses above.
const PUBLIC_NOTICES: [&str; 4] = ["signed-out", "password-reset", "closed", "lapsed"];

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
    let entrance = &texts().entrance;
    let texts = &texts().account;
    let banner = banner(&flash, return_to.is_some(), notice);
    let outside = outside_button(return_to.as_ref());
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
                <p>
                    <a href=FORGOT_PATH>{entrance.forgot}</a>
                </p>
                {outside}
                <p class="account-aside">
                    {texts.no_account} " " <a href=SIGN_UP_PATH>{texts.sign_up_submit}</a>
                </p>
            </div>
        </PublicFrame>
    }
    .into_any()
}

/// The way to the outside provider, where there is one. A link, because browsers hold a form to this
/// origin also where its answer sends them on.
fn outside_button(return_to: Option<&SitePath>) -> Option<AnyView> {
    let services = services().ok()?;
    let name = services.outside_provider_name()?.to_owned();
    let href = outside_path(return_to).as_str().to_owned();
    let text = format!("{}{name}", texts().entrance.outside_with);
    Some(view! { <ButtonLink href=href>{text}</ButtonLink> }.into_any())
}

/// Why somebody is here: at most one reason, the most pressing first.
fn banner(flash: &FormFlash, was_sent: bool, notice: Option<&str>) -> Option<AnyView> {
    if let Some(banner) = too_many_tries(flash) {
        return Some(banner);
    }
    if !flash.is_clean() {
        return None;
    }
    let texts = texts();
    let (account, entrance) = (&texts.account, &texts.entrance);
    // An address says only what can be said to anybody.
    let notice = notice.filter(|notice| PUBLIC_NOTICES.contains(notice));
    let (tone, title, text) = match flash.value(NOTICE).or(notice) {
        Some("unverified") => (Tone::Caution, account.unverified_title, account.unverified_mailed),
        Some("unverified-not-mailed") => (Tone::Caution, account.unverified_title, account.unverified_not_mailed),
        Some("suspended") => (Tone::Bad, account.suspended_title, account.suspended_text),
        Some("outside-failed") => (Tone::Caution, entrance.outside_failed_title, entrance.outside_failed_text),
        Some("outside-denied") => (Tone::Note, entrance.outside_failed_title, entrance.outside_denied_text),
        Some("outside-unverified") => (Tone::Caution, entrance.outside_failed_title, entrance.outside_unverified_text),
        Some("signed-out") => (Tone::Note, account.signed_out_title, account.signed_out_text),
        Some("password-reset") => (Tone::Good, account.reset_done_title, account.reset_done_text),
        Some("closed") => (Tone::Note, account.closed_title, account.closed_text),
        Some("lapsed") => (Tone::Note, entrance.code_lapsed_title, entrance.code_lapsed_text),
        _ if was_sent => (Tone::Note, account.sign_in_first_title, account.sign_in_first_text),
        _ => return None,
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
