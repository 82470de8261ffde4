//! The table `platform_keys`: the key pairs with which the platform signs. Private halves come and
//! go sealed; this module cannot open them.

use tallyport_domain::KeyPurpose;
use tallyport_domain::ids::PlatformKeyId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A key pair of the platform.
#[derive(Clone, PartialEq, Eq)]
pub struct PlatformKeyRecord {
    /// The id, which tokens and signatures name.
    pub id: PlatformKeyId,
    /// What it signs.
    pub purpose: KeyPurpose,
    /// How it signs, as JOSE and RFC 9421 name it.
    pub algorithm: String,
    /// The private half, encrypted under a data key.
    pub private_key: Vec<u8>,
    /// The public half.
    pub public_key: Vec<u8>,
    /// When it was made.
    pub created_at_ms: i64,
    /// Since when it signs nothing new; what it signed before is still checked with it.
    pub retired_at_ms: Option<i64>,
}

impl std::fmt::Debug for PlatformKeyRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PlatformKeyRecord")
            .field("id", &self.id)
            .field("purpose", &self.purpose)
            .field("algorithm", &self.algorithm)
            .field("retired_at_ms", &self.retired_at_ms)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    purpose: String,
    algorithm: String,
    private_key: Vec<u8>,
    public_key: Vec<u8>,
    created_at_ms: i64,
    retired_at_ms: Option<i64>,
}

impl TryFrom<Row> for PlatformKeyRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "platform_keys", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            purpose: stored.parse("purpose", &row.purpose)?,
            algorithm: row.algorithm,
            private_key: row.private_key,
            public_key: row.public_key,
            created_at_ms: row.created_at_ms,
            retired_at_ms: row.retired_at_ms,
        })
    }
}

/// Adds a key pair.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, key: &PlatformKeyRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO platform_keys (id, purpose, algorithm, private_key, \
        public_key, created_at_ms, retired_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(key.id.to_string())
            .bind(key.purpose.as_str())
            .bind(&key.algorithm)
            .bind(&key.private_key[..])
            .bind(&key.public_key[..])
            .bind(key.created_at_ms)
            .bind(key.retired_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Lets every key pair of a purpose that is in use sign until then and no longer.
///
/// # Errors
/// When the database refuses.
pub async fn retire_all(tx: &mut Tx, purpose: KeyPurpose, at_ms: i64) -> Result<(), StorageError> {
    const RETIRE: &str = "UPDATE platform_keys SET retired_at_ms = $1 WHERE purpose = $2 \
        AND (retired_at_ms IS NULL OR retired_at_ms > $1)";
    on!(tx, |conn| affected(sqlx::query(RETIRE).bind(at_ms).bind(purpose.as_str()).execute(conn).await))?;
    Ok(())
}

/// All key pairs of a purpose, oldest first. There is one per rotation, so they are few.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>, purpose: KeyPurpose) -> Result<Vec<PlatformKeyRecord>, StorageError> {
    const LIST: &str = "SELECT id, purpose, algorithm, private_key, public_key, created_at_ms, \
        retired_at_ms FROM platform_keys WHERE purpose = $1 ORDER BY id";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(purpose.as_str()).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
