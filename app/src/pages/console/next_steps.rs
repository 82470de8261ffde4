//! The checklist of the first day. Nobody ticks anything: it says what is there.

use super::{
    application::{application_path, payments_path},
    keys::ShowMyKeys,
    new_application::NEW_APPLICATION_PATH,
    sandbox_call::try_it_path,
};
use crate::{
    components::{ButtonKind, ButtonLink, Card, Icon, IconName},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ids::AppId;

/// Programs that take a payment.
const QUICK_START_PATH: &str = "/docs/quick-start#payment";

/// How far somebody has come.
pub(super) struct Progress {
    pub(super) email: String,
    pub(super) newest_application: Option<AppId>,
    pub(super) has_keys: bool,
    pub(super) has_payment: bool,
}

/// The step that is worth a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    MakeApplication,
    ShowKeys,
    TakePayment,
    ReadOn,
}

const fn next(has_application: bool, has_keys: bool, has_payment: bool) -> Next {
    match (has_application, has_keys, has_payment) {
        (_, _, true) => Next::ReadOn,
        (true, true, false) => Next::TakePayment,
        (true, false, false) => Next::ShowKeys,
        (false, _, false) => Next::MakeApplication,
    }
}

#[component]
pub(super) fn NextSteps(progress: Progress) -> impl IntoView {
    let texts = &texts().console;
    let next = next(progress.newest_application.is_some(), progress.has_keys, progress.has_payment);
    let lead = (next == Next::ReadOn).then(|| {
        view! {
            <div class="stack-tight">
                <p>
                    <strong>{texts.all_done_title}</strong>
                </p>
                <p class="soft">{texts.all_done_text}</p>
            </div>
        }
    });
    let account = format!("{}{}", texts.step_account_text, progress.email);
    view! {
        <Card title=texts.next_title>
            <div class="stack">
                {lead}
                <ol class="next-steps">
                    {step(true, texts.step_account, account)}
                    {step(next != Next::MakeApplication, texts.step_application, texts.step_application_text)}
                    {step(
                        matches!(next, Next::TakePayment | Next::ReadOn),
                        texts.step_keys,
                        texts.step_keys_text,
                    )}
                    {step(next == Next::ReadOn, texts.step_payment, texts.step_payment_text)}
                </ol>
                <div class="row">{actions(next, progress.newest_application)}</div>
            </div>
        </Card>
    }
}

fn step(done: bool, title: &'static str, text: impl Into<String>) -> impl IntoView {
    let texts = &texts().console;
    let class = if done { "next-step next-step-done" } else { "next-step" };
    let mark = done.then(|| view! { <Icon name=IconName::Check /> });
    view! {
        <li class=class>
            <span class="next-step-mark">{mark}</span>
            <p class="next-step-title">
                {title}
                <span class="visually-hidden">
                    " (" {if done { texts.done } else { texts.to_do }} ")"
                </span>
            </p>
            <p class="next-step-text">{text.into()}</p>
        </li>
    }
}

fn actions(next: Next, newest: Option<AppId>) -> AnyView {
    let texts = &texts().console;
    match next {
        Next::MakeApplication => view! {
            <ButtonLink href=NEW_APPLICATION_PATH kind=ButtonKind::Primary>
                {texts.step_application}
            </ButtonLink>
        }
        .into_any(),
        Next::ShowKeys => view! {
            {newest.map(|id| {
                view! {
                    <ShowMyKeys id=id />
                    <ButtonLink href=application_path(id)>{texts.application}</ButtonLink>
                }
            })}
        }
        .into_any(),
        Next::TakePayment => view! {
            {newest.map(|id| {
                view! {
                    <ButtonLink href=try_it_path(id) kind=ButtonKind::Primary>{texts.try_it}</ButtonLink>
                    <ButtonLink href=payments_path(id)>{texts.payments}</ButtonLink>
                }
            })}
            <ButtonLink href=QUICK_START_PATH>{texts.read_quick_start}</ButtonLink>
        }
        .into_any(),
        Next::ReadOn => view! {
            <ButtonLink href="/docs/quick-start#failures">{texts.read_quick_start}</ButtonLink>
            <ButtonLink href="/docs/concepts">{texts.read_concepts}</ButtonLink>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Next, next};

    #[test]
    fn the_next_step_follows_from_what_is_there() {
        assert_eq!(next(false, false, false), Next::MakeApplication);
        assert_eq!(next(true, false, false), Next::ShowKeys);
        assert_eq!(next(true, true, false), Next::TakePayment);
        assert_eq!(next(true, true, true), Next::ReadOn);
        // Of an application that was used before its keys were revoked.
        assert_eq!(next(true, false, true), Next::ReadOn);
    }
}
