//! The table `authorization_codes`.

use tallyport_domain::ids::GrantId;
use tallyport_domain::oauth::{ClientId, CodeState, IssuedCode};

use super::SecretHash;
use crate::column::RowOf;
use crate::conn::Tx;
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// A code with what its tokens will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRecord {
    /// The rule's view of it.
    pub code: IssuedCode,
    /// What the holder gave.
    pub grant_id: GrantId,
    /// What the client wants to find in its ID token.
    pub nonce: Option<String>,
    /// For which resource the tokens will be.
    pub resource: String,
    /// When the holder signed in.
    pub signed_in_at_s: i64,
}

/// Keeps a code that nobody has come with.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, hash: &SecretHash, record: &CodeRecord, now_ms: i64) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO authorization_codes (code_hash, grant_id, redirect_uri, code_challenge, jkt, \
        nonce, resource, signed_in_at_s, created_at_ms, expires_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(&hash[..])
            .bind(record.grant_id.to_string())
            .bind(&record.code.redirect_uri)
            .bind(&record.code.code_challenge)
            .bind(&record.code.jkt)
            .bind(&record.nonce)
            .bind(&record.resource)
            .bind(record.signed_in_at_s)
            .bind(now_ms)
            .bind(record.code.expires_at_ms)
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
    redirect_uri: String,
    code_challenge: String,
    jkt: Option<String>,
    nonce: Option<String>,
    resource: String,
    signed_in_at_s: i64,
    expires_at_ms: i64,
    used_at_ms: Option<i64>,
}

macro_rules! lock_sql {
    ($lock:literal) => {
        concat!(
            "SELECT c.grant_id, g.application_id, g.environment, c.redirect_uri, c.code_challenge, c.jkt, c.nonce, ",
            "c.resource, c.signed_in_at_s, c.expires_at_ms, c.used_at_ms ",
            "FROM authorization_codes AS c JOIN grants AS g ON g.id = c.grant_id WHERE c.code_hash = $1",
            $lock
        )
    };
}

/// Finds a code, used and expired ones too, and keeps others from it until the transaction ends.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn lock(tx: &mut Tx, hash: &SecretHash) -> Result<Option<CodeRecord>, StorageError> {
    const LOCK: Locking = Locking { plain: lock_sql!(""), locking: lock_sql!(" FOR UPDATE OF c") };
    let sql = LOCK.sql(tx.dialect());
    let row = on!(tx, |conn| sqlx::query_as::<_, Row>(sql).bind(&hash[..]).fetch_optional(conn).await)?;
    let read = |row: Row| {
        let stored = RowOf { table: "authorization_codes", id: &row.grant_id };
        let client = ClientId {
            application_id: stored.parse("application_id", &row.application_id)?,
            environment: stored.parse("environment", &row.environment)?,
        };
        let code = IssuedCode {
            client,
            redirect_uri: row.redirect_uri,
            code_challenge: row.code_challenge,
            jkt: row.jkt,
            expires_at_ms: row.expires_at_ms,
            state: if row.used_at_ms.is_some() { CodeState::Used } else { CodeState::Issued },
        };
        Ok(CodeRecord {
            code,
            grant_id: stored.parse("grant_id", &row.grant_id)?,
            nonce: row.nonce,
            resource: row.resource,
            signed_in_at_s: row.signed_in_at_s,
        })
    };
    row.map(read).transpose()
}

/// Uses a code up.
///
/// # Errors
/// [`StorageError::Stale`] when it was used meanwhile.
pub async fn mark_used(tx: &mut Tx, hash: &SecretHash, now_ms: i64) -> Result<(), StorageError> {
    const USE: &str = "UPDATE authorization_codes SET used_at_ms = $1 WHERE code_hash = $2 AND used_at_ms IS NULL";
    let used = on!(tx, |conn| affected(sqlx::query(USE).bind(now_ms).bind(&hash[..]).execute(conn).await))?;
    if used == 1 { Ok(()) } else { Err(StorageError::Stale { table: "authorization_codes" }) }
}
