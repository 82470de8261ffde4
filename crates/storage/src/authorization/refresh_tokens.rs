//! The table `refresh_tokens`: each row one token of a grant, and which one replaced it.

use std::fmt;

use tallyport_domain::ids::GrantId;
use tallyport_domain::oauth::{ClientId, KeptToken};

use super::SecretHash;
use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// A token with what the tokens after it will say.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshRecord {
    /// The rule's view of it.
    pub token: KeptToken,
    /// What the holder gave.
    pub grant_id: GrantId,
    /// For which resource the tokens are.
    pub resource: String,
    /// When the holder signed in.
    pub signed_in_at_s: i64,
    /// The token that replaced it, encrypted under a data key.
    pub sealed_successor: Option<Vec<u8>>,
}

impl fmt::Debug for RefreshRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RefreshRecord").field("grant_id", &self.grant_id).finish_non_exhaustive()
    }
}

/// Keeps a token that was not used.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, hash: &SecretHash, record: &RefreshRecord, now_ms: i64) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO refresh_tokens (token_hash, grant_id, jkt, resource, signed_in_at_s, \
        created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(&hash[..])
            .bind(record.grant_id.to_string())
            .bind(&record.token.jkt)
            .bind(&record.resource)
            .bind(record.signed_in_at_s)
            .bind(now_ms)
            .bind(record.token.expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    grant_id: String,
    application_id: String,
    environment: String,
    jkt: Option<String>,
    resource: String,
    signed_in_at_s: i64,
    expires_at_ms: i64,
    replaced_at_ms: Option<i64>,
    sealed_successor: Option<Vec<u8>>,
    successors_replaced: i64,
}

impl TryFrom<Row> for RefreshRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "refresh_tokens", id: &row.grant_id };
        let client = ClientId {
            application_id: stored.parse("application_id", &row.application_id)?,
            environment: stored.parse("environment", &row.environment)?,
        };
        Ok(Self {
            token: KeptToken {
                client,
                jkt: row.jkt,
                expires_at_ms: row.expires_at_ms,
                replaced_at_ms: row.replaced_at_ms,
                successor_was_used: row.successors_replaced > 0,
            },
            grant_id: stored.parse("grant_id", &row.grant_id)?,
            resource: row.resource,
            signed_in_at_s: row.signed_in_at_s,
            sealed_successor: row.sealed_successor,
        })
    }
}

macro_rules! find_sql {
    ($lock:literal) => {
        concat!(
            "SELECT r.grant_id, g.application_id, g.environment, r.jkt, r.resource, r.signed_in_at_s, ",
            "r.expires_at_ms, r.replaced_at_ms, r.sealed_successor, ",
            "(SELECT count(*) FROM refresh_tokens AS s WHERE s.token_hash = r.successor_hash ",
            "AND s.replaced_at_ms IS NOT NULL) AS successors_replaced ",
            "FROM refresh_tokens AS r JOIN grants AS g ON g.id = r.grant_id WHERE r.token_hash = $1",
            $lock
        )
    };
}

/// Finds a token, replaced and expired ones too.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, hash: &SecretHash) -> Result<Option<RefreshRecord>, StorageError> {
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(find_sql!("")).bind(&hash[..]).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds a token and keeps others from it until the transaction ends.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn lock(tx: &mut Tx, hash: &SecretHash) -> Result<Option<RefreshRecord>, StorageError> {
    const LOCK: Locking = Locking { plain: find_sql!(""), locking: find_sql!(" FOR UPDATE OF r") };
    let sql = LOCK.sql(tx.dialect());
    let row = on!(tx, |conn| sqlx::query_as::<_, Row>(sql).bind(&hash[..]).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Puts another token in a token's place.
///
/// # Errors
/// [`StorageError::Stale`] when it was replaced meanwhile.
pub async fn replace(
    tx: &mut Tx,
    hash: &SecretHash,
    successor: &SecretHash,
    sealed_successor: &[u8],
    now_ms: i64,
) -> Result<(), StorageError> {
    const REPLACE: &str = "UPDATE refresh_tokens SET replaced_at_ms = $1, successor_hash = $2, sealed_successor = $3 \
        WHERE token_hash = $4 AND replaced_at_ms IS NULL";
    let replaced = on!(tx, |conn| affected(
        sqlx::query(REPLACE)
            .bind(now_ms)
            .bind(&successor[..])
            .bind(sealed_successor)
            .bind(&hash[..])
            .execute(conn)
            .await
    ))?;
    if replaced == 1 { Ok(()) } else { Err(StorageError::Stale { table: "refresh_tokens" }) }
}

/// Pushes back when a token that stays expires.
///
/// # Errors
/// When the database refuses.
pub async fn prolong(tx: &mut Tx, hash: &SecretHash, expires_at_ms: i64) -> Result<(), StorageError> {
    const PROLONG: &str = "UPDATE refresh_tokens SET expires_at_ms = $1 WHERE token_hash = $2";
    on!(tx, |conn| affected(sqlx::query(PROLONG).bind(expires_at_ms).bind(&hash[..]).execute(conn).await))?;
    Ok(())
}
