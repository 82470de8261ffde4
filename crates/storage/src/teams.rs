//! The tables `teams` and `team_members`.

use tallyport_domain::TeamRole;
use tallyport_domain::ids::{DeveloperId, TeamId};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
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
