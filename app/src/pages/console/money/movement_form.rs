//! The forms that transfer, top up and withdraw in the sandbox.

use super::confirmed_form::ConfirmedSubmit;
use crate::{
    components::Card,
    forms::{Field, FieldKind, Form, FormFlash, Select},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    channel::SandboxOutcome,
    ids::AppId,
    movement::MovementName,
    payment::{Method, Wallet},
};

/// Which of the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormKind {
    /// Money to another account.
    Transfer,
    /// Money in.
    TopUp,
    /// Money out.
    Withdrawal,
}

impl FormKind {
    /// The form that makes movements of a kind; a refund's stands at its payment.
    pub(super) const fn of(kind: MovementName) -> Option<Self> {
        match kind {
            MovementName::Refund => None,
            MovementName::Transfer => Some(Self::Transfer),
            MovementName::TopUp => Some(Self::TopUp),
            MovementName::Withdrawal => Some(Self::Withdrawal),
        }
    }

    /// Under which name it is kept when it is refused.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::TopUp => "top_up",
            Self::Withdrawal => "withdrawal",
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Transfer => "/ui/make_transfer",
            Self::TopUp => "/ui/make_top_up",
            Self::Withdrawal => "/ui/make_withdrawal",
        }
    }
}

/// The name of the form that makes movements of a kind.
pub(crate) const fn form_name(kind: MovementName) -> &'static str {
    match FormKind::of(kind) {
        Some(kind) => kind.name(),
        None => super::refund::REFUND_FORM,
    }
}

#[component]
pub(super) fn MovementForm(application: AppId, kind: FormKind, flash: FormFlash, key: String) -> impl IntoView {
    let own = &texts().money;
    let (title, question) = match kind {
        FormKind::Transfer => (own.make_transfer, own.make_transfer_question),
        FormKind::TopUp => (own.make_top_up, own.make_top_up_question),
        FormKind::Withdrawal => (own.make_withdrawal, own.make_withdrawal_question),
    };
    view! {
        <Card title=title>
            <Form name=kind.name() action=kind.action() flash=flash>
                <input type="hidden" name="application" value=application.to_string() />
                <input type="hidden" name="key" value=key />
                <div class="try-it-fields">
                    <Field
                        name="amount"
                        label=texts().console.amount
                        kind=FieldKind::Money
                        value="100.00"
                        autocomplete="off"
                    />
                    <Field name="currency" label=own.currency value="USD" autocomplete="off" />
                    {special_fields(kind)}
                    <Field
                        name="description"
                        label=texts().console.description
                        autocomplete="off"
                        optional=true
                    />
                </div>
                <ConfirmedSubmit id="confirm-movement" action=title question=question />
            </Form>
        </Card>
    }
}

/// What one kind asks for and the others do not. Called within the form, so that the fields find what was entered.
fn special_fields(kind: FormKind) -> AnyView {
    let own = &texts().money;
    match kind {
        FormKind::Transfer => view! {
            <Field name="to_account" label=own.to_account hint=own.to_account_hint autocomplete="off" />
        }
        .into_any(),
        FormKind::TopUp | FormKind::Withdrawal => view! {
            <Select name="channel" label=own.channel options=channels() value=Wallet::BankTransfer.as_str() />
            {outcome_field()}
        }
        .into_any(),
    }
}

/// How the sandbox's channel is to behave.
pub(super) fn outcome_field() -> AnyView {
    let own = &texts().money;
    let outcomes = SandboxOutcome::ALL
        .iter()
        // Nobody stands in front of a movement who could act.
        .filter(|outcome| **outcome != SandboxOutcome::RequiresAction)
        .map(|outcome| (outcome.as_str().to_owned(), own.outcome(*outcome).to_owned()))
        .collect();
    view! { <Select name="sandbox_outcome" label=own.sandbox_outcome options=outcomes /> }.into_any()
}

fn channels() -> Vec<(String, String)> {
    let names = &texts().payer;
    Wallet::ALL
        .iter()
        .map(|wallet| (wallet.as_str().to_owned(), names.method(Method::Wallet(*wallet)).to_owned()))
        .collect()
}
