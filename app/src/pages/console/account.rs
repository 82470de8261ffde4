//! One's own account: who one is, how one signs in, where one is signed in, and the way out.

use super::{account_sessions::SessionsCard, frame::MemberFrame, member_page::member_page};
use crate::{
    components::{Badge, Banner, Button, ButtonKind, ButtonLink, Card, Tone},
    fault::Fault,
    forms::{Field, FieldKind, Form, FormFlash, Select},
    functions::entry::{here, session_key},
    islands::LocalTimes,
    language::native_name,
    pages::{sign_up::NewPasswordField, too_many_tries::too_many_tries},
    site_path::SitePath,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_contract::language::Language;
use tallyport_service::Member;
use tallyport_service::identity::second_step::SecondStepState;

use super::totp::TOTP_PATH;

/// The page's address.
pub(crate) const ACCOUNT_PATH: &str = "/console/account";
/// The forms' names, under which refused ones are kept.
pub(crate) const PROFILE_FORM: &str = "profile";
pub(crate) const EMAIL_FORM: &str = "change_email";
pub(crate) const PASSWORD_FORM: &str = "change_password";
pub(crate) const CLOSE_FORM: &str = "close_account";

/// The page's address for somebody who has just changed something.
pub(crate) fn noticed(what: &str) -> SitePath {
    SitePath::parse(&format!("{ACCOUNT_PATH}?notice={what}")).unwrap_or_else(|| here(ACCOUNT_PATH))
}

/// What was typed into the forms of the page and refused.
struct Flashes {
    profile: FormFlash,
    email: FormFlash,
    password: FormFlash,
    close: FormFlash,
}

impl Flashes {
    async fn take() -> Self {
        Self {
            profile: FormFlash::take(PROFILE_FORM).await,
            email: FormFlash::take(EMAIL_FORM).await,
            password: FormFlash::take(PASSWORD_FORM).await,
            close: FormFlash::take(CLOSE_FORM).await,
        }
    }
}

#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let notice = use_query_map().get_untracked().get("notice");
    member_page(|services, member| async move {
        let current = session_key().ok_or(Fault::Missing("a member has no session"))?;
        let sessions = services.list_sessions(&member, &current).await?;
        let second_step = services.second_step_state(&member).await?;
        let flashes = Flashes::take().await;
        let refusal = too_many_tries(&flashes.email).or_else(|| too_many_tries(&flashes.password));
        let banner = refusal.or_else(|| notice_banner(notice.as_deref()));
        let title = texts().my_account.title;
        Ok(Some(
            view! {
                <MemberFrame title=title current=ACCOUNT_PATH>
                    <div class="page-head">
                        <h1>{title}</h1>
                    </div>
                    <div class="console-sections">
                        {banner} {profile(&member, flashes.profile)} {email(&member, flashes.email)}
                        {password(flashes.password)} {second_step_card(second_step)}
                        <SessionsCard sessions=sessions /> {close(flashes.close)} <LocalTimes />
                    </div>
                </MemberFrame>
            }
            .into_any(),
        ))
    })
}

fn notice_banner(notice: Option<&str>) -> Option<AnyView> {
    let texts = &texts().my_account;
    let text = match notice? {
        "profile" => texts.profile_saved,
        "password" => texts.password_saved,
        "email" => texts.email_sent,
        "session" => texts.session_ended,
        "sessions" => texts.sessions_ended,
        "second-step" => texts.second_step_stopped,
        _ => return None,
    };
    Some(
        view! {
            <Banner tone=Tone::Good title=texts.saved_title>
                <p>{text}</p>
            </Banner>
        }
        .into_any(),
    )
}

fn profile(member: &Member, flash: FormFlash) -> impl IntoView + use<> {
    let account = &texts().account;
    let texts = &texts().my_account;
    let name = member.name.clone();
    let language = member.language.tag();
    let languages =
        Language::ALL.map(|language| (language.tag().to_owned(), native_name(language).to_owned())).to_vec();
    view! {
        <Card title=texts.profile_title>
            <div class="account-form">
                <Form name=PROFILE_FORM action="/ui/change_profile" flash=flash>
                    <Field name="name" label=account.name value=name autocomplete="name" />
                    <Select name="language" label=texts.language options=languages value=language />
                    <div class="form-actions">
                        <Button>{texts.save}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}

fn email(member: &Member, flash: FormFlash) -> impl IntoView + use<> {
    let texts = &texts().my_account;
    let address = member.email.clone();
    view! {
        <Card title=texts.email_title>
            <div class="account-form">
                <p class="mail-address">{texts.email_lead} <strong>{address}</strong></p>
                <Form name=EMAIL_FORM action="/ui/change_email" flash=flash>
                    <Field
                        name="email"
                        label=texts.new_email
                        hint=texts.email_hint
                        kind=FieldKind::Email
                        autocomplete="email"
                    />
                    <CurrentPassword />
                    <div class="form-actions">
                        <Button>{texts.change_email}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}

fn password(flash: FormFlash) -> impl IntoView {
    let new_password = texts().entrance.new_password;
    let texts = &texts().my_account;
    view! {
        <Card title=texts.password_title>
            <div class="account-form">
                <Form name=PASSWORD_FORM action="/ui/change_password" flash=flash>
                    <CurrentPassword />
                    <NewPasswordField name="new_password" label=new_password />
                    <div class="form-actions">
                        <Button>{texts.change_password}</Button>
                    </div>
                </Form>
                <p class="soft small">
                    {texts.no_password} " " <a href="/forgot">{texts.set_by_mail}</a>
                </p>
            </div>
        </Card>
    }
}

/// Asks for the password once more, before what a borrowed session should not do.
#[component]
pub(super) fn CurrentPassword() -> impl IntoView {
    view! {
        <Field
            name="password"
            label=texts().my_account.current_password
            kind=FieldKind::Password
            autocomplete="current-password"
        />
    }
}

fn second_step_card(state: SecondStepState) -> impl IntoView {
    let texts = &texts().my_account;
    let (badge, action) = match state {
        SecondStepState::On { .. } => {
            (view! { <Badge tone=Tone::Good text=texts.second_step_on /> }, texts.second_step_manage)
        }
        SecondStepState::Off | SecondStepState::Begun => {
            (view! { <Badge tone=Tone::Note text=texts.second_step_off /> }, texts.second_step_turn_on)
        }
    };
    view! {
        <Card title=texts.second_step_title>
            <div class="account-form">
                <p>{badge}</p>
                <p class="soft">{texts.second_step_lead}</p>
                <div class="form-actions">
                    <ButtonLink href=TOTP_PATH>{action}</ButtonLink>
                </div>
            </div>
        </Card>
    }
}

fn close(flash: FormFlash) -> impl IntoView {
    let texts = &texts().my_account;
    view! {
        <Card title=texts.close_title>
            <div class="account-form">
                <p class="soft">{texts.close_text}</p>
                <Form name=CLOSE_FORM action="/ui/close_account" flash=flash>
                    <Field name="email" label=texts.close_type kind=FieldKind::Email autocomplete="off" />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Danger>{texts.close_submit}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}
