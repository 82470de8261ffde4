//! What people change about their own row of `developers`. Each statement names the state that it
//! expects, so that of two who change the same at once one is told.

use tallyport_domain::ids::DeveloperId;
use tallyport_domain::{Language, TeamRole};

use crate::conn::Tx;
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// Writes down that the address is theirs. `false` when it was so already, or the account is closed.
///
/// # Errors
/// When the database refuses.
pub async fn verify_email(tx: &mut Tx, id: DeveloperId, now_ms: i64) -> Result<bool, StorageError> {
    const VERIFY: &str = "UPDATE developers SET email_verified_at_ms = $1 \
        WHERE id = $2 AND email_verified_at_ms IS NULL AND closed_at_ms IS NULL";
    let verified = on!(tx, |conn| affected(sqlx::query(VERIFY).bind(now_ms).bind(id.to_string()).execute(conn).await))?;
    Ok(verified == 1)
}

/// What somebody signs up with again whose address was never verified.
#[derive(Clone, Copy)]
pub struct SignUpAgain<'a> {
    /// The name.
    pub name: &'a str,
    /// The address as it was typed this time.
    pub email: &'a str,
    /// The hash of the password.
    pub password_hash: &'a str,
    /// The language.
    pub language: Language,
}

/// Starts an account over that nobody could use yet. `false` when it was verified meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn start_over(tx: &mut Tx, id: DeveloperId, again: SignUpAgain<'_>) -> Result<bool, StorageError> {
    const START_OVER: &str = "UPDATE developers SET name = $1, email = $2, password_hash = $3, language = $4 \
        WHERE id = $5 AND email_verified_at_ms IS NULL AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(
        sqlx::query(START_OVER)
            .bind(again.name)
            .bind(again.email)
            .bind(again.password_hash)
            .bind(again.language.tag())
            .bind(id.to_string())
            .execute(conn)
            .await
    ))?;
    Ok(changed == 1)
}

/// Replaces a password's hash. `false` when it is not the expected one any more.
///
/// # Errors
/// When the database refuses.
pub async fn replace_password(tx: &mut Tx, id: DeveloperId, old: &str, new: &str) -> Result<bool, StorageError> {
    const REPLACE: &str =
        "UPDATE developers SET password_hash = $1 WHERE id = $2 AND password_hash = $3 AND closed_at_ms IS NULL";
    let changed =
        on!(tx, |conn| affected(sqlx::query(REPLACE).bind(new).bind(id.to_string()).bind(old).execute(conn).await))?;
    Ok(changed == 1)
}

/// Sets a password's hash, whatever it was. `false` when the account is closed.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(tx: &mut Tx, id: DeveloperId, new: &str) -> Result<bool, StorageError> {
    const SET: &str = "UPDATE developers SET password_hash = $1 WHERE id = $2 AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(sqlx::query(SET).bind(new).bind(id.to_string()).execute(conn).await))?;
    Ok(changed == 1)
}

/// Moves an account to another address, which counts as verified. `false` when the account is closed
/// or its address is not the expected one.
///
/// # Errors
/// [`StorageError::Conflict`] on [`crate::developers::EMAIL_IS_UNIQUE`] when the address is taken.
pub async fn move_email(
    tx: &mut Tx,
    id: DeveloperId,
    old_key: &str,
    (email, email_key): (&str, &str),
    now_ms: i64,
) -> Result<bool, StorageError> {
    const MOVE: &str = "UPDATE developers SET email = $1, email_key = $2, email_verified_at_ms = $3 \
        WHERE id = $4 AND email_key = $5 AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(
        sqlx::query(MOVE)
            .bind(email)
            .bind(email_key)
            .bind(now_ms)
            .bind(id.to_string())
            .bind(old_key)
            .execute(conn)
            .await
    ))?;
    Ok(changed == 1)
}

/// Changes how somebody is called and in which language mails to them are.
///
/// # Errors
/// When the database refuses.
pub async fn set_profile(tx: &mut Tx, id: DeveloperId, name: &str, language: Language) -> Result<bool, StorageError> {
    const SET: &str = "UPDATE developers SET name = $1, language = $2 WHERE id = $3 AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(
        sqlx::query(SET).bind(name).bind(language.tag()).bind(id.to_string()).execute(conn).await
    ))?;
    Ok(changed == 1)
}

/// Closes an account: nobody signs in any more, and the address is free for another. `false` when it
/// was closed already.
///
/// # Errors
/// When the database refuses.
pub async fn close(tx: &mut Tx, id: DeveloperId, now_ms: i64) -> Result<bool, StorageError> {
    // An id is no address, so nobody can sign up to this key.
    const CLOSE: &str = "UPDATE developers SET closed_at_ms = $1, email = '', email_key = $2, password_hash = '', \
        role = 'developer' WHERE id = $2 AND closed_at_ms IS NULL";
    let closed = on!(tx, |conn| affected(sqlx::query(CLOSE).bind(now_ms).bind(id.to_string()).execute(conn).await))?;
    Ok(closed == 1)
}

/// What keeps somebody in a team: they are its only owner, and others are in it. None when nothing does.
/// The teams are locked, so that this holds until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn find_team_that_needs(tx: &mut Tx, id: DeveloperId) -> Result<Option<String>, StorageError> {
    macro_rules! teams {
        () => {
            "SELECT id FROM teams WHERE id IN (SELECT team_id FROM team_members WHERE developer_id = $1) ORDER BY id"
        };
    }
    const LOCK: Locking = Locking { plain: teams!(), locking: concat!(teams!(), " FOR UPDATE") };
    const NEEDS: &str = "SELECT t.name FROM teams AS t JOIN team_members AS m ON m.team_id = t.id \
        WHERE m.developer_id = $1 AND m.role = $2 \
        AND EXISTS (SELECT 1 FROM team_members AS o WHERE o.team_id = t.id AND o.developer_id <> $1) \
        AND NOT EXISTS (SELECT 1 FROM team_members AS o WHERE o.team_id = t.id AND o.developer_id <> $1 AND o.role = $2) \
        ORDER BY t.id LIMIT 1";
    let lock = LOCK.sql(tx.dialect());
    on!(tx, |conn| sqlx::query_scalar::<_, String>(lock).bind(id.to_string()).fetch_all(conn).await)?;
    Ok(on!(tx, |conn| sqlx::query_scalar::<_, String>(NEEDS)
        .bind(id.to_string())
        .bind(TeamRole::Owner.as_str())
        .fetch_optional(conn)
        .await)?)
}

/// Takes somebody out of every team, and revokes the credentials of teams that nobody is left in.
///
/// # Errors
/// When the database refuses.
pub async fn leave_teams(tx: &mut Tx, id: DeveloperId, now_ms: i64) -> Result<(), StorageError> {
    const REVOKE: &str = "UPDATE credentials SET revoked_at_ms = $1 WHERE revoked_at_ms IS NULL \
        AND application_id IN (SELECT a.id FROM applications AS a \
        JOIN team_members AS m ON m.team_id = a.team_id WHERE m.developer_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM team_members AS o WHERE o.team_id = a.team_id AND o.developer_id <> $2))";
    const LEAVE: &str = "DELETE FROM team_members WHERE developer_id = $1";
    on!(tx, |conn| affected(sqlx::query(REVOKE).bind(now_ms).bind(id.to_string()).execute(conn).await))?;
    on!(tx, |conn| affected(sqlx::query(LEAVE).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}
