//! The table `one_time_links`: links that work once, under the hash of their token.

use tallyport_domain::LinkPurpose;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// SHA-256 of a link's token.
pub type LinkTokenHash = [u8; 32];

/// A link that works once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLinkRecord {
    /// Stands for the token, which only the link's holder knows.
    pub token_hash: LinkTokenHash,
    /// What the link lets its holder do.
    pub purpose: LinkPurpose,
    /// Whom or what it is about: a developer's id, or nothing.
    pub subject: String,
    /// What it carries along, such as the new address that is being confirmed.
    pub detail: String,
    /// When it was made.
    pub created_at_ms: i64,
    /// From when on it does not work any more.
    pub expires_at_ms: i64,
}

/// Adds a link that has not been used.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, link: &OneTimeLinkRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO one_time_links \
        (token_hash, purpose, subject, detail, created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(&link.token_hash[..])
            .bind(link.purpose.as_str())
            .bind(&link.subject)
            .bind(&link.detail)
            .bind(link.created_at_ms)
            .bind(link.expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Whether a link would work now; for showing its form, not for letting anybody in.
///
/// # Errors
/// When the database refuses.
pub async fn is_usable(
    on: impl Into<Conn<'_>>,
    token_hash: &LinkTokenHash,
    purpose: LinkPurpose,
    now_ms: i64,
) -> Result<bool, StorageError> {
    Ok(find_usable(on, token_hash, purpose, now_ms).await?.is_some())
}

/// What a link was made for that would work now; for showing its form, not for letting anybody in.
///
/// # Errors
/// When the database refuses.
pub async fn find_usable(
    on: impl Into<Conn<'_>>,
    token_hash: &LinkTokenHash,
    purpose: LinkPurpose,
    now_ms: i64,
) -> Result<Option<LinkContents>, StorageError> {
    const FIND: &str = "SELECT subject, detail FROM one_time_links WHERE token_hash = $1 \
        AND purpose = $2 AND expires_at_ms > $3 AND used_at_ms IS NULL";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, LinkContents>(FIND)
        .bind(&token_hash[..])
        .bind(purpose.as_str())
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?)
}

/// What a link was made for.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkContents {
    /// Whom or what it is about.
    pub subject: String,
    /// What it carried along.
    pub detail: String,
}

/// Uses a link up. Of all who try, exactly one gets what it was made for; it counts once the
/// transaction commits.
///
/// # Errors
/// When the database refuses.
pub async fn take(
    tx: &mut Tx,
    token_hash: &LinkTokenHash,
    purpose: LinkPurpose,
    now_ms: i64,
) -> Result<Option<LinkContents>, StorageError> {
    const TAKE: &str = "UPDATE one_time_links SET used_at_ms = $1 WHERE token_hash = $2 \
        AND purpose = $3 AND expires_at_ms > $1 AND used_at_ms IS NULL RETURNING subject, detail";
    Ok(on!(tx, |conn| sqlx::query_as::<_, LinkContents>(TAKE)
        .bind(now_ms)
        .bind(&token_hash[..])
        .bind(purpose.as_str())
        .fetch_optional(conn)
        .await)?)
}

/// Makes every unused link for a purpose and subject useless, as when a newer one replaces them.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(tx: &mut Tx, purpose: LinkPurpose, subject: &str, now_ms: i64) -> Result<u64, StorageError> {
    const WITHDRAW: &str = "UPDATE one_time_links SET used_at_ms = $1 \
        WHERE purpose = $2 AND subject = $3 AND used_at_ms IS NULL";
    on!(tx, |conn| affected(
        sqlx::query(WITHDRAW).bind(now_ms).bind(purpose.as_str()).bind(subject).execute(conn).await
    ))
}
