//! Who is told of a step: the people of a team, or the administrators.

use tallyport_domain::Language;
use tallyport_domain::ids::{DeveloperId, TeamId};

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientRecord {
    /// Who.
    pub id: DeveloperId,
    /// How they want to be called.
    pub name: String,
    /// Where.
    pub email: String,
    /// In which language.
    pub language: Language,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    language: String,
}

impl TryFrom<Row> for RecipientRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "developers", id: &row.id };
        let (id, language) = (stored.parse("id", &row.id)?, stored.parse("language", &row.language)?);
        Ok(Self { id, name: row.name, email: row.email, language })
    }
}

/// The owners and developers of a team whose accounts are in use.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn of_team(on: impl Into<Conn<'_>>, id: TeamId, limit: u32) -> Result<Vec<RecipientRecord>, StorageError> {
    const LIST: &str = "SELECT d.id, d.name, d.email, d.language FROM team_members AS m \
        JOIN developers AS d ON d.id = m.developer_id WHERE m.team_id = $1 AND m.role IN ('owner', 'developer') \
        AND d.suspended_at_ms IS NULL AND d.closed_at_ms IS NULL ORDER BY d.id LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The administrators whose accounts are in use and who are not of the team.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn administrators(
    on: impl Into<Conn<'_>>,
    not_of: TeamId,
    limit: u32,
) -> Result<Vec<RecipientRecord>, StorageError> {
    const LIST: &str = "SELECT d.id, d.name, d.email, d.language FROM developers AS d \
        WHERE d.role = 'administrator' AND d.suspended_at_ms IS NULL AND d.closed_at_ms IS NULL \
        AND NOT EXISTS (SELECT 1 FROM team_members AS m WHERE m.team_id = $1 AND m.developer_id = d.id) \
        ORDER BY d.id LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(not_of.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
