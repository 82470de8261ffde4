//! The table `mails`: mail that waits to be sent, sealed.

use tallyport_domain::ids::MailId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRecord {
    /// The id.
    pub id: MailId,
    /// The address it goes to.
    pub recipient: String,
    /// Subject and text, sealed.
    pub sealed: Vec<u8>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    recipient: String,
    sealed: Vec<u8>,
    attempts: i64,
    created_at_ms: i64,
}

impl TryFrom<Row> for MailRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let id = RowOf { table: "mails", id: &row.id }.parse("id", &row.id)?;
        let Row { recipient, sealed, attempts, created_at_ms, .. } = row;
        Ok(Self { id, recipient, sealed, attempts, created_at_ms })
    }
}

/// Adds a mail that is due at once.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, mail: &MailRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO mails (id, recipient, sealed, status, attempts, due_at_ms, created_at_ms) \
        VALUES ($1, $2, $3, 'waiting', $4, $5, $5)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(mail.id.to_string())
            .bind(&mail.recipient)
            .bind(&mail.sealed[..])
            .bind(mail.attempts)
            .bind(mail.created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Takes on mails that are due, and moves them ahead: that is the lease of whoever sends them.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn lease_due(tx: &mut Tx, now_ms: i64, until_ms: i64, limit: u32) -> Result<Vec<MailRecord>, StorageError> {
    const LEASE: &str = "UPDATE mails SET due_at_ms = $1, attempts = attempts + 1 WHERE id IN (\
        SELECT id FROM mails WHERE status = 'waiting' AND due_at_ms <= $2 ORDER BY due_at_ms LIMIT $3) \
        AND status = 'waiting' AND due_at_ms <= $2 RETURNING id, recipient, sealed, attempts, created_at_ms";
    let rows = on!(tx, |conn| sqlx::query_as::<_, Row>(LEASE)
        .bind(until_ms)
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Whether a mail is due, which can be asked without taking a writer's place.
///
/// # Errors
/// When the database refuses.
pub async fn is_any_due(on: impl Into<Conn<'_>>, now_ms: i64) -> Result<bool, StorageError> {
    const ANY: &str =
        "SELECT count(*) FROM (SELECT id FROM mails WHERE status = 'waiting' AND due_at_ms <= $1 LIMIT 1) AS due";
    let mut conn = on.into();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(ANY).bind(now_ms).fetch_one(conn).await)?;
    Ok(count > 0)
}

/// A mail has left.
///
/// # Errors
/// When the database refuses.
pub async fn mark_sent(tx: &mut Tx, id: MailId) -> Result<(), StorageError> {
    const SENT: &str = "UPDATE mails SET status = 'sent' WHERE id = $1 AND status = 'waiting'";
    on!(tx, |conn| affected(sqlx::query(SENT).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}

/// A mail is not tried any more.
///
/// # Errors
/// When the database refuses.
pub async fn mark_failed(tx: &mut Tx, id: MailId) -> Result<(), StorageError> {
    const FAILED: &str = "UPDATE mails SET status = 'failed' WHERE id = $1 AND status = 'waiting'";
    on!(tx, |conn| affected(sqlx::query(FAILED).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}

/// A mail is tried again at a later time.
///
/// # Errors
/// When the database refuses.
pub async fn postpone(tx: &mut Tx, id: MailId, due_at_ms: i64) -> Result<(), StorageError> {
    const POSTPONE: &str = "UPDATE mails SET due_at_ms = $1 WHERE id = $2 AND status = 'waiting'";
    on!(tx, |conn| affected(sqlx::query(POSTPONE).bind(due_at_ms).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}

/// The newest mails, waiting and sent, newest first: the local mailbox.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_newest(on: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<MailRecord>, StorageError> {
    const LIST: &str = "SELECT id, recipient, sealed, attempts, created_at_ms FROM mails \
        ORDER BY id DESC LIMIT $1";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(i64::from(limit)).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Takes away mails that are done with and older than a time, at most so many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_done(tx: &mut Tx, before_ms: i64, limit: u32) -> Result<u64, StorageError> {
    const DELETE: &str = "DELETE FROM mails WHERE id IN (SELECT id FROM mails \
        WHERE status <> 'waiting' AND created_at_ms < $1 ORDER BY id LIMIT $2)";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(before_ms).bind(i64::from(limit)).execute(conn).await))
}
