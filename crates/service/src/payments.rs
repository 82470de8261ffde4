//! Payments: making one, finding one, listing an application's.

use tallyport_domain::Environment;
use tallyport_domain::Money;
use tallyport_domain::books::{Command, CreatePayment, IdempotencyKey, Nonce, Outcome, Refusal, StoredAnswer};
use tallyport_domain::ids::{AppId, PaymentId};
use tallyport_domain::payment::{Description, Method, NewPayment, OrderId, Payment};
use tallyport_domain::scope::Scope;
use tallyport_storage::payments;

use crate::Services;
use crate::caller::{Caller, Member, ScopeMissing};
use crate::channels;
use crate::error::ServiceError;
use crate::lane::Entrance;
use crate::lane::wire::made_answer;
use crate::ports::random_bytes;

/// A request for a payment whose fields were read.
#[derive(Debug)]
pub struct PaymentRequest {
    /// The partner's number for what is paid.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// With what.
    pub method: Method,
    /// For people to read.
    pub description: Option<Description>,
    /// The caller's name for this effect.
    pub key: IdempotencyKey,
    /// The body as it arrived.
    pub body: String,
    /// The nonce of its signature.
    pub nonce: Option<Nonce>,
}

/// How a request for a payment is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentAnswer {
    /// Status and body.
    pub answer: StoredAnswer,
    /// Whether the same request was answered so before.
    pub is_replayed: bool,
}

/// Why a payment is not made.
#[derive(Debug, thiserror::Error)]
pub enum PaymentRefusal {
    /// The token does not allow it.
    #[error(transparent)]
    Scope(#[from] ScopeMissing),
    /// The books do not allow it.
    #[error(transparent)]
    Books(#[from] Refusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Makes a payment and puts it to its channel. Once the payment is on disk it goes on to its
    /// end, whether the caller waits for it or not.
    pub async fn create_payment(
        &self,
        caller: &Caller,
        request: PaymentRequest,
    ) -> Result<PaymentAnswer, PaymentRefusal> {
        caller.require(Scope::PaymentsWrite)?;
        let now_ms = self.clock().now_ms();
        let create = CreatePayment {
            payment: NewPayment {
                id: PaymentId::from_parts(now_ms, random_bytes(self.randomness())),
                application_id: caller.application_id,
                environment: caller.environment,
                order_id: request.order_id,
                amount: request.amount,
                method: request.method,
                description: request.description,
            },
            key: request.key,
            request: request.body,
            nonce: request.nonce,
        };
        let id = create.payment.id;
        let entrance = self.lane().enter()?;
        // A task of its own: a caller who hangs up leaves nothing half done.
        let made = tokio::spawn(async move { make(&entrance, create).await }).await;
        let payment = match made.map_err(|_| ServiceError::broken("a payment's task ended early"))? {
            Ok(Made::Payment(payment)) => *payment,
            Ok(Made::Before(answer)) => return Ok(PaymentAnswer { answer, is_replayed: true }),
            // It took so long that the worker took the call up, and came first.
            Err(PaymentRefusal::Books(Refusal::Answer(_))) => {
                self.load_payment(id).await?.ok_or(ServiceError::broken("an answered payment is not there"))?
            }
            Err(refusal) => return Err(refusal),
        };
        Ok(PaymentAnswer { answer: made_answer(&payment), is_replayed: false })
    }

    /// Uses up the nonce of a signed call that changes nothing else. Says whether it was unused.
    pub async fn use_nonce(&self, nonce: Nonce) -> Result<bool, ServiceError> {
        match self.lane().enter()?.begin(Command::UseNonce(nonce)).await? {
            Ok(_) => Ok(true),
            Err(Refusal::NonceReused) => Ok(false),
            Err(_) => Err(ServiceError::broken("a nonce was refused for another reason")),
        }
    }

    /// One of the caller's payments. Another application's, or one of the other environment, does
    /// not exist for it.
    pub async fn find_payment(&self, caller: &Caller, id: PaymentId) -> Result<Option<Payment>, PaymentRefusal> {
        caller.require(Scope::PaymentsRead)?;
        let found = self.load_payment(id).await?;
        Ok(found.filter(|payment| {
            payment.asked.application_id == caller.application_id && payment.asked.environment == caller.environment
        }))
    }

    /// A payment of one of the member's applications.
    pub async fn find_member_payment(&self, member: &Member, id: PaymentId) -> Result<Option<Payment>, ServiceError> {
        let Some(payment) = self.load_payment(id).await? else { return Ok(None) };
        let application = self.find_application(member, payment.asked.application_id).await?;
        Ok(application.map(|_| payment))
    }

    /// The payments of one of the member's applications, newest first.
    pub async fn list_member_payments(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
        before: Option<PaymentId>,
        limit: u32,
    ) -> Result<Vec<Payment>, ServiceError> {
        if self.find_application(member, application_id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(payments::list(&mut reader, application_id, environment, before, i64::from(limit)).await?)
    }

    async fn load_payment(&self, id: PaymentId) -> Result<Option<Payment>, ServiceError> {
        Ok(payments::find(&mut self.db().read().await?, id).await?)
    }
}

/// What a call for a payment came to.
enum Made {
    /// The payment, with its channel's answer.
    Payment(Box<Payment>),
    /// The same call was answered before.
    Before(StoredAnswer),
}

async fn make(entrance: &Entrance, create: CreatePayment) -> Result<Made, PaymentRefusal> {
    match entrance.begin(Command::CreatePayment(Box::new(create))).await?? {
        Outcome::Created(payment) => Ok(Made::Payment(Box::new(settle(entrance, *payment).await?))),
        Outcome::Replayed(answer) => Ok(Made::Before(answer)),
        Outcome::NonceUsed | Outcome::Answered(_) => {
            Err(ServiceError::broken("a payment's command had another's outcome").into())
        }
    }
}

/// Asks the payment's channel and books the answer.
pub(crate) async fn settle(entrance: &Entrance, payment: Payment) -> Result<Payment, PaymentRefusal> {
    let answer = channels::authorize(&payment).await;
    let channel = payment.asked.method.channel();
    let command = Command::BookAnswer { payment_id: payment.asked.id, channel, answer };
    match entrance.go_on(command).await?? {
        Outcome::Answered(payment) => Ok(*payment),
        Outcome::NonceUsed | Outcome::Created(_) | Outcome::Replayed(_) => {
            Err(ServiceError::broken("an answer's command had another's outcome").into())
        }
    }
}
