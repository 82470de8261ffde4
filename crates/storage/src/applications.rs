//! The table `applications`: what a developer's credentials and payments belong to.

use tallyport_domain::ids::{AppId, DeveloperId};

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// An application of a developer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRecord {
    /// The id.
    pub id: AppId,
    /// Whose it is.
    pub developer_id: DeveloperId,
    /// The name that the developer gave it.
    pub name: String,
    /// When it was made.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    developer_id: String,
    name: String,
    created_at_ms: i64,
}

impl TryFrom<Row> for ApplicationRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "applications", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            developer_id: stored.parse("developer_id", &row.developer_id)?,
            name: row.name,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// Adds an application.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, application: &ApplicationRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO applications (id, developer_id, name, created_at_ms) \
        VALUES ($1, $2, $3, $4)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(application.id.to_string())
            .bind(application.developer_id.to_string())
            .bind(&application.name)
            .bind(application.created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Finds an application, but only as one of that developer.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_of_developer(
    on: impl Into<Conn<'_>>,
    id: AppId,
    developer_id: DeveloperId,
) -> Result<Option<ApplicationRecord>, StorageError> {
    const FIND: &str = "SELECT id, developer_id, name, created_at_ms FROM applications \
        WHERE id = $1 AND developer_id = $2";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND)
        .bind(id.to_string())
        .bind(developer_id.to_string())
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// A developer's applications, newest first, from behind `after` on.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_developer(
    on: impl Into<Conn<'_>>,
    developer_id: DeveloperId,
    after: Option<AppId>,
    limit: u32,
) -> Result<Vec<ApplicationRecord>, StorageError> {
    const LIST: &str = "SELECT id, developer_id, name, created_at_ms FROM applications \
        WHERE developer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let mut conn = on.into();
    let before = after.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(developer_id.to_string())
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
