//! The table `application_icons`: the picture of an application, checked before it comes here.

use tallyport_domain::icon::IconType;
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct IconRecord {
    /// Whose it is.
    pub application_id: AppId,
    /// What kind of picture it is.
    pub media_type: IconType,
    /// The file.
    pub bytes: Vec<u8>,
    /// Changes with the file.
    pub revision: String,
    /// When it was set.
    pub updated_at_ms: i64,
}

impl std::fmt::Debug for IconRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("IconRecord")
            .field("application_id", &self.application_id)
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    media_type: String,
    bytes: Vec<u8>,
    revision: String,
    updated_at_ms: i64,
}

/// Sets an application's icon in place of the one it had.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, icon: &IconRecord) -> Result<(), StorageError> {
    const SET: &str = "INSERT INTO application_icons (application_id, media_type, bytes, revision, updated_at_ms) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id) DO UPDATE SET media_type = excluded.media_type, \
        bytes = excluded.bytes, revision = excluded.revision, updated_at_ms = excluded.updated_at_ms";
    on!(tx, |conn| affected(
        sqlx::query(SET)
            .bind(icon.application_id.to_string())
            .bind(icon.media_type.as_str())
            .bind(&icon.bytes[..])
            .bind(&icon.revision)
            .bind(icon.updated_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Takes an application's icon away. `false` when it had none.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut Tx, application_id: AppId) -> Result<bool, StorageError> {
    const REMOVE: &str = "DELETE FROM application_icons WHERE application_id = $1";
    let removed = on!(tx, |conn| affected(sqlx::query(REMOVE).bind(application_id.to_string()).execute(conn).await))?;
    Ok(removed == 1)
}

/// The revision of an application's icon, if it has one.
///
/// # Errors
/// When the database refuses.
pub async fn find_revision(on: impl Into<Conn<'_>>, application_id: AppId) -> Result<Option<String>, StorageError> {
    const FIND: &str = "SELECT revision FROM application_icons WHERE application_id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, String>(FIND)
        .bind(application_id.to_string())
        .fetch_optional(conn)
        .await)?)
}

/// An application's icon, if it has one.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, application_id: AppId) -> Result<Option<IconRecord>, StorageError> {
    const FIND: &str = "SELECT application_id, media_type, bytes, revision, updated_at_ms \
        FROM application_icons WHERE application_id = $1";
    let mut conn = on.into();
    let row =
        on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(application_id.to_string()).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let stored = RowOf { table: "application_icons", id: &row.application_id };
    Ok(Some(IconRecord {
        application_id: stored.parse("application_id", &row.application_id)?,
        media_type: stored.parse("media_type", &row.media_type)?,
        bytes: row.bytes,
        revision: row.revision,
        updated_at_ms: row.updated_at_ms,
    }))
}
