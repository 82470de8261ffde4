//! The tables `teams` and `team_members`.

use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::{Language, TeamRole};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRecord {
    /// The id.
    pub id: TeamId,
    /// The name, as its owners write it.
    pub name: String,
    /// When it was made.
    pub created_at_ms: i64,
}

/// A team as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRecord {
    /// The team.
    pub team: TeamRecord,
    /// What the member is in it.
    pub role: TeamRole,
}

/// Adds a team without members.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, team: &TeamRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO teams (id, name, created_at_ms) VALUES ($1, $2, $3)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT).bind(team.id.to_string()).bind(&team.name).bind(team.created_at_ms).execute(conn).await
    ))?;
    Ok(())
}

/// Adds somebody to a team. `false` when they are in it already.
///
/// # Errors
/// When the database refuses.
pub async fn add_member(
    tx: &mut Tx,
    team_id: TeamId,
    developer_id: DeveloperId,
    role: TeamRole,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const ADD: &str = "INSERT INTO team_members (team_id, developer_id, role, created_at_ms) \
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let added = on!(tx, |conn| affected(
        sqlx::query(ADD)
            .bind(team_id.to_string())
            .bind(developer_id.to_string())
            .bind(role.as_str())
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(added == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    created_at_ms: i64,
    role: String,
}

impl TryFrom<Row> for MembershipRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let id = RowOf { table: "teams", id: &row.id }.parse("id", &row.id)?;
        let role = RowOf { table: "team_members", id: &row.id }.parse("role", &row.role)?;
        Ok(Self { team: TeamRecord { id, name: row.name, created_at_ms: row.created_at_ms }, role })
    }
}

/// The teams that somebody is in, oldest first. Nobody is in more than a page of them.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_developer(
    on: impl Into<Conn<'_>>,
    developer_id: DeveloperId,
    limit: u32,
) -> Result<Vec<MembershipRecord>, StorageError> {
    const LIST: &str = "SELECT t.id, t.name, t.created_at_ms, m.role FROM team_members AS m \
        JOIN teams AS t ON t.id = m.team_id WHERE m.developer_id = $1 ORDER BY m.team_id LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(developer_id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A team and what somebody is in it. None when they are not, whether or not there is such a team.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_membership(
    on: impl Into<Conn<'_>>,
    team_id: TeamId,
    developer_id: DeveloperId,
) -> Result<Option<MembershipRecord>, StorageError> {
    const FIND: &str = "SELECT t.id, t.name, t.created_at_ms, m.role FROM team_members AS m \
        JOIN teams AS t ON t.id = m.team_id WHERE m.team_id = $1 AND m.developer_id = $2";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND)
        .bind(team_id.to_string())
        .bind(developer_id.to_string())
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// A member of a team, as its other members see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMemberRecord {
    /// Who it is.
    pub developer_id: DeveloperId,
    /// How they want to be called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language of mails to them.
    pub language: Language,
    /// What they are in the team.
    pub role: TeamRole,
    /// Since when.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    developer_id: String,
    name: String,
    email: String,
    language: String,
    role: String,
    created_at_ms: i64,
}

impl TryFrom<MemberRow> for TeamMemberRecord {
    type Error = StorageError;

    fn try_from(row: MemberRow) -> Result<Self, StorageError> {
        let stored = RowOf { table: "team_members", id: &row.developer_id };
        Ok(Self {
            developer_id: stored.parse("developer_id", &row.developer_id)?,
            language: stored.parse("language", &row.language)?,
            role: stored.parse("role", &row.role)?,
            name: row.name,
            email: row.email,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// Everybody in a team, the longest member first. A team has no more than a page of them.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_members(
    on: impl Into<Conn<'_>>,
    team_id: TeamId,
    limit: u32,
) -> Result<Vec<TeamMemberRecord>, StorageError> {
    const LIST: &str = "SELECT m.developer_id, d.name, d.email, d.language, m.role, m.created_at_ms \
        FROM team_members AS m JOIN developers AS d ON d.id = m.developer_id \
        WHERE m.team_id = $1 ORDER BY m.created_at_ms, m.developer_id LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, MemberRow>(LIST)
        .bind(team_id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Locks a team until the transaction ends: whoever changes its members does so, so that no two
/// changes are decided on the same state. `false` when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn lock(tx: &mut Tx, team_id: TeamId) -> Result<bool, StorageError> {
    const LOCK: Locking = Locking {
        plain: "SELECT id FROM teams WHERE id = $1",
        locking: "SELECT id FROM teams WHERE id = $1 FOR UPDATE",
    };
    let sql = LOCK.sql(tx.dialect());
    let found =
        on!(tx, |conn| sqlx::query_scalar::<_, String>(sql).bind(team_id.to_string()).fetch_optional(conn).await)?;
    Ok(found.is_some())
}

/// Gives a team another name.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &mut Tx, team_id: TeamId, name: &str) -> Result<(), StorageError> {
    const RENAME: &str = "UPDATE teams SET name = $2 WHERE id = $1";
    on!(tx, |conn| affected(sqlx::query(RENAME).bind(team_id.to_string()).bind(name).execute(conn).await))?;
    Ok(())
}

/// Gives a member another role. `false` when they are not what they were thought to be.
///
/// # Errors
/// When the database refuses.
pub async fn change_role(
    tx: &mut Tx,
    team_id: TeamId,
    developer_id: DeveloperId,
    (old, new): (TeamRole, TeamRole),
) -> Result<bool, StorageError> {
    const CHANGE: &str = "UPDATE team_members SET role = $4 WHERE team_id = $1 AND developer_id = $2 AND role = $3";
    let changed = on!(tx, |conn| affected(
        sqlx::query(CHANGE)
            .bind(team_id.to_string())
            .bind(developer_id.to_string())
            .bind(old.as_str())
            .bind(new.as_str())
            .execute(conn)
            .await
    ))?;
    Ok(changed == 1)
}

/// Takes a member out of a team. `false` when they are not in it.
///
/// # Errors
/// When the database refuses.
pub async fn remove_member(tx: &mut Tx, team_id: TeamId, developer_id: DeveloperId) -> Result<bool, StorageError> {
    const REMOVE: &str = "DELETE FROM team_members WHERE team_id = $1 AND developer_id = $2";
    let removed = on!(tx, |conn| affected(
        sqlx::query(REMOVE).bind(team_id.to_string()).bind(developer_id.to_string()).execute(conn).await
    ))?;
    Ok(removed == 1)
}
