//! Sessions of the portal, as the session layer's opaque data under the hash of their id. The id
//! itself is never seen here.

use tallyport_domain::ids::DeveloperId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// SHA-256 of a session's id.
pub type SessionIdHash = [u8; 32];

/// What is kept of a session: the session layer's data, and what the person's list of sessions shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionContents<'a> {
    /// What the session layer gave to keep.
    pub data: &'a str,
    /// Who is signed in.
    pub developer_id: Option<DeveloperId>,
    /// The device, in the form of `tallyport_domain::device::Device`.
    pub device: &'a str,
    /// The address that it was last used from.
    pub network: &'a str,
}

/// Keeps a new session. `false` when the id is taken: draw another one.
///
/// # Errors
/// When the database refuses.
pub async fn create(
    tx: &mut Tx,
    id_hash: &SessionIdHash,
    contents: SessionContents<'_>,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<bool, StorageError> {
    const CREATE: &str = "INSERT INTO sessions \
        (id_hash, data, developer_id, device, network, created_at_ms, seen_at_ms, expires_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT DO NOTHING";
    let created = on!(tx, |conn| affected(
        sqlx::query(CREATE)
            .bind(&id_hash[..])
            .bind(contents.data)
            .bind(contents.developer_id.map(|id| id.to_string()))
            .bind(contents.device)
            .bind(contents.network)
            .bind(now_ms)
            .bind(expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(created == 1)
}

/// Replaces the contents of a session that still exists. `false` when it does not: a session that
/// was ended meanwhile must not come back.
///
/// # Errors
/// When the database refuses.
pub async fn save(
    tx: &mut Tx,
    id_hash: &SessionIdHash,
    contents: SessionContents<'_>,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<bool, StorageError> {
    const SAVE: &str = "UPDATE sessions SET data = $1, developer_id = $2, device = $3, network = $4, \
        seen_at_ms = $5, expires_at_ms = $6 WHERE id_hash = $7";
    let saved = on!(tx, |conn| affected(
        sqlx::query(SAVE)
            .bind(contents.data)
            .bind(contents.developer_id.map(|id| id.to_string()))
            .bind(contents.device)
            .bind(contents.network)
            .bind(now_ms)
            .bind(expires_at_ms)
            .bind(&id_hash[..])
            .execute(conn)
            .await
    ))?;
    Ok(saved == 1)
}

/// A session that was found.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRecord {
    /// What the session layer gave to keep.
    pub data: String,
    /// When it began; absolute limits count from here.
    pub created_at_ms: i64,
    /// From when on it is not found any more.
    pub expires_at_ms: i64,
}

impl std::fmt::Debug for SessionRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SessionRecord")
            .field("created_at_ms", &self.created_at_ms)
            .field("expires_at_ms", &self.expires_at_ms)
            .finish_non_exhaustive()
    }
}

/// Finds a session that has not expired.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    on: impl Into<Conn<'_>>,
    id_hash: &SessionIdHash,
    now_ms: i64,
) -> Result<Option<SessionRecord>, StorageError> {
    const FIND: &str = "SELECT data, created_at_ms, expires_at_ms FROM sessions \
        WHERE id_hash = $1 AND expires_at_ms > $2";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, SessionRecord>(FIND)
        .bind(&id_hash[..])
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?)
}

/// Ends a session. It is no error when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, id_hash: &SessionIdHash) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM sessions WHERE id_hash = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(&id_hash[..]).execute(conn).await))?;
    Ok(())
}

/// A session as its owner sees it among the others.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionOfDeveloper {
    /// Stands for the id, which only the browser knows.
    pub id_hash: Vec<u8>,
    /// The device, in the form of `tallyport_domain::device::Device`.
    pub device: String,
    /// The address that it was last used from.
    pub network: String,
    /// When it began.
    pub created_at_ms: i64,
    /// When it was last used, give or take the time between two savings.
    pub seen_at_ms: i64,
}

/// The sessions of a developer that have not expired, the one used last first.
///
/// # Errors
/// When the database refuses.
pub async fn list_of_developer(
    on: impl Into<Conn<'_>>,
    developer_id: DeveloperId,
    now_ms: i64,
    limit: u32,
) -> Result<Vec<SessionOfDeveloper>, StorageError> {
    const LIST: &str = "SELECT id_hash, device, network, created_at_ms, seen_at_ms FROM sessions \
        WHERE developer_id = $1 AND expires_at_ms > $2 ORDER BY seen_at_ms DESC, id_hash LIMIT $3";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, SessionOfDeveloper>(LIST)
        .bind(developer_id.to_string())
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?)
}

/// Ends one session of a developer. `false` when they have no such session.
///
/// # Errors
/// When the database refuses.
pub async fn delete_of_developer(tx: &mut Tx, developer_id: DeveloperId, id_hash: &[u8]) -> Result<bool, StorageError> {
    const DELETE: &str = "DELETE FROM sessions WHERE developer_id = $1 AND id_hash = $2";
    let ended =
        on!(tx, |conn| affected(sqlx::query(DELETE).bind(developer_id.to_string()).bind(id_hash).execute(conn).await))?;
    Ok(ended == 1)
}

/// Ends every session of a developer, but for one where one is named, and tells how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all_of_developer(
    tx: &mut Tx,
    developer_id: DeveloperId,
    except: Option<&SessionIdHash>,
) -> Result<u64, StorageError> {
    const DELETE: &str = "DELETE FROM sessions WHERE developer_id = $1 AND id_hash <> $2";
    // No hash is empty.
    let except = except.map_or(&[][..], |hash| &hash[..]);
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(developer_id.to_string()).bind(except).execute(conn).await))
}
