//! The table `announcements`.

use tallyport_domain::announcement::{Announcement, AnnouncementDraft};
use tallyport_domain::ids::AnnouncementId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    text_en: String,
    text_zh: String,
    tone: String,
    on_landing: i64,
    from_ms: i64,
    until_ms: Option<i64>,
    created_at_ms: i64,
}

impl TryFrom<Row> for Announcement {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "announcements", id: &row.id };
        let draft = AnnouncementDraft {
            tone: stored.parse("tone", &row.tone)?,
            text_en: row.text_en,
            text_zh: row.text_zh,
            on_landing: row.on_landing == 1,
            from_ms: row.from_ms,
            until_ms: row.until_ms,
        };
        Ok(Self { id: stored.parse("id", &row.id)?, draft, created_at_ms: row.created_at_ms })
    }
}

/// Adds an announcement.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, announcement: &Announcement) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO announcements \
        (id, text_en, text_zh, tone, on_landing, from_ms, until_ms, created_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Announcement { id, draft, created_at_ms } = announcement;
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(id.to_string())
            .bind(&draft.text_en)
            .bind(&draft.text_zh)
            .bind(draft.tone.as_str())
            .bind(i64::from(draft.on_landing))
            .bind(draft.from_ms)
            .bind(draft.until_ms)
            .bind(created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Takes an announcement away. `false` when it is gone already.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, id: AnnouncementId) -> Result<bool, StorageError> {
    const DELETE: &str = "DELETE FROM announcements WHERE id = $1";
    Ok(on!(tx, |conn| affected(sqlx::query(DELETE).bind(id.to_string()).execute(conn).await))? == 1)
}

/// How many there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(on: impl Into<Conn<'_>>) -> Result<i64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM announcements";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar(COUNT).fetch_one(conn).await)?)
}

/// All announcements, newest first. Their number is bounded where they are made.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<Announcement>, StorageError> {
    const LIST: &str = "SELECT id, text_en, text_zh, tone, on_landing, from_ms, until_ms, created_at_ms \
        FROM announcements ORDER BY id DESC LIMIT $1";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(i64::from(limit)).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
