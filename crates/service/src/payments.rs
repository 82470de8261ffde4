//! Payments: making, capturing and canceling one, finding one, listing an application's.

use tallyport_domain::books::{
    CapturePayment, Command, CreatePayment, IdempotencyKey, IdempotencyScope, Keyed, Nonce, Operation, Refusal,
};
use tallyport_domain::channel::{ChannelAnswer, SandboxOutcome};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{AppId, HolderId, PaymentId};
use tallyport_domain::oauth::Payee;
use tallyport_domain::payment::{
    CaptureMode, Description, Metadata, Method, MoveRefusal, NewPayment, OrderId, Payment, PaymentState, ReturnUrl,
    Scene,
};
use tallyport_domain::schedule::EXPIRY_MS_MAX;
use tallyport_domain::scope::Scope;
use tallyport_domain::{Environment, Money};
use tallyport_storage::payments;
pub use tallyport_storage::payments::Filter as PaymentFilter;

use crate::Services;
use crate::caller::{Caller, ScopeMissing};
use crate::channels::{self, Order, Put, Roster};
use crate::contradictions;
use crate::error::ServiceError;
use crate::lane::{Done, Entrance};
use crate::payer::PayerRefusal;
use crate::ports::random_bytes;

/// What every call that moves money brings along.
#[derive(Debug)]
pub struct Call {
    /// The caller's name for the effect.
    pub key: IdempotencyKey,
    /// The body as it arrived.
    pub body: String,
    /// The nonce of its signature.
    pub nonce: Option<Nonce>,
}

impl Call {
    pub(crate) fn keyed(self, application_id: AppId, environment: Environment, operation: Operation) -> Keyed {
        let scope = IdempotencyScope { application_id, environment, operation, key: self.key };
        Keyed { scope, request: self.body, nonce: self.nonce }
    }
}

/// A request for a payment whose fields were read.
#[derive(Debug)]
pub struct PaymentRequest {
    /// The partner's number for what is paid.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// With what.
    pub method: Method,
    /// Who is paid: the account holder who gets what a channel captures, or whom the payer consented to pay.
    pub payee: Option<Payee>,
    /// Where the payer is.
    pub scene: Option<Scene>,
    /// When the money is taken.
    pub capture: CaptureMode,
    /// For people to read.
    pub description: Option<Description>,
    /// Where the payer's browser goes afterwards.
    pub return_url: Option<ReturnUrl>,
    /// When the payer is too late.
    pub expires_at_ms: Option<i64>,
    /// What the partner wants back.
    pub metadata: Metadata,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// The call.
    pub call: Call,
}

/// How a call that moves money is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallAnswer {
    /// The object as JSON.
    pub body: String,
    /// Whether the same request was answered so before.
    pub is_replayed: bool,
}

/// Why a call that moves money does nothing.
#[derive(Debug, thiserror::Error)]
pub enum PaymentRefusal {
    /// The token does not allow it.
    #[error(transparent)]
    Scope(#[from] ScopeMissing),
    /// It does not fit who pays.
    #[error(transparent)]
    Payer(#[from] PayerRefusal),
    /// There is no channel in this environment.
    #[error("no channel works here")]
    NoChannel,
    /// No instance of the channel can be reached. Nothing was done.
    #[error("the channel cannot be reached")]
    ChannelDown,
    /// There is no account holder of that id in this environment.
    #[error("there is no such account holder")]
    NoSuchHolder,
    /// There is no account holder of that id in this environment who could be paid.
    #[error("there is no such payee")]
    NoSuchPayee,
    /// The payment would expire in the past, or too late.
    #[error("a payment expires within {EXPIRY_MS_MAX} milliseconds")]
    Expiry,
    /// The books do not allow it.
    #[error(transparent)]
    Books(#[from] Refusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// The body with who pays, as the payment itself names them. An idempotency key is the application's, whoever
/// it calls for: the same key and body for another holder ask for something else, and are told so rather than
/// shown what the first one paid.
fn naming(body: &str, payer: HolderId) -> String {
    // It was read as an object that has members.
    let members = body.trim_start().trim_start_matches('{');
    format!("{{\"payer\":\"{payer}\",{members}")
}

impl Services {
    /// Makes a payment and puts it to its channel. Once the payment is on disk it goes on to its
    /// end, whether the caller waits for it or not.
    pub async fn create_payment(&self, caller: &Caller, request: PaymentRequest) -> Result<CallAnswer, PaymentRefusal> {
        let payer = caller.payer(&request)??;
        let payee = request.payee.filter(|_| payer.is_none());
        let mut call = request.call;
        if let Some(payer) = &payer {
            call.body = naming(&call.body, payer.holder_id);
        }
        let mut payment = NewPayment {
            id: PaymentId::from_parts(self.clock().now_ms(), random_bytes(self.randomness())),
            application_id: caller.application_id,
            environment: caller.environment,
            order_id: request.order_id,
            amount: request.amount,
            method: request.method,
            instance: None,
            payer,
            payee: None,
            scene: request.scene,
            capture: request.capture,
            description: request.description,
            return_url: request.return_url,
            expires_at_ms: request.expires_at_ms,
            metadata: request.metadata,
            fee: Fee::default(),
            sandbox_outcome: request.sandbox_outcome,
        };
        let id = payment.id;
        let keyed = call.keyed(caller.application_id, caller.environment, Operation::CreatePayment);
        let roster = self.roster();
        let decided = match self.put_payment(caller, &roster, &mut payment, payee.as_ref()).await {
            Ok(decided) => decided,
            Err(refusal) => return self.repeat_or(keyed, refusal).await,
        };
        let command = Command::CreatePayment(Box::new(CreatePayment { keyed, payment, decided }));
        if decided.is_some() {
            return self.answer(command).await;
        }
        let entrance = self.lane().enter()?;
        // A task of its own: a caller who hangs up leaves nothing half done.
        let made = tokio::spawn(async move { make(&entrance, &roster, command).await }).await;
        match made.map_err(|_| ServiceError::broken("a payment's task ended early"))? {
            // It took so long that a worker took the call up, and came first.
            Err(refusal) if came_too_late(&refusal) => {
                let payment = self.load_payment(id).await?;
                let payment = payment.ok_or(ServiceError::broken("an answered payment is not there"))?;
                Ok(CallAnswer { body: self.text_of(&payment), is_replayed: false })
            }
            answer => answer,
        }
    }

    /// Takes money that is held, all of it or a part.
    pub async fn capture_payment(
        &self,
        caller: &Caller,
        payment: PaymentId,
        amount: Option<Money>,
        is_final: bool,
        call: Call,
    ) -> Result<CallAnswer, PaymentRefusal> {
        caller.require(Scope::PaymentsWrite)?;
        let keyed = call.keyed(caller.application_id, caller.environment, Operation::CapturePayment(payment));
        let put = self.put_hold(caller, payment, |channel, held| {
            channel.capture(&Order::of_payment(&held.asked), amount.unwrap_or_else(|| held.capturable()))
        });
        if let Err(refusal) = put.await {
            return self.repeat_or(keyed, refusal).await;
        }
        self.answer(Command::CapturePayment(Box::new(CapturePayment { keyed, payment, amount, is_final }))).await
    }

    /// Calls a payment off before money was taken.
    pub async fn cancel_payment(
        &self,
        caller: &Caller,
        payment: PaymentId,
        call: Call,
    ) -> Result<CallAnswer, PaymentRefusal> {
        caller.require(Scope::PaymentsWrite)?;
        let keyed = call.keyed(caller.application_id, caller.environment, Operation::CancelPayment(payment));
        let put = self.put_hold(caller, payment, |channel, held| channel.cancel(&Order::of_payment(&held.asked)));
        if let Err(refusal) = put.await {
            return self.repeat_or(keyed, refusal).await;
        }
        self.answer(Command::CancelPayment { keyed: Box::new(keyed), payment }).await
    }

    /// Checks what the books do not know of a new payment, chooses the instance that takes it and hears what that says
    /// at once; nothing when it has to be waited for.
    async fn put_payment(
        &self,
        caller: &Caller,
        roster: &Roster,
        payment: &mut NewPayment,
        payee: Option<&Payee>,
    ) -> Result<Option<ChannelAnswer>, PaymentRefusal> {
        if !channels::work_in(caller.environment) {
            return Err(PaymentRefusal::NoChannel);
        }
        if let Some(at_ms) = payment.expires_at_ms {
            let now_ms = self.now_ms_in(caller.application_id, caller.environment).await?;
            if at_ms <= now_ms || at_ms > now_ms.saturating_add(EXPIRY_MS_MAX) {
                return Err(PaymentRefusal::Expiry);
            }
        }
        if let Some(payee) = payee {
            payment.payee = Some(self.payee(caller, payee).await?);
        }
        put(roster, payment)
    }

    /// The account holder who is to get what a channel captures.
    async fn payee(&self, caller: &Caller, payee: &Payee) -> Result<HolderId, PaymentRefusal> {
        let holder = payee.as_str().parse().map_err(|_| PaymentRefusal::NoSuchPayee)?;
        if self.has_wallet((caller.application_id, caller.environment), holder).await? {
            Ok(holder)
        } else {
            Err(PaymentRefusal::NoSuchPayee)
        }
    }

    /// Hears from the instance that holds a payer's money whether it does what is about to be booked. Only
    /// what it says without leaving the process counts, so nothing has happened should the books refuse.
    /// Where nothing is held, the books need nobody.
    async fn put_hold(
        &self,
        caller: &Caller,
        id: PaymentId,
        ask: impl Fn(&dyn channels::Channel, &Payment) -> channels::Reply,
    ) -> Result<(), PaymentRefusal> {
        let held = self.load_payment(id).await?.filter(|payment| {
            payment.asked.application_id == caller.application_id
                && payment.asked.environment == caller.environment
                && payment.capturable().minor() > 0
        });
        let Some((payment, channel)) = held.and_then(|held| held.asked.method.channel().map(|channel| (held, channel)))
        else {
            return Ok(());
        };
        let roster = self.roster();
        match roster.put_to(channel, payment.asked.instance.as_ref(), |channel| ask(channel, &payment)) {
            Put::Answered(_, ChannelAnswer::Approved) => Ok(()),
            // Nothing was done, and the hold is there as before.
            Put::Answered(..) | Put::Waits(_) | Put::Unreachable => Err(PaymentRefusal::ChannelDown),
        }
    }

    /// Puts a command into the lane that is answered at once.
    pub(crate) async fn answer(&self, command: Command) -> Result<CallAnswer, PaymentRefusal> {
        answered(self.lane().enter()?.begin(command).await??)
    }

    /// Uses up the nonce of a signed call that changes nothing else. Says whether it was unused.
    pub async fn use_nonce(&self, nonce: Nonce) -> Result<bool, ServiceError> {
        match self.lane().enter()?.begin(Command::UseNonce(nonce)).await? {
            Ok(_) => Ok(true),
            Err(Refusal::NonceReused) => Ok(false),
            Err(_) => Err(ServiceError::broken("a nonce was refused for another reason")),
        }
    }

    /// The caller's payments that the filter lets through, newest first.
    pub async fn list_payments(
        &self,
        caller: &Caller,
        filter: &PaymentFilter,
        before: Option<PaymentId>,
        limit: u32,
    ) -> Result<Vec<Payment>, PaymentRefusal> {
        caller.require(Scope::PaymentsRead)?;
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let (application_id, environment, limit) = (caller.application_id, caller.environment, i64::from(limit));
        let found = payments::list_filtered(&mut reader, application_id, environment, filter, before, limit).await;
        Ok(found.map_err(ServiceError::from)?)
    }

    /// One of the caller's payments. Another application's, one of the other environment, or what
    /// somebody else than the token's account holder paid, does not exist for it.
    pub async fn find_payment(&self, caller: &Caller, id: PaymentId) -> Result<Option<Payment>, PaymentRefusal> {
        caller.carries(Scope::PaymentsRead)?;
        let found = self.load_payment(id).await?;
        Ok(found.filter(|Payment { asked, .. }| {
            let payer = asked.payer.as_ref().map(|payer| payer.holder_id);
            asked.application_id == caller.application_id
                && asked.environment == caller.environment
                && caller.holder.as_ref().is_none_or(|holder| payer == Some(holder.holder_id))
        }))
    }

    fn text_of(&self, payment: &Payment) -> String {
        serde_json::to_string(&tallyport_contract::payment::Payment::of(payment, self.public_url()))
            .expect("wire types hold nothing that JSON cannot say")
    }

    pub(crate) async fn load_payment(&self, id: PaymentId) -> Result<Option<Payment>, ServiceError> {
        Ok(payments::find(&mut self.db().read().await?, id).await?)
    }
}

pub(crate) fn answered(done: Done) -> Result<CallAnswer, PaymentRefusal> {
    match done {
        Done::Answered(body) => Ok(CallAnswer { body, is_replayed: false }),
        Done::Replayed(body) => Ok(CallAnswer { body, is_replayed: true }),
        Done::NonceUsed | Done::Waiting(_) => Err(ServiceError::broken("a command had another's outcome").into()),
    }
}

/// Chooses the instance that takes a payment, and hears what it says at once; nothing when it has to be
/// waited for, or when the payer has not chosen yet.
pub(crate) fn put(roster: &Roster, payment: &mut NewPayment) -> Result<Option<ChannelAnswer>, PaymentRefusal> {
    let Some(channel) = payment.method.channel() else { return Ok(None) };
    let order = Order::of_payment(payment);
    let (instance, answer) = match roster.put(channel, payment.id.random(), |channel| channel.authorize(&order)) {
        Put::Answered(instance, answer) => (instance, Some(answer)),
        Put::Waits(instance) => (instance, None),
        Put::Unreachable => return Err(PaymentRefusal::ChannelDown),
    };
    payment.instance = instance;
    Ok(answer)
}

async fn make(entrance: &Entrance, roster: &Roster, command: Command) -> Result<CallAnswer, PaymentRefusal> {
    match entrance.begin(command).await?? {
        Done::Waiting(payment) => settle(entrance, roster, &payment).await,
        done => answered(done),
    }
}

/// Asks the instance that has the payment and books the answer.
pub(crate) async fn settle(
    entrance: &Entrance,
    roster: &Roster,
    payment: &Payment,
) -> Result<CallAnswer, PaymentRefusal> {
    let checks = match payment.state {
        PaymentState::Unknown { checks, .. } => Some(checks + 1),
        _ => None,
    };
    let (order, instance) = (Order::of_payment(&payment.asked), payment.asked.instance.as_ref());
    let channel = payment.asked.method.channel().ok_or(ServiceError::broken("a payment waits for no channel"))?;
    let heard = roster
        .ask(channel, instance, |channel| match checks {
            None => channel.authorize(&order),
            Some(checks) => channel.query(&order, checks),
        })
        .await;
    let answer = heard.answer();
    let command = Command::BookAnswer { payment: payment.asked.id, answer };
    let first = entrance.go_on(command.clone()).await?;
    if let Err(refusal) = &first {
        contradictions::tell_of_payment(refusal, answer);
    }
    for _ in 1..roster.times_told(channel, instance, &order) {
        // Told once more, it changes nothing.
        let _ = entrance.go_on(command.clone()).await?;
    }
    answered(first?)
}

/// Whether the refusal only says that somebody else was faster.
pub(crate) const fn came_too_late(refusal: &PaymentRefusal) -> bool {
    matches!(refusal, PaymentRefusal::Books(Refusal::Move(MoveRefusal::WrongState { .. })))
}
