//! Refunds, transfers, top-ups and withdrawals as rows: reading them back, finding one and listing
//! them. Only the write lane writes them.

use tallyport_domain::channel::InstanceName;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};
use tallyport_domain::movement::{Movement, MovementKind, MovementName, MovementState, MovementStatus, RefundTo};
use tallyport_domain::payment::Description;
use tallyport_domain::{Environment, Money};

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::on::on;
use crate::{Conn, StorageError};

/// The columns of a [`MovementRow`], for the list of a `SELECT`.
macro_rules! movement_columns {
    () => {
        "id, kind, application_id, environment, amount_minor, currency, payment_id, channel, instance, to_holder, \
         is_to_balance, from_account, to_account, \
         description, metadata, sandbox_outcome, status, failure_code, checks, due_at_ms, event_count, created_at_ms, \
         updated_at_ms"
    };
}
pub(crate) use movement_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct MovementRow {
    id: String,
    kind: String,
    application_id: String,
    environment: String,
    amount_minor: i64,
    currency: String,
    payment_id: Option<String>,
    channel: Option<String>,
    instance: Option<String>,
    to_holder: Option<String>,
    is_to_balance: i64,
    from_account: Option<String>,
    to_account: Option<String>,
    description: Option<String>,
    metadata: Option<String>,
    sandbox_outcome: Option<String>,
    status: String,
    failure_code: Option<String>,
    checks: Option<i64>,
    due_at_ms: Option<i64>,
    event_count: i64,
    created_at_ms: i64,
    updated_at_ms: i64,
}

impl MovementRow {
    pub(crate) fn into_movement(self) -> Result<Movement, StorageError> {
        let row = RowOf { table: "movements", id: &self.id };
        let currency = row.parse("currency", &self.currency)?;
        Ok(Movement {
            id: row.parse("id", &self.id)?,
            application_id: row.parse("application_id", &self.application_id)?,
            environment: row.parse("environment", &self.environment)?,
            kind: self.kind(row)?,
            instance: row.parse_some("instance", self.instance.as_deref())?,
            amount: Money::from_minor(self.amount_minor, currency),
            description: row.parse_some("description", self.description.as_deref())?,
            metadata: row.parse_some("metadata", self.metadata.as_deref())?.unwrap_or_default(),
            sandbox_outcome: row.parse_some("sandbox_outcome", self.sandbox_outcome.as_deref())?,
            state: self.state(row)?,
            event_count: self.event_count,
            created_at_ms: self.created_at_ms,
            updated_at_ms: self.updated_at_ms,
        })
    }

    fn kind(&self, row: RowOf<'_>) -> Result<MovementKind, StorageError> {
        let channel = || row.parse("channel", self.channel.as_deref().unwrap_or_default());
        Ok(match row.parse("kind", &self.kind)? {
            MovementName::Refund => MovementKind::Refund {
                payment: row.parse("payment_id", self.payment_id.as_deref().unwrap_or_default())?,
                channel: channel()?,
                to: match (row.parse_some("to_holder", self.to_holder.as_deref())?, self.is_to_balance) {
                    (None, 0) => RefundTo::Channel,
                    (Some(holder), 0) => RefundTo::ChannelOr(holder),
                    (Some(holder), 1) => RefundTo::Wallet(holder),
                    _ => return Err(row.corrupt("is_to_balance")),
                },
            },
            MovementName::Transfer => MovementKind::Transfer {
                from: row.parse("from_account", self.from_account.as_deref().unwrap_or_default())?,
                to: row.parse("to_account", self.to_account.as_deref().unwrap_or_default())?,
            },
            MovementName::TopUp => MovementKind::TopUp { channel: channel()? },
            MovementName::Withdrawal => MovementKind::Withdrawal { channel: channel()? },
        })
    }

    fn state(&self, row: RowOf<'_>) -> Result<MovementState, StorageError> {
        Ok(match row.parse("status", &self.status)? {
            MovementStatus::Processing => MovementState::Processing,
            MovementStatus::Succeeded => MovementState::Succeeded,
            MovementStatus::Failed => {
                let code = self.failure_code.as_deref().unwrap_or_default();
                MovementState::Failed { failure: row.parse("failure_code", code)? }
            }
            MovementStatus::Unknown => MovementState::Unknown {
                checks: self.checks.and_then(|checks| u32::try_from(checks).ok()).ok_or(row.corrupt("checks"))?,
                next_check_at_ms: self.due_at_ms.ok_or(row.corrupt("due_at_ms"))?,
            },
        })
    }
}

/// A movement as the values of its columns.
pub(crate) struct MovementColumns<'a> {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) payment_id: Option<String>,
    pub(crate) channel: Option<&'static str>,
    pub(crate) instance: Option<&'a str>,
    pub(crate) to_holder: Option<String>,
    pub(crate) is_to_balance: i64,
    pub(crate) from_account: Option<String>,
    pub(crate) to_account: Option<String>,
    pub(crate) description: Option<&'a str>,
    pub(crate) metadata: Option<String>,
    pub(crate) sandbox_outcome: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) failure_code: Option<&'static str>,
    pub(crate) checks: Option<i64>,
    pub(crate) due_at_ms: Option<i64>,
    pub(crate) movement: &'a Movement,
}

impl<'a> MovementColumns<'a> {
    pub(crate) fn of(movement: &'a Movement) -> Self {
        let (payment_id, from_account, to_account) = match movement.kind {
            MovementKind::Refund { payment, .. } => (Some(payment.to_string()), None, None),
            MovementKind::Transfer { from, to } => (None, Some(from.to_string()), Some(to.to_string())),
            MovementKind::TopUp { .. } | MovementKind::Withdrawal { .. } => (None, None, None),
        };
        let (failure_code, checks, due_at_ms) = match movement.state {
            MovementState::Failed { failure } => (Some(failure.as_str()), None, None),
            MovementState::Unknown { checks, next_check_at_ms } => {
                (None, Some(i64::from(checks)), Some(next_check_at_ms))
            }
            MovementState::Processing | MovementState::Succeeded => (None, None, None),
        };
        Self {
            id: movement.id.to_string(),
            kind: movement.kind.name().as_str(),
            payment_id,
            channel: movement.kind.channel().map(tallyport_domain::channel::Channel::as_str),
            instance: movement.instance.as_ref().map(InstanceName::as_str),
            to_holder: movement.kind.holder().map(|holder| holder.to_string()),
            is_to_balance: i64::from(matches!(movement.kind, MovementKind::Refund { to: RefundTo::Wallet(_), .. })),
            from_account,
            to_account,
            description: movement.description.as_ref().map(Description::as_str),
            metadata: (!movement.metadata.is_empty()).then(|| movement.metadata.to_string()),
            sandbox_outcome: movement.sandbox_outcome.map(tallyport_domain::channel::SandboxOutcome::as_str),
            status: movement.state.status().as_str(),
            failure_code,
            checks,
            due_at_ms,
            movement,
        }
    }
}

const FIND: &str = concat!("SELECT ", movement_columns!(), " FROM movements WHERE id = $1");

/// A movement by its id, whoever it belongs to.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: ObjectId) -> Result<Option<Movement>, StorageError> {
    let mut conn = on.into();
    let row: Option<MovementRow> =
        on!(conn, |conn| sqlx::query_as::<_, MovementRow>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(MovementRow::into_movement).transpose()
}

/// Which movements a list shows.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Of this kind.
    pub kind: MovementName,
    /// Only those that stand so.
    pub status: Option<MovementStatus>,
    /// Only refunds of this payment.
    pub payment: Option<PaymentId>,
}

const LIST_REFUNDS: &str =
    concat!("SELECT ", movement_columns!(), " FROM movements WHERE payment_id = $1 ORDER BY id DESC LIMIT $2");

/// The newest refunds of a payment.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_refunds(
    on: impl Into<Conn<'_>>,
    payment: PaymentId,
    limit: i64,
) -> Result<Vec<Movement>, StorageError> {
    let mut conn = on.into();
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, MovementRow>(LIST_REFUNDS).bind(payment.to_string()).bind(limit).fetch_all(conn).await
    })?;
    rows.into_iter().map(MovementRow::into_movement).collect()
}

macro_rules! list {
    ($status:literal) => {
        concat!(
            "SELECT ",
            movement_columns!(),
            " FROM movements WHERE application_id = $1 AND environment = $2 AND kind = $3 AND id < $4 AND ",
            $status,
            " ORDER BY id DESC LIMIT $7"
        )
    };
}
const LIST: &str = list!("($5 IS NULL OR status = $6)");
/// Those that stand otherwise than nearly all have an index of their own.
const LIST_OF_RARER_STATUS: &str = list!("$5 IS NOT NULL AND status = $6 AND status <> 'succeeded'");

/// A payment has few refunds. As expressions, the other columns do not lead through all of the application's movements.
const LIST_OF_PAYMENT: &str = concat!(
    "SELECT ",
    movement_columns!(),
    " FROM movements WHERE payment_id = $8 AND application_id || '' = $1 AND environment || '' = $2 \
     AND kind || '' = $3 AND id || '' < $4 AND ($5 IS NULL OR status || '' = $6) ORDER BY id DESC LIMIT $7"
);

/// Those of an application's movements that the filter lets through, newest first, older than `before`.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    filter: Filter,
    before: Option<ObjectId>,
    limit: i64,
) -> Result<Vec<Movement>, StorageError> {
    let mut conn = on.into();
    let before = before.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let status = filter.status.map(MovementStatus::as_str);
    let payment = filter.payment.map(|id| id.to_string());
    let sql = match (&payment, filter.status) {
        (Some(_), _) => LIST_OF_PAYMENT,
        (None, None | Some(MovementStatus::Succeeded)) => LIST,
        (None, Some(_)) => LIST_OF_RARER_STATUS,
    };
    let rows = on!(conn, |conn| {
        let mut query = sqlx::query_as::<_, MovementRow>(sql)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .bind(filter.kind.as_str())
            .bind(before)
            .bind(status)
            .bind(status)
            .bind(limit);
        if let Some(payment) = payment {
            query = query.bind(payment);
        }
        query.fetch_all(conn).await
    })?;
    rows.into_iter().map(MovementRow::into_movement).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST_OF_PAYMENT, LIST_OF_RARER_STATUS};
    use crate::both_databases;

    both_databases! {
        async fn refunds_are_looked_for_by_their_payment(test: TestDb) {
            let plan = test.plan(LIST_OF_PAYMENT).await;
            assert!(plan.contains("movements_by_payment") && !plan.contains("movements_by_application"), "{plan}");
        }

        async fn whatever_stands_otherwise_than_most_is_looked_for_by_how_it_stands(test: TestDb) {
            let plan = test.plan(LIST_OF_RARER_STATUS).await;
            assert!(plan.contains("movements_by_rarer_status") && !plan.contains("movements_by_application"), "{plan}");
            assert!(!plan.to_lowercase().contains("sort") && !plan.contains("B-TREE"), "in the order of ids: {plan}");
        }
    }
}
