//! The application that an approval is about, whoever asks.

use tallyport_domain::ids::{AppId, TeamId};

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// An application as its reviewers know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRecord {
    /// The id.
    pub id: AppId,
    /// What its team calls it.
    pub name: String,
    /// Whose it is.
    pub team_id: TeamId,
    /// What the team is called.
    pub team: String,
    /// When it was made.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    team_id: String,
    team: String,
    created_at_ms: i64,
}

/// Finds an application, whosever it is.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<SubjectRecord>, StorageError> {
    const FIND: &str = "SELECT p.id, p.name, p.team_id, t.name AS team, p.created_at_ms FROM applications AS p \
        JOIN teams AS t ON t.id = p.team_id WHERE p.id = $1";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let stored = RowOf { table: "applications", id: &row.id };
    Ok(Some(SubjectRecord {
        id: stored.parse("id", &row.id)?,
        team_id: stored.parse("team_id", &row.team_id)?,
        name: row.name,
        team: row.team,
        created_at_ms: row.created_at_ms,
    }))
}
