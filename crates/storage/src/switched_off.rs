//! The table `switched_off_operations`.

use tallyport_domain::Language;
use tallyport_domain::switched_off::{Reason, SwitchedOff};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

#[derive(sqlx::FromRow)]
struct Row {
    operation: String,
    reason_en: String,
    reason_zh: String,
    since_ms: i64,
}

impl TryFrom<Row> for SwitchedOff {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "switched_off_operations", id: &row.operation };
        let reason = Reason::new(&row.reason_en, &row.reason_zh).map_err(|_| stored.corrupt("the reason"))?;
        Ok(Self { operation: row.operation, reason, since_ms: row.since_ms })
    }
}

/// Turns an operation off, or gives another reason for one that is.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, switched_off: &SwitchedOff) -> Result<(), StorageError> {
    const SET: &str = "INSERT INTO switched_off_operations (operation, reason_en, reason_zh, since_ms) \
        VALUES ($1, $2, $3, $4) \
        ON CONFLICT (operation) DO UPDATE SET reason_en = excluded.reason_en, reason_zh = excluded.reason_zh";
    on!(tx, |conn| affected(
        sqlx::query(SET)
            .bind(&switched_off.operation)
            .bind(switched_off.reason.text_in(Language::En))
            .bind(switched_off.reason.text_in(Language::Zh))
            .bind(switched_off.since_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Turns an operation on. `false` when it was.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, operation: &str) -> Result<bool, StorageError> {
    const DELETE: &str = "DELETE FROM switched_off_operations WHERE operation = $1";
    Ok(on!(tx, |conn| affected(sqlx::query(DELETE).bind(operation).execute(conn).await))? == 1)
}

/// Everything that is turned off. There are no more than operations.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>) -> Result<Vec<SwitchedOff>, StorageError> {
    const LIST: &str =
        "SELECT operation, reason_en, reason_zh, since_ms FROM switched_off_operations ORDER BY operation";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
