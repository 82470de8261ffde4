//! The second step at sign-in: turned on by scanning a picture and typing a code, turned off by the
//! password.

use super::{
    account::{ACCOUNT_PATH, CurrentPassword},
    frame::MemberFrame,
    member_page::member_page,
};
use crate::{
    components::{Badge, Breadcrumbs, Button, ButtonKind, Card, CopyableId, Crumb, KeyValue, KeyValues, Secret, Tone},
    forms::{Field, Form, FormFlash},
    functions::totp::take_fresh_codes,
    pages::too_many_tries::too_many_tries,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::identity::second_step::{SecondStepState, TotpSetup};
use zeroize::Zeroizing;

/// The page's address.
pub(crate) const TOTP_PATH: &str = "/console/account/second-step";
/// The forms' names, under which refused ones are kept.
pub(crate) const START_FORM: &str = "start_totp";
pub(crate) const CODE_FORM: &str = "confirm_totp";
pub(crate) const STOP_FORM: &str = "stop_totp";
pub(crate) const REPLACE_FORM: &str = "replace_codes";

#[component]
pub(crate) fn TotpPage() -> impl IntoView {
    member_page(|services, member| async move {
        let codes = take_fresh_codes(&services, &member).await?;
        let content = match services.second_step_state(&member).await? {
            SecondStepState::Off => turn_on(FormFlash::take(START_FORM).await),
            SecondStepState::Begun => match services.find_totp_setup(&member).await? {
                Some(setup) => scan(&setup, FormFlash::take(CODE_FORM).await),
                None => turn_on(FormFlash::take(START_FORM).await),
            },
            SecondStepState::On { codes_left } => {
                let (replace, stop) = (FormFlash::take(REPLACE_FORM).await, FormFlash::take(STOP_FORM).await);
                manage(codes_left, replace, stop)
            }
        };
        Ok(Some(page(codes, content)))
    })
}

fn page(codes: Vec<Zeroizing<String>>, content: AnyView) -> AnyView {
    let texts = &texts().my_account;
    let way = vec![Crumb::link(texts.title, ACCOUNT_PATH), Crumb::here(texts.second_step_title)];
    view! {
        <MemberFrame title=texts.second_step_title current=ACCOUNT_PATH>
            <div class="console-form">
                <Breadcrumbs way=way />
                <div class="stack-tight">
                    <h1>{texts.second_step_title}</h1>
                    <p class="lead">{texts.second_step_lead}</p>
                </div>
                {fresh_codes(&codes)}
                {content}
            </div>
        </MemberFrame>
    }
    .into_any()
}

fn fresh_codes(codes: &[Zeroizing<String>]) -> Option<AnyView> {
    if codes.is_empty() {
        return None;
    }
    let texts = &texts().my_account;
    let text = codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("\n");
    Some(
        view! {
            <section class="stack-tight" aria-label=texts.codes_title>
                <h2>{texts.codes_title}</h2>
                <p class="soft">{texts.codes_text}</p>
                <div class="recovery-codes">
                    <Secret name=texts.codes_title value=text file_name="tallyport-recovery-codes.txt" />
                </div>
            </section>
        }
        .into_any(),
    )
}

fn turn_on(flash: FormFlash) -> AnyView {
    let texts = &texts().my_account;
    view! {
        {too_many_tries(&flash)}
        <Form name=START_FORM action="/ui/start_totp" flash=flash>
            <CurrentPassword />
            <div class="form-actions">
                <Button kind=ButtonKind::Primary>{texts.second_step_turn_on}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn scan(setup: &TotpSetup, flash: FormFlash) -> AnyView {
    let texts = &texts().my_account;
    let secret = setup.secret.to_string();
    let facts = vec![KeyValue::new(texts.secret, view! { <CopyableId id=secret /> })];
    view! {
        {too_many_tries(&flash)}
        <section class="stack-tight" aria-label=texts.scan_title>
            <h2>{texts.scan_title}</h2>
            <p class="soft">{texts.scan_text}</p>
            <div class="qr-code" role="img" aria-label=texts.scan_picture inner_html=setup.qr_svg.to_string()></div>
            <KeyValues facts=facts />
        </section>
        <Form name=CODE_FORM action="/ui/confirm_totp" flash=flash>
            <Field name="code" label=texts.code hint=texts.code_hint autocomplete="one-time-code" />
            <div class="form-actions">
                <Button kind=ButtonKind::Primary>{texts.confirm_code}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn manage(codes_left: u64, replace: FormFlash, stop: FormFlash) -> AnyView {
    let texts = &texts().my_account;
    let state = view! { <Badge tone=Tone::Good text=texts.second_step_on /> };
    let facts = vec![KeyValue::new(texts.second_step_title, state), KeyValue::new(texts.codes_left, codes_left)];
    let refusal = too_many_tries(&replace).or_else(|| too_many_tries(&stop));
    view! {
        {refusal}
        <KeyValues facts=facts />
        <Card title=texts.codes_replace>
            <div class="account-form">
                <p class="soft">{texts.codes_replace_text}</p>
                <Form name=REPLACE_FORM action="/ui/replace_recovery_codes" flash=replace>
                    <CurrentPassword />
                    <div class="form-actions">
                        <Button>{texts.codes_replace}</Button>
                    </div>
                </Form>
            </div>
        </Card>
        <Card title=texts.second_step_turn_off>
            <div class="account-form">
                <p class="soft">{texts.second_step_turn_off_text}</p>
                <Form name=STOP_FORM action="/ui/stop_totp" flash=stop>
                    <CurrentPassword />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Danger>{texts.second_step_turn_off}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
    .into_any()
}
