//! The audit log: the tables `audit_entries` and `audit_end`. Entries are added and read, never
//! changed and never taken away.

use tallyport_domain::audit::{BEGINNING, Entry, EntryHash};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// The end of the chain: the last entry's sequence and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainEnd {
    /// The last entry's place; zero when there is none.
    pub sequence: i64,
    /// The last entry's hash.
    pub hash: EntryHash,
}

/// An entry as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainedEntry {
    /// What it says.
    pub entry: Entry,
    /// What it was hashed to.
    pub hash: EntryHash,
}

/// Reads the end of the chain and keeps everybody else from adding to it until the transaction ends.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn lock_end(tx: &mut Tx) -> Result<ChainEnd, StorageError> {
    // An update locks the row on both databases; the first one of all makes it.
    const LOCK: &str = "INSERT INTO audit_end (id, sequence, hash) VALUES (1, 0, $1) \
        ON CONFLICT (id) DO UPDATE SET sequence = audit_end.sequence RETURNING sequence, hash";
    let (sequence, hash) =
        on!(tx, |conn| sqlx::query_as::<_, (i64, Vec<u8>)>(LOCK).bind(&BEGINNING[..]).fetch_one(conn).await)?;
    Ok(ChainEnd { sequence, hash: read_hash(hash, RowOf { table: "audit_end", id: &1 })? })
}

/// Reads the end of the chain.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_end(on: impl Into<Conn<'_>>) -> Result<ChainEnd, StorageError> {
    const FIND: &str = "SELECT sequence, hash FROM audit_end WHERE id = 1";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, (i64, Vec<u8>)>(FIND).fetch_optional(conn).await)?;
    let Some((sequence, hash)) = row else { return Ok(ChainEnd { sequence: 0, hash: BEGINNING }) };
    Ok(ChainEnd { sequence, hash: read_hash(hash, RowOf { table: "audit_end", id: &1 })? })
}

/// Adds the next entry. The end has to be locked.
///
/// # Errors
/// [`StorageError::Stale`] when the entry does not follow the end of the chain.
pub async fn append(tx: &mut Tx, chained: &ChainedEntry) -> Result<(), StorageError> {
    const APPEND: &str = "INSERT INTO audit_entries (sequence, actor_kind, actor, action, object, \
        detail, network, created_at_ms, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    const MOVE_END: &str = "UPDATE audit_end SET sequence = $1, hash = $2 WHERE id = 1 AND sequence = $1 - 1";
    let ChainedEntry { entry, hash } = chained;
    let moved =
        on!(tx, |conn| affected(sqlx::query(MOVE_END).bind(entry.sequence).bind(&hash[..]).execute(conn).await))?;
    if moved != 1 {
        return Err(StorageError::Stale { table: "audit_end" });
    }
    on!(tx, |conn| affected(
        sqlx::query(APPEND)
            .bind(entry.sequence)
            .bind(entry.actor_kind.as_str())
            .bind(&entry.actor)
            .bind(&entry.action)
            .bind(&entry.object)
            .bind(&entry.detail)
            .bind(&entry.network)
            .bind(entry.created_at_ms)
            .bind(&hash[..])
            .execute(conn)
            .await
    ))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    sequence: i64,
    actor_kind: String,
    actor: String,
    action: String,
    object: String,
    detail: String,
    network: String,
    created_at_ms: i64,
    hash: Vec<u8>,
}

impl TryFrom<Row> for ChainedEntry {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "audit_entries", id: &row.sequence };
        let hash = read_hash(row.hash, stored)?;
        let actor_kind = stored.parse("actor_kind", &row.actor_kind)?;
        let Row { sequence, actor, action, object, detail, network, created_at_ms, .. } = row;
        let entry = Entry { sequence, actor_kind, actor, action, object, detail, network, created_at_ms };
        Ok(Self { entry, hash })
    }
}

fn read_hash(bytes: Vec<u8>, stored: RowOf<'_>) -> Result<EntryHash, StorageError> {
    bytes.try_into().map_err(|_| stored.corrupt("hash"))
}

/// Entries behind a place in the log, oldest first: for walking the chain.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_from(
    on: impl Into<Conn<'_>>,
    after_sequence: i64,
    limit: u32,
) -> Result<Vec<ChainedEntry>, StorageError> {
    const LIST: &str = "SELECT sequence, actor_kind, actor, action, object, detail, network, \
        created_at_ms, hash FROM audit_entries WHERE sequence > $1 ORDER BY sequence LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(after_sequence)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What was done to one object, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_object(
    on: impl Into<Conn<'_>>,
    object: &str,
    limit: u32,
) -> Result<Vec<ChainedEntry>, StorageError> {
    const LIST: &str = "SELECT sequence, actor_kind, actor, action, object, detail, network, \
        created_at_ms, hash FROM audit_entries WHERE object = $1 ORDER BY sequence DESC LIMIT $2";
    let mut conn = on.into();
    let rows =
        on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(object).bind(i64::from(limit)).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Which entries a reader looks for; what is empty does not narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFilter {
    /// Who did it: an id or a command.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what: an id.
    pub object: String,
    /// Not before this time.
    pub from_ms: i64,
    /// Before this time.
    pub until_ms: i64,
}

impl Default for EntryFilter {
    fn default() -> Self {
        Self {
            actor: String::new(),
            action: String::new(),
            object: String::new(),
            from_ms: i64::MIN,
            until_ms: i64::MAX,
        }
    }
}

/// The entries that a filter lets through before a place in the log, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn search(
    on: impl Into<Conn<'_>>,
    filter: &EntryFilter,
    before_sequence: i64,
    limit: u32,
) -> Result<Vec<ChainedEntry>, StorageError> {
    // One text for each index that can lead to the entries, so that the planner sees a plain
    // equality; the other conditions only thin out what it finds.
    macro_rules! search {
        ($indexed:literal) => {
            concat!(
                "SELECT sequence, actor_kind, actor, action, object, detail, network, created_at_ms, hash \
                 FROM audit_entries WHERE ",
                $indexed,
                "sequence < $4 AND ($1 = '' OR object = $1) AND ($2 = '' OR actor = $2) \
                 AND ($3 = '' OR action = $3) AND created_at_ms >= $5 AND created_at_ms < $6 \
                 ORDER BY sequence DESC LIMIT $7"
            )
        };
    }
    let EntryFilter { actor, action, object, from_ms, until_ms } = filter;
    let sql = if !object.is_empty() {
        search!("object = $1 AND ")
    } else if !actor.is_empty() {
        search!("actor = $2 AND ")
    } else if !action.is_empty() {
        search!("action = $3 AND ")
    } else {
        search!("")
    };
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(sql)
        .bind(object)
        .bind(actor)
        .bind(action)
        .bind(before_sequence)
        .bind(from_ms)
        .bind(until_ms)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
