//! The list of applications as administrators work through it.

use tallyport_domain::administration::ListOrder;
use tallyport_domain::approval::ApprovalStatus;
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// Which part of the list.
#[derive(Debug, Clone, Default)]
pub struct QueueQuery {
    /// Applications in one of these states. Drafts are for their teams alone.
    pub states: Vec<ApprovalStatus>,
    /// Part of the application's, the company's or the team's name, or the application's id; or nothing.
    pub search: String,
}

/// One application of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedRecord {
    /// Which.
    pub id: AppId,
    /// What its team calls it.
    pub name: String,
    /// What the team is called.
    pub team: String,
    /// The company's name in the newest submission.
    pub legal_name: Option<String>,
    /// Where the application stands.
    pub status: ApprovalStatus,
    /// What has to be known first.
    pub queue_status: ApprovalStatus,
    /// What is asked for, as the text of a set.
    pub permissions: String,
    /// Who took it or decided, where that is a person.
    pub decided_by: Option<String>,
    /// Since when it stands so.
    pub since_ms: i64,
}

/// A row that a search found, and how many it found.
#[derive(sqlx::FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    row: Row,
    total: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    name: String,
    team: String,
    legal_name: Option<String>,
    status: String,
    queue_status: String,
    permissions: String,
    decided_by: Option<String>,
    since_ms: i64,
}

macro_rules! columns {
    () => {
        "SELECT a.application_id, p.name, t.name AS team, s.answer AS legal_name, a.status, a.queue_status, \
         a.permissions, d.name AS decided_by, a.since_ms"
    };
}

/// What is told beside the application and its approval.
macro_rules! beside {
    () => {
        " JOIN teams AS t ON t.id = p.team_id \
         LEFT JOIN submission_answers AS s ON s.application_id = a.application_id \
         AND s.version = a.last_version AND s.field = 'legal_name' \
         LEFT JOIN developers AS d ON d.id = a.decided_by"
    };
}

macro_rules! in_state {
    () => {
        " WHERE a.queue_status IN ($1, $2, $3, $4, $5, $6, $7)"
    };
}

/// What a search finds, wherever its text stands. Every name is looked at once: the rows that are not
/// on the page are counted on the way.
macro_rules! found {
    ($order:literal) => {
        concat!(
            columns!(),
            ", count(*) OVER () AS total FROM approvals AS a JOIN applications AS p ON p.id = a.application_id",
            beside!(),
            in_state!(),
            " AND (a.application_id = $8 OR lower(p.name) LIKE $9 ESCAPE '\\' \
             OR lower(t.name) LIKE $9 ESCAPE '\\' OR lower(s.answer) LIKE $9 ESCAPE '\\')",
            $order,
            " LIMIT $10 OFFSET $11"
        )
    };
}

/// The page is chosen among the approvals alone; only its rows are looked up.
macro_rules! by_age {
    ($order:literal) => {
        concat!(
            columns!(),
            " FROM (SELECT a.application_id, a.status, a.queue_status, a.permissions, a.decided_by, a.since_ms, \
             a.last_version FROM approvals AS a",
            in_state!(),
            $order,
            " LIMIT $8 OFFSET $9) AS a JOIN applications AS p ON p.id = a.application_id",
            beside!(),
            $order
        )
    };
}

const COUNT: &str = concat!("SELECT count(*) FROM approvals AS a", in_state!());
const OLDEST: &str = by_age!(" ORDER BY a.since_ms, a.application_id");
const NEWEST: &str = by_age!(" ORDER BY a.since_ms DESC, a.application_id DESC");
/// In the order of the names, for which there is an index; SQLite takes tables of a `CROSS JOIN` in their order.
const NAME: &str = concat!(
    columns!(),
    " FROM applications AS p CROSS JOIN approvals AS a",
    beside!(),
    in_state!(),
    " AND a.application_id = p.id ORDER BY lower(p.name), p.id LIMIT $8 OFFSET $9"
);
const OLDEST_FOUND: &str = found!(" ORDER BY a.since_ms, a.application_id");
const NEWEST_FOUND: &str = found!(" ORDER BY a.since_ms DESC, a.application_id DESC");
const NAME_FOUND: &str = found!(" ORDER BY lower(p.name), p.id");

/// One page of the list, and how many rows all pages have together.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(
    on: impl Into<Conn<'_>>,
    query: &QueueQuery,
    order: ListOrder,
    offset: u64,
    limit: u32,
) -> Result<(Vec<QueuedRecord>, u64), StorageError> {
    let page = (i64::from(limit), i64::try_from(offset).unwrap_or(i64::MAX));
    let (rows, total) = match query.search.trim() {
        "" => whole(on.into(), query, order, page).await?,
        search => found(on.into(), query, &search.to_ascii_lowercase(), order, page).await?,
    };
    let rows: Result<_, StorageError> = rows.into_iter().map(TryInto::try_into).collect();
    Ok((rows?, total.unsigned_abs()))
}

macro_rules! in_states {
    ($query:expr, $states:expr) => {{
        let state = |place: usize| $states.get(place).map_or("", |state| state.as_str());
        $query.bind(state(0)).bind(state(1)).bind(state(2)).bind(state(3)).bind(state(4)).bind(state(5)).bind(state(6))
    }};
}

async fn whole(
    mut conn: Conn<'_>,
    query: &QueueQuery,
    order: ListOrder,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Row>, i64), StorageError> {
    let sql = match order {
        ListOrder::Oldest => OLDEST,
        ListOrder::Newest => NEWEST,
        ListOrder::Name => NAME,
    };
    let total = on!(conn, |conn| in_states!(sqlx::query_scalar::<_, i64>(COUNT), query.states).fetch_one(conn).await)?;
    let rows = on!(conn, |conn| in_states!(sqlx::query_as::<_, Row>(sql), query.states)
        .bind(limit)
        .bind(offset)
        .fetch_all(conn)
        .await)?;
    Ok((rows, total))
}

async fn found(
    mut conn: Conn<'_>,
    query: &QueueQuery,
    search: &str,
    order: ListOrder,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Row>, i64), StorageError> {
    let sql = match order {
        ListOrder::Oldest => OLDEST_FOUND,
        ListOrder::Newest => NEWEST_FOUND,
        ListOrder::Name => NAME_FOUND,
    };
    let like = format!("%{}%", search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let mut page = async |limit: i64, offset: i64| {
        on!(conn, |conn| in_states!(sqlx::query_as::<_, FoundRow>(sql), query.states)
            .bind(search)
            .bind(&like)
            .bind(limit)
            .bind(offset)
            .fetch_all(conn)
            .await)
    };
    let rows = page(limit, offset).await?;
    let total = match rows.first() {
        Some(first) => first.total,
        // Behind the last page there is no row that could tell; the first one does.
        None if offset > 0 => page(1, 0).await?.first().map_or(0, |first| first.total),
        None => 0,
    };
    Ok((rows.into_iter().map(|found| found.row).collect(), total))
}

impl TryFrom<Row> for QueuedRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "approvals", id: &row.application_id };
        Ok(Self {
            id: stored.parse("application_id", &row.application_id)?,
            status: stored.parse("status", &row.status)?,
            queue_status: stored.parse("queue_status", &row.queue_status)?,
            name: row.name,
            team: row.team,
            legal_name: row.legal_name,
            permissions: row.permissions,
            decided_by: row.decided_by,
            since_ms: row.since_ms,
        })
    }
}

/// How many applications stand where. Drafts are not counted.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn count(on: impl Into<Conn<'_>>) -> Result<Vec<(ApprovalStatus, u64)>, StorageError> {
    const COUNT: &str =
        "SELECT queue_status, count(*) FROM approvals WHERE queue_status <> 'draft' GROUP BY queue_status";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, (String, i64)>(COUNT).fetch_all(conn).await)?;
    let stored = RowOf { table: "approvals", id: &"" };
    rows.into_iter().map(|(status, count)| Ok((stored.parse("queue_status", &status)?, count.unsigned_abs()))).collect()
}
