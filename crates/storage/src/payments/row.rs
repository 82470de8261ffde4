//! A payment as the columns of its row, both ways.

use tallyport_domain::Money;
use tallyport_domain::channel::InstanceName;
use tallyport_domain::fee::Fee;
use tallyport_domain::oauth::Payee;
use tallyport_domain::payment::{
    Description, NewPayment, Payer, Payment, PaymentState, PaymentStatus, ReturnUrl, Taken,
};

use crate::StorageError;
use crate::column::RowOf;

/// The columns of a [`PaymentRow`], for the list of a `SELECT`.
macro_rules! payment_columns {
    () => {
        "id, application_id, environment, order_id, amount_minor, currency, method, instance, payer, grant_id, payee, scene, \
         capture, description, \
         return_url, metadata, expires_at_ms, fee_basis_points, fee_fixed_minor, sandbox_outcome, status, \
         captured_minor, refunded_minor, refunding_minor, capturable_minor, failure_code, action, checks, due_at_ms, \
         idempotency_key, event_count, created_at_ms, updated_at_ms"
    };
}
pub(crate) use payment_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct PaymentRow {
    id: String,
    application_id: String,
    environment: String,
    order_id: String,
    amount_minor: i64,
    currency: String,
    method: String,
    instance: Option<String>,
    payer: Option<String>,
    grant_id: Option<String>,
    payee: Option<String>,
    scene: Option<String>,
    capture: String,
    description: Option<String>,
    return_url: Option<String>,
    metadata: Option<String>,
    expires_at_ms: Option<i64>,
    fee_basis_points: i64,
    fee_fixed_minor: i64,
    sandbox_outcome: Option<String>,
    status: String,
    captured_minor: i64,
    refunded_minor: i64,
    refunding_minor: i64,
    capturable_minor: i64,
    failure_code: Option<String>,
    action: Option<String>,
    checks: Option<i64>,
    due_at_ms: Option<i64>,
    idempotency_key: String,
    event_count: i64,
    created_at_ms: i64,
    updated_at_ms: i64,
}

impl PaymentRow {
    pub(crate) fn into_payment(self) -> Result<Payment, StorageError> {
        let row = RowOf { table: "payments", id: &self.id };
        let currency = row.parse("currency", &self.currency)?;
        let basis_points = u16::try_from(self.fee_basis_points).map_err(|_| row.corrupt("fee_basis_points"))?;
        Ok(Payment {
            asked: NewPayment {
                id: row.parse("id", &self.id)?,
                application_id: row.parse("application_id", &self.application_id)?,
                environment: row.parse("environment", &self.environment)?,
                order_id: row.parse("order_id", &self.order_id)?,
                amount: Money::from_minor(self.amount_minor, currency),
                method: row.parse("method", &self.method)?,
                instance: row.parse_some("instance", self.instance.as_deref())?,
                payer: self.payer(row)?,
                payee: row.parse_some("payee", self.payee.as_deref().filter(|_| self.payer.is_none()))?,
                scene: row.parse_some("scene", self.scene.as_deref())?,
                capture: row.parse("capture", &self.capture)?,
                description: row.parse_some("description", self.description.as_deref())?,
                return_url: row.parse_some("return_url", self.return_url.as_deref())?,
                expires_at_ms: self.expires_at_ms,
                metadata: row.parse_some("metadata", self.metadata.as_deref())?.unwrap_or_default(),
                fee: Fee { basis_points, fixed_minor: self.fee_fixed_minor },
                sandbox_outcome: row.parse_some("sandbox_outcome", self.sandbox_outcome.as_deref())?,
            },
            idempotency_key: row.parse("idempotency_key", &self.idempotency_key)?,
            state: self.state(row)?,
            event_count: self.event_count,
            created_at_ms: self.created_at_ms,
            updated_at_ms: self.updated_at_ms,
        })
    }

    fn payer(&self, row: RowOf<'_>) -> Result<Option<Payer>, StorageError> {
        match (&self.payer, &self.grant_id, &self.payee) {
            (None, None, _) => Ok(None),
            (Some(payer), Some(grant_id), Some(payee)) => Ok(Some(Payer {
                holder_id: row.parse("payer", payer)?,
                grant_id: row.parse("grant_id", grant_id)?,
                payee: Payee::parse(payee).ok_or(row.corrupt("payee"))?,
            })),
            _ => Err(row.corrupt("payer")),
        }
    }

    fn state(&self, row: RowOf<'_>) -> Result<PaymentState, StorageError> {
        let due_at_ms = self.due_at_ms.ok_or(row.corrupt("due_at_ms"));
        let state = match row.parse("status", &self.status)? {
            PaymentStatus::Created => PaymentState::Created { expires_at_ms: due_at_ms? },
            PaymentStatus::Processing => PaymentState::Processing,
            PaymentStatus::RequiresAction => PaymentState::RequiresAction {
                action: row.parse("action", self.action.as_deref().unwrap_or_default())?,
                expires_at_ms: due_at_ms?,
            },
            PaymentStatus::Authorized => PaymentState::Authorized { expires_at_ms: due_at_ms? },
            PaymentStatus::Captured | PaymentStatus::PartiallyRefunded | PaymentStatus::Refunded => {
                PaymentState::Taken(Taken {
                    captured_minor: self.captured_minor,
                    refunded_minor: self.refunded_minor,
                    refunding_minor: self.refunding_minor,
                    capturable_minor: self.capturable_minor,
                    capture_until_ms: self.due_at_ms,
                })
            }
            PaymentStatus::Canceled => PaymentState::Canceled,
            PaymentStatus::Failed => PaymentState::Failed {
                failure: row.parse("failure_code", self.failure_code.as_deref().unwrap_or_default())?,
            },
            PaymentStatus::Expired => PaymentState::Expired,
            PaymentStatus::Unknown => PaymentState::Unknown {
                checks: self.checks.and_then(|checks| u32::try_from(checks).ok()).ok_or(row.corrupt("checks"))?,
                next_check_at_ms: due_at_ms?,
            },
        };
        if state.status().as_str() == self.status { Ok(state) } else { Err(row.corrupt("status")) }
    }
}

/// What a payment's state is in columns. Of a payment that was there before, only these change.
pub(crate) struct StateColumns {
    pub(crate) status: &'static str,
    pub(crate) captured_minor: i64,
    pub(crate) refunded_minor: i64,
    pub(crate) refunding_minor: i64,
    pub(crate) capturable_minor: i64,
    pub(crate) failure_code: Option<&'static str>,
    pub(crate) action: Option<&'static str>,
    pub(crate) checks: Option<i64>,
    pub(crate) due_at_ms: Option<i64>,
}

impl StateColumns {
    fn of(state: PaymentState) -> Self {
        let mut columns = Self {
            status: state.status().as_str(),
            captured_minor: 0,
            refunded_minor: 0,
            refunding_minor: 0,
            capturable_minor: 0,
            failure_code: None,
            action: None,
            checks: None,
            due_at_ms: state.due_at_ms(),
        };
        match state {
            PaymentState::Taken(taken) => {
                columns.captured_minor = taken.captured_minor;
                columns.refunded_minor = taken.refunded_minor;
                columns.refunding_minor = taken.refunding_minor;
                columns.capturable_minor = taken.capturable_minor;
            }
            PaymentState::Failed { failure } => columns.failure_code = Some(failure.as_str()),
            PaymentState::RequiresAction { action, .. } => columns.action = Some(action.as_str()),
            PaymentState::Unknown { checks, .. } => columns.checks = Some(i64::from(checks)),
            PaymentState::Created { .. }
            | PaymentState::Processing
            | PaymentState::Authorized { .. }
            | PaymentState::Canceled
            | PaymentState::Expired => {}
        }
        columns
    }
}

/// A payment as the values of its columns.
pub(crate) struct PaymentColumns<'a> {
    pub(crate) id: String,
    pub(crate) application_id: String,
    pub(crate) environment: &'static str,
    pub(crate) order_id: &'a str,
    pub(crate) amount_minor: i64,
    pub(crate) currency: &'static str,
    pub(crate) method: &'static str,
    pub(crate) instance: Option<&'a str>,
    pub(crate) payer: Option<String>,
    pub(crate) grant_id: Option<String>,
    pub(crate) payee: Option<String>,
    pub(crate) scene: Option<&'static str>,
    pub(crate) capture: &'static str,
    pub(crate) description: Option<&'a str>,
    pub(crate) return_url: Option<&'a str>,
    pub(crate) metadata: Option<String>,
    pub(crate) expires_at_ms: Option<i64>,
    pub(crate) fee_basis_points: i64,
    pub(crate) fee_fixed_minor: i64,
    pub(crate) sandbox_outcome: Option<&'static str>,
    pub(crate) state: StateColumns,
    pub(crate) idempotency_key: &'a str,
    pub(crate) event_count: i64,
    pub(crate) created_at_ms: i64,
    pub(crate) updated_at_ms: i64,
}

impl<'a> PaymentColumns<'a> {
    pub(crate) fn of(payment: &'a Payment) -> Self {
        let asked = &payment.asked;
        Self {
            id: asked.id.to_string(),
            application_id: asked.application_id.to_string(),
            environment: asked.environment.as_str(),
            order_id: asked.order_id.as_str(),
            amount_minor: asked.amount.minor(),
            currency: asked.amount.currency().code(),
            method: asked.method.as_str(),
            instance: asked.instance.as_ref().map(InstanceName::as_str),
            payer: asked.payer.as_ref().map(|payer| payer.holder_id.to_string()),
            grant_id: asked.payer.as_ref().map(|payer| payer.grant_id.to_string()),
            payee: match &asked.payer {
                Some(payer) => Some(payer.payee.to_string()),
                None => asked.payee.map(|payee| payee.to_string()),
            },
            scene: asked.scene.map(tallyport_domain::payment::Scene::as_str),
            capture: asked.capture.as_str(),
            description: asked.description.as_ref().map(Description::as_str),
            return_url: asked.return_url.as_ref().map(ReturnUrl::as_str),
            metadata: (!asked.metadata.is_empty()).then(|| asked.metadata.to_string()),
            expires_at_ms: asked.expires_at_ms,
            fee_basis_points: i64::from(asked.fee.basis_points),
            fee_fixed_minor: asked.fee.fixed_minor,
            sandbox_outcome: asked.sandbox_outcome.map(tallyport_domain::channel::SandboxOutcome::as_str),
            state: StateColumns::of(payment.state),
            idempotency_key: payment.idempotency_key.as_str(),
            event_count: payment.event_count,
            created_at_ms: payment.created_at_ms,
            updated_at_ms: payment.updated_at_ms,
        }
    }
}
