//! The table `team_invitations`: who was asked into which team, under the hash of the token that
//! came by mail.

use tallyport_domain::TeamRole;
use tallyport_domain::ids::{DeveloperId, InvitationId, TeamId};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// SHA-256 of an invitation's token.
pub type InvitationTokenHash = [u8; 32];

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRecord {
    /// The id.
    pub id: InvitationId,
    /// Into which team.
    pub team_id: TeamId,
    /// The address that it goes to, as it was typed.
    pub email: String,
    /// The address in the form that is unique.
    pub email_key: String,
    /// What the person is to be in the team.
    pub role: TeamRole,
    /// Who asked them.
    pub invited_by: DeveloperId,
    /// When.
    pub created_at_ms: i64,
    /// When the mail was last written.
    pub sent_at_ms: i64,
    /// From when on it cannot be accepted any more.
    pub expires_at_ms: i64,
}

/// An invitation with what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// The invitation.
    pub invitation: InvitationRecord,
    /// The team's name.
    pub team_name: String,
    /// The name of who asked.
    pub invited_by_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    team_id: String,
    email: String,
    email_key: String,
    role: String,
    invited_by: String,
    created_at_ms: i64,
    sent_at_ms: i64,
    expires_at_ms: i64,
    team_name: String,
    invited_by_name: String,
}

impl TryFrom<Row> for OpenInvitation {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "team_invitations", id: &row.id };
        let invitation = InvitationRecord {
            id: stored.parse("id", &row.id)?,
            team_id: stored.parse("team_id", &row.team_id)?,
            role: stored.parse("role", &row.role)?,
            invited_by: stored.parse("invited_by", &row.invited_by)?,
            email: row.email,
            email_key: row.email_key,
            created_at_ms: row.created_at_ms,
            sent_at_ms: row.sent_at_ms,
            expires_at_ms: row.expires_at_ms,
        };
        Ok(Self { invitation, team_name: row.team_name, invited_by_name: row.invited_by_name })
    }
}

macro_rules! select_open {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.team_id, i.email, i.email_key, i.role, i.invited_by, i.created_at_ms, i.sent_at_ms, ",
            "i.expires_at_ms, t.name AS team_name, d.name AS invited_by_name FROM team_invitations AS i ",
            "JOIN teams AS t ON t.id = i.team_id JOIN developers AS d ON d.id = i.invited_by ",
            "WHERE i.accepted_at_ms IS NULL AND i.withdrawn_at_ms IS NULL ",
            $rest
        )
    };
}

/// Adds an invitation. There must be no open one for the same address and team.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx,
    invitation: &InvitationRecord,
    token_hash: &InvitationTokenHash,
) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO team_invitations (id, team_id, email, email_key, role, token_hash, \
        invited_by, created_at_ms, sent_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(invitation.id.to_string())
            .bind(invitation.team_id.to_string())
            .bind(&invitation.email)
            .bind(&invitation.email_key)
            .bind(invitation.role.as_str())
            .bind(&token_hash[..])
            .bind(invitation.invited_by.to_string())
            .bind(invitation.created_at_ms)
            .bind(invitation.sent_at_ms)
            .bind(invitation.expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// The invitations of a team that were neither accepted nor withdrawn, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_team(
    on: impl Into<Conn<'_>>,
    team_id: TeamId,
    limit: u32,
) -> Result<Vec<OpenInvitation>, StorageError> {
    const LIST: &str = select_open!("AND i.team_id = $1 ORDER BY i.id DESC LIMIT $2");
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(team_id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The invitations that an address could accept now, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_address(
    on: impl Into<Conn<'_>>,
    email_key: &str,
    now_ms: i64,
    limit: u32,
) -> Result<Vec<OpenInvitation>, StorageError> {
    const LIST: &str = select_open!("AND i.email_key = $1 AND i.expires_at_ms > $2 ORDER BY i.id DESC LIMIT $3");
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(email_key)
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Finds an invitation by its token, as long as it could be accepted.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_by_token(
    on: impl Into<Conn<'_>>,
    token_hash: &InvitationTokenHash,
    now_ms: i64,
) -> Result<Option<OpenInvitation>, StorageError> {
    const FIND: &str = select_open!("AND i.token_hash = $1 AND i.expires_at_ms > $2");
    let mut conn = on.into();
    let row =
        on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(&token_hash[..]).bind(now_ms).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds an invitation that was neither accepted nor withdrawn.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: InvitationId) -> Result<Option<OpenInvitation>, StorageError> {
    const FIND: &str = select_open!("AND i.id = $1");
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Uses an invitation up. Of all who try, exactly one gets `true`; it counts once the transaction
/// commits.
///
/// # Errors
/// When the database refuses.
pub async fn accept(tx: &mut Tx, id: InvitationId, now_ms: i64) -> Result<bool, StorageError> {
    const ACCEPT: &str = "UPDATE team_invitations SET accepted_at_ms = $2 WHERE id = $1 \
        AND accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL AND expires_at_ms > $2";
    let accepted = on!(tx, |conn| affected(sqlx::query(ACCEPT).bind(id.to_string()).bind(now_ms).execute(conn).await))?;
    Ok(accepted == 1)
}

/// Takes an invitation back. `false` when it was accepted or withdrawn before.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(tx: &mut Tx, id: InvitationId, now_ms: i64) -> Result<bool, StorageError> {
    const WITHDRAW: &str = "UPDATE team_invitations SET withdrawn_at_ms = $2 WHERE id = $1 \
        AND accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL";
    let withdrawn =
        on!(tx, |conn| affected(sqlx::query(WITHDRAW).bind(id.to_string()).bind(now_ms).execute(conn).await))?;
    Ok(withdrawn == 1)
}

/// Takes every open invitation of an address into a team back, as when a newer one replaces it.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw_of_address(
    tx: &mut Tx,
    team_id: TeamId,
    email_key: &str,
    now_ms: i64,
) -> Result<u64, StorageError> {
    const WITHDRAW: &str = "UPDATE team_invitations SET withdrawn_at_ms = $3 WHERE team_id = $1 \
        AND email_key = $2 AND accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL";
    on!(tx, |conn| affected(
        sqlx::query(WITHDRAW).bind(team_id.to_string()).bind(email_key).bind(now_ms).execute(conn).await
    ))
}

/// Gives an invitation a fresh token and time, because its mail is written again. The old token is
/// worth nothing from then on. `false` when somebody was faster.
///
/// # Errors
/// When the database refuses.
pub async fn renew(
    tx: &mut Tx,
    id: InvitationId,
    token_hash: &InvitationTokenHash,
    (last_sent_at_ms, now_ms): (i64, i64),
    expires_at_ms: i64,
) -> Result<bool, StorageError> {
    const RENEW: &str = "UPDATE team_invitations SET token_hash = $2, sent_at_ms = $4, expires_at_ms = $5 \
        WHERE id = $1 AND sent_at_ms = $3 AND accepted_at_ms IS NULL AND withdrawn_at_ms IS NULL";
    let renewed = on!(tx, |conn| affected(
        sqlx::query(RENEW)
            .bind(id.to_string())
            .bind(&token_hash[..])
            .bind(last_sent_at_ms)
            .bind(now_ms)
            .bind(expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(renewed == 1)
}
