//! What an administrator may decide about a person, each decision a form of its own.

use crate::{
    components::{Banner, Button, ButtonKind, Card, Tone},
    forms::{Field, FieldKind, Form, FormFlash, TextArea},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Role, administration::AccountState};
use tallyport_service::admin::PersonRecord;

/// The form that suspends, under which a refused one is kept.
pub(crate) const SUSPEND_FORM: &str = "suspend_person";
/// The form that lifts a suspension.
pub(crate) const UNSUSPEND_FORM: &str = "unsuspend_person";
/// The form that changes the role.
pub(crate) const ROLE_FORM: &str = "change_role";
/// What a decision that was carried out, or could not be, says on the person's page.
pub(crate) const PERSON_NOTICE: &str = "person_notice";
/// The notice's field with its outcome.
pub(crate) const OUTCOME: &str = "outcome";

/// How the last decision ended, as the page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    NotNow,
    Oneself,
    LastAdministrator,
}

impl Outcome {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotNow => "not_now",
            Self::Oneself => "oneself",
            Self::LastAdministrator => "last_administrator",
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        [Self::Done, Self::NotNow, Self::Oneself, Self::LastAdministrator].into_iter().find(|own| own.code() == code)
    }
}

/// What was kept of refused forms, and what the reader may decide.
pub(super) struct Decisions {
    is_oneself: bool,
    outcome: Option<Outcome>,
    suspend: FormFlash,
    unsuspend: FormFlash,
    role: FormFlash,
}

impl Decisions {
    pub(super) async fn load(is_oneself: bool) -> Self {
        Self {
            is_oneself,
            outcome: FormFlash::take(PERSON_NOTICE).await.value(OUTCOME).and_then(Outcome::of_code),
            suspend: FormFlash::take(SUSPEND_FORM).await,
            unsuspend: FormFlash::take(UNSUSPEND_FORM).await,
            role: FormFlash::take(ROLE_FORM).await,
        }
    }

    /// How the last decision ended.
    pub(super) fn notice(&self) -> Option<AnyView> {
        let texts = &texts().admin_person;
        let (tone, title) = match self.outcome? {
            Outcome::Done => (Tone::Good, texts.done),
            Outcome::NotNow => (Tone::Caution, texts.not_now),
            Outcome::Oneself => (Tone::Caution, texts.oneself),
            Outcome::LastAdministrator => (Tone::Bad, texts.last_administrator),
        };
        Some(view! { <Banner tone=tone title=title>""</Banner> }.into_any())
    }

    /// The forms that fit how the account stands; a closed account leaves nothing to decide.
    pub(super) fn forms(self, person: &PersonRecord) -> AnyView {
        let state = person.state();
        if state == AccountState::Closed {
            return ().into_any();
        }
        let id = person.id.to_string();
        let resend = (state == AccountState::Unverified).then(|| resend(id.clone()));
        let suspension = match state {
            AccountState::Suspended => Some(unsuspend(id.clone(), self.unsuspend)),
            _ if self.is_oneself => None,
            _ => Some(suspend(id.clone(), self.suspend)),
        };
        let role = change_role(id.clone(), person.role, self.role);
        view! {
            <Card title=texts().admin_person.decisions>
                <div class="decisions">
                    {resend} {end_sessions(id)} {suspension} {role}
                </div>
            </Card>
        }
        .into_any()
    }
}

fn resend(id: String) -> AnyView {
    let texts = &texts().admin_person;
    view! {
        <Form name="resend_verification" action="/ui/resend_verification_as">
            <input type="hidden" name="developer" value=id />
            <p class="soft">{texts.resend_text}</p>
            <div class="form-actions">
                <Button>{texts.resend}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn end_sessions(id: String) -> AnyView {
    view! {
        <Form name="end_sessions" action="/ui/end_sessions_of_person">
            <input type="hidden" name="developer" value=id />
            <div class="form-actions">
                <Button>{texts().admin_person.end_sessions}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn suspend(id: String, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_person;
    view! {
        <Form name=SUSPEND_FORM action="/ui/suspend_person" flash=flash>
            <input type="hidden" name="developer" value=id />
            <p class="soft">{texts.suspend_text}</p>
            <TextArea name="reason" label=texts.reason hint=texts.reason_hint />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>{texts.suspend}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn unsuspend(id: String, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_person;
    view! {
        <Form name=UNSUSPEND_FORM action="/ui/unsuspend_person" flash=flash>
            <input type="hidden" name="developer" value=id />
            <p class="soft">{texts.unsuspend_text}</p>
            <TextArea name="reason" label=texts.reason />
            <div class="form-actions">
                <Button>{texts.unsuspend}</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn change_role(id: String, role: Role, flash: FormFlash) -> AnyView {
    let texts = &texts().admin_person;
    let (action, text, button) = match role {
        Role::Developer => ("/ui/make_administrator", texts.promote_text, texts.promote),
        Role::Administrator => ("/ui/remove_administrator", texts.demote_text, texts.demote),
    };
    view! {
        <Form name=ROLE_FORM action=action flash=flash>
            <input type="hidden" name="developer" value=id />
            <p class="soft">{text}</p>
            <Field
                name="confirm"
                label=texts.confirm_email
                kind=FieldKind::Email
                autocomplete="off"
            />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>{button}</Button>
            </div>
        </Form>
    }
    .into_any()
}
