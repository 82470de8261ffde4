//! The table `data_keys`: the keys that encrypt secrets at rest, each wrapped by the operator's key.
//! This module cannot unwrap them.

use tallyport_domain::ids::PlatformKeyId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A wrapped data key.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKeyRecord {
    /// The id, which sealed secrets name.
    pub id: PlatformKeyId,
    /// Which of the operator's keys wraps it.
    pub key_encryption_key_id: String,
    /// The key, encrypted.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at_ms: i64,
}

impl std::fmt::Debug for DataKeyRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("DataKeyRecord")
            .field("id", &self.id)
            .field("key_encryption_key_id", &self.key_encryption_key_id)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    key_encryption_key_id: String,
    wrapped: Vec<u8>,
    created_at_ms: i64,
}

impl TryFrom<Row> for DataKeyRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "data_keys", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            key_encryption_key_id: row.key_encryption_key_id,
            wrapped: row.wrapped,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// Adds a data key.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, key: &DataKeyRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO data_keys \
        (id, key_encryption_key_id, wrapped, created_at_ms) VALUES ($1, $2, $3, $4)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(key.id.to_string())
            .bind(&key.key_encryption_key_id)
            .bind(&key.wrapped[..])
            .bind(key.created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// All data keys, oldest first. There is one per rotation, so they are few.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>) -> Result<Vec<DataKeyRecord>, StorageError> {
    const LIST: &str = "SELECT id, key_encryption_key_id, wrapped, created_at_ms \
        FROM data_keys ORDER BY id";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Wraps a data key under another key of the operator's. `false` when it is not wrapped under the key
/// it was thought to be: somebody else did it first.
///
/// # Errors
/// When the database refuses.
pub async fn rewrap(
    tx: &mut Tx,
    id: PlatformKeyId,
    (old_id, new_id): (&str, &str),
    wrapped: &[u8],
) -> Result<bool, StorageError> {
    const REWRAP: &str = "UPDATE data_keys SET key_encryption_key_id = $3, wrapped = $4 \
        WHERE id = $1 AND key_encryption_key_id = $2";
    let rewrapped = on!(tx, |conn| affected(
        sqlx::query(REWRAP).bind(id.to_string()).bind(old_id).bind(new_id).bind(wrapped).execute(conn).await
    ))?;
    Ok(rewrapped == 1)
}
