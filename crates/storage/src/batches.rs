//! The table `batches`, and what its rows name: the lines and events that each batch wrote.

use tallyport_domain::books::chain::{BEGINNING, Batch, BatchContents, BatchHash};
use tallyport_domain::ids::{ObjectId, ProcessId};
use tallyport_domain::ledger::Entry;

use crate::column::RowOf;
use crate::on::on;
use crate::rows::{Writes, add_rows, select_by_keys};
use crate::{Conn, StorageError, Tx};

/// A batch as it stands in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainedBatch {
    /// What it says.
    pub batch: Batch,
    /// What it was hashed to.
    pub hash: BatchHash,
}

impl ChainedBatch {
    /// The end of the chain after it.
    #[must_use]
    pub const fn end(&self) -> ChainEnd {
        ChainEnd { sequence: self.batch.sequence, hash: self.hash }
    }
}

/// The end of a lane's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainEnd {
    /// The last batch's number; zero when there is none.
    pub sequence: i64,
    /// The last batch's hash.
    pub hash: BatchHash,
}

impl ChainEnd {
    /// Where every chain begins.
    pub const BEGINNING: Self = Self { sequence: 0, hash: BEGINNING };
}

/// Reads the end of a lane's chain.
pub async fn find_end(on: impl Into<Conn<'_>>, lane: ProcessId) -> Result<ChainEnd, StorageError> {
    const FIND: &str = "SELECT sequence, hash FROM batches WHERE lane = $1 ORDER BY sequence DESC LIMIT 1";
    let mut conn = on.into();
    let row = on!(conn, |conn| {
        sqlx::query_as::<_, (i64, Vec<u8>)>(FIND).bind(lane.to_string()).fetch_optional(conn).await
    })?;
    let Some((sequence, hash)) = row else { return Ok(ChainEnd::BEGINNING) };
    Ok(ChainEnd { sequence, hash: read_hash(hash, RowOf { table: "batches", id: &lane })? })
}

/// Adds the next batch of its lane; there is a conflict when the lane has one of that number.
pub(crate) fn append(writes: &mut Writes, chained: &ChainedBatch) -> Result<(), StorageError> {
    add_rows!(
        writes,
        [chained],
        "INSERT INTO batches (lane, sequence, contents, hash, created_at_ms) VALUES {}",
        |chained| [
            chained.batch.lane.to_string(),
            chained.batch.sequence,
            chained.batch.contents.to_string(),
            &chained.hash[..],
            chained.batch.created_at_ms
        ]
    )
}

#[derive(sqlx::FromRow)]
struct Row {
    lane: String,
    sequence: i64,
    contents: String,
    hash: Vec<u8>,
    created_at_ms: i64,
}

impl TryFrom<Row> for ChainedBatch {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let id = format!("{} {}", row.lane, row.sequence);
        let stored = RowOf { table: "batches", id: &id };
        let batch = Batch {
            lane: stored.parse("lane", &row.lane)?,
            sequence: row.sequence,
            contents: stored.parse("contents", &row.contents)?,
            created_at_ms: row.created_at_ms,
        };
        Ok(Self { batch, hash: read_hash(row.hash, stored)? })
    }
}

fn read_hash(bytes: Vec<u8>, stored: RowOf<'_>) -> Result<BatchHash, StorageError> {
    bytes.try_into().map_err(|_| stored.corrupt("hash"))
}

/// The batches behind a place in the table, by lane and number. The place is a lane's text and a number.
pub async fn list_from(
    on: impl Into<Conn<'_>>,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<ChainedBatch>, StorageError> {
    const LIST: &str = "SELECT lane, sequence, contents, hash, created_at_ms FROM batches \
        WHERE (lane, sequence) > ($1, $2) ORDER BY lane, sequence LIMIT $3";
    let mut conn = on.into();
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, Row>(LIST).bind(after.0).bind(after.1).bind(limit).fetch_all(conn).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    account_id: String,
    sequence: i64,
    posting_id: String,
    rule: String,
    object_id: String,
    amount_minor: i64,
    balance_after_minor: i64,
    created_at_ms: i64,
}

/// The lines that a batch names, as far as they are there.
pub async fn entries_of(tx: &mut Tx, contents: &BatchContents) -> Result<Vec<Entry>, StorageError> {
    let rows = select_by_keys!(
        tx,
        contents.entries,
        EntryRow,
        "WITH wanted (account_id, first, last) AS (VALUES {}) \
         SELECT entry.account_id, entry.sequence, entry.posting_id, entry.rule, entry.object_id, \
         entry.amount_minor, entry.balance_after_minor, entry.created_at_ms \
         FROM wanted CROSS JOIN ledger_entries AS entry WHERE entry.account_id = wanted.account_id \
         AND entry.sequence >= wanted.first AND entry.sequence <= wanted.last",
        |span| [span.of.to_string(), span.first, span.last]
    )
    .await?;
    let read = |row: EntryRow| {
        let id = format!("{} {}", row.account_id, row.sequence);
        let stored = RowOf { table: "ledger_entries", id: &id };
        Ok(Entry {
            account_id: stored.parse("account_id", &row.account_id)?,
            sequence: row.sequence,
            posting_id: stored.parse("posting_id", &row.posting_id)?,
            rule: stored.parse("rule", &row.rule)?,
            object_id: stored.parse("object_id", &row.object_id)?,
            amount_minor: row.amount_minor,
            balance_after_minor: row.balance_after_minor,
            created_at_ms: row.created_at_ms,
        })
    };
    rows.into_iter().map(read).collect()
}

/// An event as it stands in its row.
#[derive(Debug)]
pub struct StoredEvent {
    /// The object that it is about.
    pub object_id: ObjectId,
    /// Its number among the object's events.
    pub sequence: i64,
    /// Its id, application, environment, type and body.
    pub texts: [String; 5],
    /// When it happened.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    object_id: String,
    sequence: i64,
    id: String,
    application_id: String,
    environment: String,
    r#type: String,
    body: String,
    created_at_ms: i64,
}

/// The events that a batch names, as far as they are there.
pub async fn events_of(tx: &mut Tx, contents: &BatchContents) -> Result<Vec<StoredEvent>, StorageError> {
    let rows = select_by_keys!(
        tx,
        contents.events,
        EventRow,
        "WITH wanted (object_id, first, last) AS (VALUES {}) \
         SELECT events.object_id, events.sequence, events.id, events.application_id, events.environment, \
         events.type, events.body, events.created_at_ms \
         FROM wanted CROSS JOIN events WHERE events.object_id = wanted.object_id \
         AND events.sequence >= wanted.first AND events.sequence <= wanted.last",
        |span| [span.of.to_string(), span.first, span.last]
    )
    .await?;
    let read = |row: EventRow| {
        let object_id = RowOf { table: "events", id: &row.id }.parse("object_id", &row.object_id)?;
        let texts = [row.id, row.application_id, row.environment, row.r#type, row.body];
        Ok(StoredEvent { object_id, sequence: row.sequence, texts, created_at_ms: row.created_at_ms })
    };
    rows.into_iter().map(read).collect()
}

/// The lanes that have batches, each with the number of its last one.
pub async fn list_ends(on: impl Into<Conn<'_>>) -> Result<Vec<(ProcessId, i64)>, StorageError> {
    const LIST: &str = "SELECT lane, max(sequence) FROM batches GROUP BY lane ORDER BY lane";
    let mut conn = on.into();
    let rows: Vec<(String, i64)> = on!(conn, |conn| sqlx::query_as(LIST).fetch_all(conn).await)?;
    let read = |(lane, last): (String, i64)| Ok((RowOf { table: "batches", id: &lane }.parse("lane", &lane)?, last));
    rows.into_iter().map(read).collect()
}

/// How many lines and how many events there are in all.
pub async fn count_named(on: impl Into<Conn<'_>>) -> Result<(i64, i64), StorageError> {
    const COUNT: &str = "SELECT (SELECT count(*) FROM ledger_entries), (SELECT count(*) FROM events)";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as(COUNT).fetch_one(conn).await)?)
}
