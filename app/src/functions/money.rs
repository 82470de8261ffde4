//! Moving an application's money by hand: refunds anywhere, the rest in the sandbox. Each form carries a
//! key, so that sending it twice has one effect.

use super::{
    about::{about, done, refused},
    entry::here,
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    i18n::money::MoneyTexts,
    pages::console::{
        money::{
            form_name,
            paths::{movements_path, object_path, refund_path},
            refund::REFUND_FORM,
        },
        money_text::money_text,
        payment::payment_path,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Currency, Environment, Money,
    books::{MovementAsked, Refusal, TransferTo},
    card_number,
    channel::{Channel, SandboxOutcome},
    ids::{AccountId, AppId, PaymentId},
    ledger::EntryRefusal,
    movement::MovementName,
    payment::{Description, Method, MoveRefusal},
};
use tallyport_service::{
    Member, Services,
    console::{MemberMovement, MoveMoneyRefusal},
    payments::PaymentRefusal,
    teams::AccessRefusal,
};

/// Gives a payment's money back.
#[server(prefix = "/ui", endpoint = "make_refund")]
pub(crate) async fn make_refund(
    #[server(default)] payment: String,
    #[server(default)] key: String,
    #[server(default)] amount: String,
    #[server(default)] description: String,
    #[server(default)] sandbox_outcome: String,
) -> Result<(), ServerFnError> {
    let fields = Fields { key, amount, description, sandbox_outcome, ..Fields::default() };
    about(&payment, payment_path, async |services, member, id: PaymentId| {
        refunded(&services, &member, id, fields).await
    })
    .await
}

async fn refunded(services: &Services, member: &Member, id: PaymentId, fields: Fields) -> Result<(), Fault> {
    let Some(payment) = services.find_member_payment(member, id).await? else {
        return refused(AccessRefusal::Unknown);
    };
    let fields = Fields { currency: payment.asked.amount.currency().code().to_owned(), ..fields };
    let form = Form { name: REFUND_FORM, page: refund_path(id), made: texts().money.refund_made };
    let asked = Ok(MovementAsked::Refund { payment: id, to_holder: None });
    let (application, environment) = (payment.asked.application_id, payment.asked.environment);
    form.answer(services, member, application, environment, asked, fields).await
}

/// Moves money from the application's sandbox balance to another account.
#[server(prefix = "/ui", endpoint = "make_transfer")]
pub(crate) async fn make_transfer(
    #[server(default)] application: String,
    #[server(default)] key: String,
    #[server(default)] to_account: String,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] description: String,
) -> Result<(), ServerFnError> {
    let fields = Fields { key, amount, currency, description, to_account, ..Fields::default() };
    let account: Result<AccountId, _> = fields.to_account.trim().parse();
    let asked = account
        .map(|id| MovementAsked::Transfer { to: TransferTo::Account(id) })
        .map_err(|_| ("to_account", texts().money.account_fault.to_owned()));
    in_sandbox(&application, MovementName::Transfer, asked, fields).await
}

/// Puts money into the application's sandbox balance.
#[server(prefix = "/ui", endpoint = "make_top_up")]
pub(crate) async fn make_top_up(
    #[server(default)] application: String,
    #[server(default)] key: String,
    #[server(default)] channel: String,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] description: String,
    #[server(default)] sandbox_outcome: String,
) -> Result<(), ServerFnError> {
    let fields = Fields { key, amount, currency, description, channel, sandbox_outcome, ..Fields::default() };
    let asked = channel_of(&fields.channel).map(|channel| MovementAsked::TopUp { channel });
    in_sandbox(&application, MovementName::TopUp, asked, fields).await
}

/// Takes money out of the application's sandbox balance.
#[server(prefix = "/ui", endpoint = "make_withdrawal")]
pub(crate) async fn make_withdrawal(
    #[server(default)] application: String,
    #[server(default)] key: String,
    #[server(default)] channel: String,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] description: String,
    #[server(default)] sandbox_outcome: String,
) -> Result<(), ServerFnError> {
    let fields = Fields { key, amount, currency, description, channel, sandbox_outcome, ..Fields::default() };
    let asked = channel_of(&fields.channel).map(|channel| MovementAsked::Withdrawal { channel });
    in_sandbox(&application, MovementName::Withdrawal, asked, fields).await
}

/// What is wrong with a field.
type FieldFault = (&'static str, String);

async fn in_sandbox(
    application: &str,
    kind: MovementName,
    asked: Result<MovementAsked, FieldFault>,
    fields: Fields,
) -> Result<(), ServerFnError> {
    let page = |id: AppId| movements_path(id, kind);
    about(application, page, async |services, member, id: AppId| {
        let form =
            Form { name: form_name(kind), page: movements_path(id, kind), made: texts().money.movement_made(kind) };
        form.answer(&services, &member, id, Environment::Sandbox, asked, fields).await
    })
    .await
}

/// What was entered; a field that a form does not have is empty.
#[derive(Default)]
struct Fields {
    key: String,
    amount: String,
    currency: String,
    description: String,
    to_account: String,
    channel: String,
    sandbox_outcome: String,
}

impl Fields {
    fn kept(&self) -> FormFlash {
        let description = if card_number::is_in(&self.description) { "" } else { &self.description };
        FormFlash::new()
            .keep("amount", &self.amount)
            .keep("currency", &self.currency)
            .keep("description", description)
            .keep("to_account", &self.to_account)
            .keep("channel", &self.channel)
            .keep("sandbox_outcome", &self.sandbox_outcome)
    }

    fn amount(&self, own: &MoneyTexts) -> Result<Money, FieldFault> {
        let currency: Currency =
            self.currency.trim().parse().map_err(|_| ("currency", own.currency_fault.to_owned()))?;
        Money::parse(self.amount.trim(), currency).map_err(|refusal| ("amount", own.amount_fault(refusal)))
    }

    fn description(&self, own: &MoneyTexts) -> Result<Option<Description>, FieldFault> {
        let text = self.description.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if card_number::is_in(text) {
            return Err(("description", own.card_number_fault.to_owned()));
        }
        text.parse().map(Some).map_err(|_| ("description", own.description_fault.to_owned()))
    }

    fn outcome(&self, own: &MoneyTexts) -> Result<Option<SandboxOutcome>, FieldFault> {
        if self.sandbox_outcome.is_empty() {
            return Ok(None);
        }
        self.sandbox_outcome.parse().map(Some).map_err(|_| ("sandbox_outcome", own.outcome_fault.to_owned()))
    }
}

fn channel_of(name: &str) -> Result<Channel, FieldFault> {
    let method: Option<Method> = name.parse().ok().filter(|method| matches!(method, Method::Wallet(_)));
    method.and_then(Method::channel).ok_or_else(|| ("channel", texts().money.channel_fault.to_owned()))
}

/// A form that moves money: where it stands and what is said when it has.
struct Form {
    name: &'static str,
    page: String,
    made: &'static str,
}

impl Form {
    async fn answer(
        self,
        services: &Services,
        member: &Member,
        application: AppId,
        environment: Environment,
        asked: Result<MovementAsked, FieldFault>,
        fields: Fields,
    ) -> Result<(), Fault> {
        let own = &texts().money;
        let mut flash = fields.kept();
        let (amount, description, outcome) = (fields.amount(own), fields.description(own), fields.outcome(own));
        let key = fields.key.parse().map_err(|_| ("amount", own.form_spent.to_owned()));
        let (asked, amount, description, sandbox_outcome, key) = match (asked, amount, description, outcome, key) {
            (Ok(asked), Ok(amount), Ok(description), Ok(outcome), Ok(key)) => {
                (asked, amount, description, outcome, key)
            }
            (asked, amount, description, outcome, key) => {
                let faults = [asked.err(), amount.err(), description.err(), outcome.err(), key.err()];
                faults.into_iter().flatten().for_each(|(field, why)| flash.refuse(field, why));
                return flash.send_back(self.name, &here(&self.page)).await;
            }
        };
        let wish = MemberMovement { key, asked, amount: Some(amount), description, sandbox_outcome };
        let refusal = match services.make_member_movement(member, application, environment, wish).await {
            Ok(id) => return done(&object_path(id), self.made).await,
            Err(MoveMoneyRefusal::Access(refusal)) => return refused(refusal),
            Err(MoveMoneyRefusal::Payment(PaymentRefusal::Service(error))) => return Err(error.into()),
            Err(MoveMoneyRefusal::Payment(refusal)) => refusal,
        };
        let (field, why) = fault_of(own, &refusal);
        flash.refuse(field, why);
        flash.send_back(self.name, &here(&self.page)).await
    }
}

fn fault_of(own: &MoneyTexts, refusal: &PaymentRefusal) -> FieldFault {
    let refusal = match refusal {
        PaymentRefusal::Books(refusal) => refusal,
        PaymentRefusal::ChannelDown => return ("amount", own.channel_down.to_owned()),
        _ => return ("amount", own.no_channel.to_owned()),
    };
    match refusal {
        Refusal::Move(MoveRefusal::AboveRefundable { refundable }) => ("amount", own.at_most(&money_text(*refundable))),
        Refusal::Move(_) => ("amount", own.state_fault.to_owned()),
        Refusal::Entry(EntryRefusal::InsufficientBalance { balance }) => {
            ("amount", own.balance_fault(&money_text(*balance)))
        }
        Refusal::Entry(EntryRefusal::AccountFull { .. }) => ("amount", own.account_full.to_owned()),
        Refusal::NoSuchAccount { .. } => ("to_account", own.account_fault.to_owned()),
        Refusal::SameAccount => ("to_account", own.same_account.to_owned()),
        Refusal::IdempotencyInProgress => ("amount", own.form_under_way.to_owned()),
        _ => ("amount", own.form_spent.to_owned()),
    }
}
