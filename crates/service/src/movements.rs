//! Refunds, transfers, top-ups and withdrawals: making, finding and listing them.

use tallyport_domain::books::{Command, MakeMovement, MovementAsked, Operation, Refusal, TransferTo};
use tallyport_domain::channel::SandboxOutcome;
use tallyport_domain::ids::{AppId, ObjectId, RefundId, TopUpId, TransferId, WithdrawalId};
use tallyport_domain::movement::{Movement, MovementKind, MovementName, MovementState};
use tallyport_domain::payment::{Description, Metadata};
use tallyport_domain::scope::Scope;
use tallyport_domain::{Environment, Money};
use tallyport_storage::movements;
pub use tallyport_storage::movements::Filter as MovementFilter;

use crate::caller::Caller;
use crate::channels::{self, Order, Put, Roster};
use crate::contradictions;
use crate::error::ServiceError;
use crate::lane::Entrance;
use crate::payments::{Call, CallAnswer, PaymentRefusal};
use crate::ports::random_bytes;
use crate::{Services, lane::Done};

/// A request for a movement whose fields were read.
#[derive(Debug)]
pub struct MovementRequest {
    /// What is asked for.
    pub asked: MovementAsked,
    /// How much; a refund may leave it open.
    pub amount: Option<Money>,
    /// For people to read.
    pub description: Option<Description>,
    /// What the partner wants back.
    pub metadata: Metadata,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// The call.
    pub call: Call,
}

impl Services {
    /// Makes a refund, transfer, top-up or withdrawal.
    pub async fn make_movement(&self, caller: &Caller, request: MovementRequest) -> Result<CallAnswer, PaymentRefusal> {
        caller.require(writing_scope(request.asked))?;
        let mut command = self.moving_command(caller.application_id, caller.environment, request);
        match self.put_movement(&mut command).await {
            Ok(()) => self.answer(Command::MakeMovement(Box::new(command))).await,
            Err(refusal) => self.repeat_or(command.keyed, refusal).await,
        }
    }

    /// The command that a request comes to, before it is put to a channel.
    pub(crate) fn moving_command(
        &self,
        application_id: AppId,
        environment: Environment,
        request: MovementRequest,
    ) -> MakeMovement {
        let now_ms = self.clock().now_ms();
        let random = random_bytes(self.randomness());
        let (operation, id) = match request.asked {
            MovementAsked::Refund { .. } => {
                (Operation::CreateRefund, ObjectId::Refund(RefundId::from_parts(now_ms, random)))
            }
            MovementAsked::Transfer { .. } => {
                (Operation::CreateTransfer, ObjectId::Transfer(TransferId::from_parts(now_ms, random)))
            }
            MovementAsked::TopUp { .. } => {
                (Operation::CreateTopUp, ObjectId::TopUp(TopUpId::from_parts(now_ms, random)))
            }
            MovementAsked::Withdrawal { .. } => {
                (Operation::CreateWithdrawal, ObjectId::Withdrawal(WithdrawalId::from_parts(now_ms, random)))
            }
        };
        MakeMovement {
            keyed: request.call.keyed(application_id, environment, operation),
            id,
            asked: request.asked,
            instance: None,
            amount: request.amount,
            description: request.description,
            metadata: request.metadata,
            sandbox_outcome: request.sandbox_outcome,
            decided: None,
        }
    }

    /// Chooses the instance that takes a movement, and hears what it says at once; nothing when it has to
    /// be waited for, or when the movement stays inside the books. A refund goes to the instance that took
    /// the payment, if it is the caller's; otherwise the books refuse it.
    pub(crate) async fn put_movement(&self, command: &mut MakeMovement) -> Result<(), PaymentRefusal> {
        let scope = &command.keyed.scope;
        let caller = (scope.application_id, scope.environment);
        if let MovementAsked::Transfer { to: TransferTo::Wallet(holder) }
        | MovementAsked::Refund { to_holder: Some(holder), .. } = command.asked
            && !self.has_wallet(caller, holder).await?
        {
            return Err(PaymentRefusal::NoSuchHolder);
        }
        let is_inside = matches!(command.asked, MovementAsked::Transfer { .. });
        if !is_inside && !channels::work_in(scope.environment) {
            return Err(PaymentRefusal::NoChannel);
        }
        let id = command.id;
        let order_of = |amount| Order::without_payer(id, amount, command.sandbox_outcome);
        let order = || order_of(command.amount.expect("only a refund may leave its amount open"));
        let roster = self.roster();
        let put = match command.asked {
            MovementAsked::Transfer { .. } => return Ok(()),
            MovementAsked::TopUp { channel } => roster.put(channel, id.random(), |channel| channel.authorize(&order())),
            MovementAsked::Withdrawal { channel } => {
                roster.put(channel, id.random(), |channel| channel.payout(&order()))
            }
            MovementAsked::Refund { payment, .. } => {
                let found = self.load_payment(payment).await?;
                let own = found.filter(|payment| (payment.asked.application_id, payment.asked.environment) == caller);
                let Some(payment) = own else { return Ok(()) };
                let Some(channel) = payment.asked.method.channel() else { return Ok(()) };
                let order = order_of(command.amount.unwrap_or_else(|| payment.refundable()));
                roster.put_to(channel, payment.asked.instance.as_ref(), |channel| channel.refund(&order))
            }
        };
        (command.instance, command.decided) = match put {
            Put::Answered(instance, answer) => (instance, Some(answer)),
            Put::Waits(instance) => (instance, None),
            Put::Unreachable => return Err(PaymentRefusal::ChannelDown),
        };
        Ok(())
    }

    /// One of the caller's movements of that kind.
    pub async fn find_movement(&self, caller: &Caller, id: ObjectId) -> Result<Option<Movement>, PaymentRefusal> {
        caller.require(reading_scope(id))?;
        let found = self.load_movement(id).await?;
        Ok(found.filter(|movement| {
            movement.application_id == caller.application_id && movement.environment == caller.environment
        }))
    }

    /// The caller's movements of one kind, newest first.
    pub async fn list_movements(
        &self,
        caller: &Caller,
        filter: MovementFilter,
        before: Option<ObjectId>,
        limit: u32,
    ) -> Result<Vec<Movement>, PaymentRefusal> {
        caller.require(match filter.kind {
            MovementName::Refund => Scope::PaymentsRead,
            MovementName::Transfer | MovementName::TopUp | MovementName::Withdrawal => Scope::AccountsRead,
        })?;
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let limit = i64::from(limit);
        let found =
            movements::list(&mut reader, caller.application_id, caller.environment, filter, before, limit).await;
        Ok(found.map_err(ServiceError::from)?)
    }

    pub(crate) async fn load_movement(&self, id: ObjectId) -> Result<Option<Movement>, ServiceError> {
        Ok(movements::find(&mut self.db().read().await?, id).await?)
    }
}

const fn writing_scope(asked: MovementAsked) -> Scope {
    match asked {
        MovementAsked::Refund { .. } => Scope::RefundsWrite,
        MovementAsked::Transfer { .. } => Scope::TransfersWrite,
        MovementAsked::TopUp { .. } | MovementAsked::Withdrawal { .. } => Scope::AccountsWrite,
    }
}

const fn reading_scope(id: ObjectId) -> Scope {
    match id {
        ObjectId::Payment(_) | ObjectId::Refund(_) => Scope::PaymentsRead,
        ObjectId::Transfer(_) | ObjectId::TopUp(_) | ObjectId::Withdrawal(_) => Scope::AccountsRead,
    }
}

/// Asks the instance that has the movement and books the answer.
pub(crate) async fn settle(entrance: &Entrance, roster: &Roster, movement: &Movement) -> Result<(), PaymentRefusal> {
    let checks = match movement.state {
        MovementState::Processing => None,
        MovementState::Unknown { checks, .. } => Some(checks + 1),
        MovementState::Succeeded | MovementState::Failed { .. } => return Ok(()),
    };
    let (order, instance) = (Order::of_movement(movement), movement.instance.as_ref());
    let channel = movement.kind.channel().ok_or(ServiceError::broken("a movement waits for no channel"))?;
    let heard = roster.ask(channel, instance, |channel| match (checks, movement.kind) {
        (Some(checks), _) => channel.query(&order, checks),
        (None, MovementKind::Refund { .. }) => channel.refund(&order),
        (None, MovementKind::Withdrawal { .. }) => channel.payout(&order),
        (None, MovementKind::TopUp { .. } | MovementKind::Transfer { .. }) => channel.authorize(&order),
    });
    let answer = heard.await.answer();
    for _ in 0..roster.times_told(channel, instance, &order) {
        let command = Command::BookMovement { movement: movement.id, payment: movement.kind.payment(), answer };
        match entrance.go_on(command).await? {
            Ok(Done::Answered(_)) => {}
            // Somebody else, or the channel itself, told it before.
            Err(Refusal::AnswerTooLate(ended)) => contradictions::tell_of_movement(movement, &ended, answer),
            Ok(_) => return Err(ServiceError::broken("an answer's command had another's outcome").into()),
            Err(refusal) => return Err(refusal.into()),
        }
    }
    Ok(())
}
