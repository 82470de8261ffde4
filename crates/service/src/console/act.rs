//! Moving money by hand: refunds, transfers, top-ups and withdrawals. The effect and the audit log's
//! entry about it commit together.

use serde_json::{Value, json};
use tallyport_domain::books::{Command, IdempotencyKey, MovementAsked, TransferTo};
use tallyport_domain::channel::SandboxOutcome;
use tallyport_domain::ids::{AppId, ObjectId};
use tallyport_domain::payment::{Description, Metadata};
use tallyport_domain::team::Power;
use tallyport_domain::{Environment, Money};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::lane::Witness;
use crate::movements::MovementRequest;
use crate::payments::{Call, CallAnswer, PaymentRefusal, answered};
use crate::teams::AccessRefusal;

/// What a member wants to move.
#[derive(Debug, Clone)]
pub struct MemberMovement {
    /// The member's name for the effect: a form that is sent twice has one.
    pub key: IdempotencyKey,
    /// What is asked for.
    pub asked: MovementAsked,
    /// How much; a refund may leave it open.
    pub amount: Option<Money>,
    /// For people to read.
    pub description: Option<Description>,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
}

/// Why money is not moved by hand.
#[derive(Debug, thiserror::Error)]
pub enum MoveMoneyRefusal {
    /// The member may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
    /// It cannot be done.
    #[error(transparent)]
    Payment(#[from] PaymentRefusal),
}

impl From<ServiceError> for MoveMoneyRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

/// How far a role has to go to move money: in the sandbox nothing is at stake.
#[must_use]
pub const fn power_to_move(environment: Environment) -> Power {
    match environment {
        Environment::Sandbox => Power::Develop,
        Environment::Live => Power::Own,
    }
}

impl Services {
    /// Moves money of one of the member's applications. Says which movement was made; the same form once
    /// more names the same one.
    pub async fn make_member_movement(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
        wish: MemberMovement,
    ) -> Result<ObjectId, MoveMoneyRefusal> {
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        self.application_for(&mut reader, member, application_id, power_to_move(environment)).await?;
        drop(reader);
        let said = said(&wish);
        let request = MovementRequest {
            asked: wish.asked,
            amount: wish.amount,
            description: wish.description,
            metadata: Metadata::default(),
            sandbox_outcome: wish.sandbox_outcome.filter(|_| environment == Environment::Sandbox),
            call: Call { key: wish.key, body: said.to_string(), nonce: None },
        };
        let mut command = self.moving_command(application_id, environment, request);
        if let Err(refusal) = self.put_movement(&mut command).await {
            return Ok(made(&self.repeat_or(command.keyed, refusal).await?)?);
        }
        let mut detail = said;
        detail["application"] = json!(application_id.to_string());
        detail["environment"] = json!(environment.as_str());
        let deed = Deed { action: action(wish.asked), object: command.id.to_string(), detail };
        let witness = Witness { actor: Actor::person(member), deed };
        let done = self.lane().enter()?.begin_for(witness, Command::MakeMovement(Box::new(command))).await?;
        let answer = answered(done.map_err(PaymentRefusal::from)?)?;
        Ok(made(&answer)?)
    }
}

const fn action(asked: MovementAsked) -> &'static str {
    match asked {
        MovementAsked::Refund { .. } => "refund.made",
        MovementAsked::Transfer { .. } => "transfer.made",
        MovementAsked::TopUp { .. } => "top_up.made",
        MovementAsked::Withdrawal { .. } => "withdrawal.made",
    }
}

/// What the form says, so that the same key with another wish is told apart.
fn said(wish: &MemberMovement) -> Value {
    let mut said = json!({});
    if let Some(amount) = wish.amount {
        said["amount"] = json!(amount.amount());
        said["currency"] = json!(amount.currency().code());
    }
    match wish.asked {
        MovementAsked::Refund { payment, .. } => said["payment_id"] = json!(payment.to_string()),
        MovementAsked::Transfer { to: TransferTo::Account(id) } => said["to_account"] = json!(id.to_string()),
        MovementAsked::Transfer { to: TransferTo::Wallet(id) } => said["to_holder"] = json!(id.to_string()),
        MovementAsked::TopUp { channel } | MovementAsked::Withdrawal { channel } => {
            said["channel"] = json!(channel.as_str());
        }
    }
    if let Some(description) = &wish.description {
        said["description"] = json!(description.as_str());
    }
    if let Some(outcome) = wish.sandbox_outcome {
        said["sandbox_outcome"] = json!(outcome.as_str());
    }
    said
}

/// A replayed answer names the movement that was made the first time.
fn made(answer: &CallAnswer) -> Result<ObjectId, ServiceError> {
    let body: Value = serde_json::from_str(&answer.body).map_err(|_| ServiceError::broken("an answer is no JSON"))?;
    let id = body["id"].as_str().and_then(|id| id.parse().ok());
    id.ok_or(ServiceError::broken("an answer names no movement"))
}
