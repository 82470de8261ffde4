//! The tables `grants` and `granted_payments`: what holders gave to applications.

use tallyport_domain::ids::{GrantId, HolderId};
use tallyport_domain::oauth::{ClientId, GrantScopes, PaymentDetail};

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// What a holder gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRecord {
    /// The id.
    pub id: GrantId,
    /// Who gave it.
    pub holder_id: HolderId,
    /// To whom.
    pub client: ClientId,
    /// What it allows.
    pub scopes: GrantScopes,
    /// The payments that were consented to, as they stand in tokens; empty when there are none.
    pub details: String,
    /// When it was given.
    pub created_at_ms: i64,
    /// When it ends by itself.
    pub expires_at_ms: i64,
    /// When it was ended before its time.
    pub ended_at_ms: Option<i64>,
}

impl GrantRecord {
    /// Whether it still allows anything.
    #[must_use]
    pub const fn is_alive(&self, now_ms: i64) -> bool {
        self.ended_at_ms.is_none() && now_ms < self.expires_at_ms
    }
}

/// Why a grant ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its holder took it back.
    Withdrawn,
    /// Its application gave it back.
    Revoked,
    /// Its code came twice.
    CodeReplayed,
    /// One of its refresh tokens came twice.
    RefreshReused,
}

impl Ending {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Revoked => "revoked",
            Self::CodeReplayed => "code_replayed",
            Self::RefreshReused => "refresh_reused",
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    holder_id: String,
    application_id: String,
    environment: String,
    scopes: String,
    details: String,
    created_at_ms: i64,
    expires_at_ms: i64,
    ended_at_ms: Option<i64>,
}

impl TryFrom<Row> for GrantRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "grants", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            holder_id: stored.parse("holder_id", &row.holder_id)?,
            client: ClientId {
                application_id: stored.parse("application_id", &row.application_id)?,
                environment: stored.parse("environment", &row.environment)?,
            },
            scopes: GrantScopes::parse(&row.scopes).map_err(|_| stored.corrupt("scopes"))?,
            details: row.details,
            created_at_ms: row.created_at_ms,
            expires_at_ms: row.expires_at_ms,
            ended_at_ms: row.ended_at_ms,
        })
    }
}

/// Keeps a grant and the payments it allows.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, grant: &GrantRecord, payments: &[PaymentDetail]) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO grants (id, holder_id, application_id, environment, scopes, details, \
        created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    const INSERT_PAYMENT: &str = "INSERT INTO granted_payments (grant_id, position, amount_minor, currency, payee) \
        VALUES ($1, $2, $3, $4, $5)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(grant.id.to_string())
            .bind(grant.holder_id.to_string())
            .bind(grant.client.application_id.to_string())
            .bind(grant.client.environment.as_str())
            .bind(grant.scopes.to_string())
            .bind(&grant.details)
            .bind(grant.created_at_ms)
            .bind(grant.expires_at_ms)
            .execute(conn)
            .await
    ))?;
    for (position, payment) in (0_i64..).zip(payments) {
        on!(tx, |conn| affected(
            sqlx::query(INSERT_PAYMENT)
                .bind(grant.id.to_string())
                .bind(position)
                .bind(payment.amount.minor())
                .bind(payment.amount.currency().code())
                .bind(payment.payee.as_str())
                .execute(conn)
                .await
        ))?;
    }
    Ok(())
}

/// Finds a grant, ended ones too.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: GrantId) -> Result<Option<GrantRecord>, StorageError> {
    const FIND: &str = "SELECT id, holder_id, application_id, environment, scopes, details, created_at_ms, \
        expires_at_ms, ended_at_ms FROM grants WHERE id = $1";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// A grant with the name of the application it was given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedGrant {
    /// The grant.
    pub grant: GrantRecord,
    /// The application's name.
    pub application_name: String,
}

#[derive(sqlx::FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    grant: Row,
    application_name: String,
}

/// The grants of a holder that still allow something, the newest first, from behind `after` on.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_alive_of_holder(
    on: impl Into<Conn<'_>>,
    holder_id: HolderId,
    now_ms: i64,
    after: Option<GrantId>,
    limit: u32,
) -> Result<Vec<NamedGrant>, StorageError> {
    const LIST: &str = "SELECT g.id, g.holder_id, g.application_id, g.environment, g.scopes, g.details, \
        g.created_at_ms, g.expires_at_ms, g.ended_at_ms, a.name AS application_name \
        FROM grants AS g JOIN applications AS a ON a.id = g.application_id \
        WHERE g.holder_id = $1 AND g.ended_at_ms IS NULL AND g.expires_at_ms > $2 AND g.id < $3 \
        ORDER BY g.id DESC LIMIT $4";
    let before = after.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, NamedRow>(LIST)
        .bind(holder_id.to_string())
        .bind(now_ms)
        .bind(&before)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    let named = |row: NamedRow| Ok(NamedGrant { grant: row.grant.try_into()?, application_name: row.application_name });
    rows.into_iter().map(named).collect()
}

/// Ends a grant. `false` when it had ended before: the first reason counts.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, id: GrantId, because: Ending, now_ms: i64) -> Result<bool, StorageError> {
    const END: &str = "UPDATE grants SET ended_at_ms = $1, ended_because = $2 WHERE id = $3 AND ended_at_ms IS NULL";
    let ended = on!(tx, |conn| affected(
        sqlx::query(END).bind(now_ms).bind(because.as_str()).bind(id.to_string()).execute(conn).await
    ))?;
    Ok(ended == 1)
}
