//! The list of applications as administrators work through it.

use tallyport_domain::approval::ApprovalStatus;
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueueOrder {
    /// What waits longest comes first.
    #[default]
    OldestFirst,
    /// What moved last comes first.
    NewestFirst,
    /// By the application's name.
    Name,
}

/// Which part of the list.
#[derive(Debug, Clone, Default)]
pub struct QueueQuery {
    /// Applications in one of these states. Drafts are for their teams alone.
    pub states: Vec<ApprovalStatus>,
    /// Part of the application's, the company's or the team's name, or the application's id; or nothing.
    pub search: String,
    /// In which order.
    pub order: QueueOrder,
    /// From behind this one on.
    pub after: Option<AppId>,
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

/// The list's statement but for the place to go on from and the order.
macro_rules! list {
    ($comparison:literal, $key:literal, $order:literal) => {
        concat!(
            "SELECT a.application_id, p.name, t.name AS team, s.answer AS legal_name, a.status, a.queue_status, \
             a.permissions, d.name AS decided_by, a.since_ms FROM approvals AS a \
             JOIN applications AS p ON p.id = a.application_id JOIN teams AS t ON t.id = p.team_id \
             LEFT JOIN submission_answers AS s ON s.application_id = a.application_id \
             AND s.version = a.last_version AND s.field = 'legal_name' \
             LEFT JOIN developers AS d ON d.id = a.decided_by \
             WHERE a.queue_status IN ($1, $2, $3, $4, $5, $6, $7) \
             AND ($8 = '' OR a.application_id = $8 OR lower(p.name) LIKE $9 ESCAPE '\\' \
             OR lower(t.name) LIKE $9 ESCAPE '\\' OR lower(s.answer) LIKE $9 ESCAPE '\\') \
             AND ($10 = '' OR (",
            $key,
            ", a.application_id) ",
            $comparison,
            " (SELECT ",
            $key,
            ", a.application_id FROM approvals AS a JOIN applications AS p ON p.id = a.application_id \
             WHERE a.application_id = $10)) ORDER BY ",
            $order,
            " LIMIT $11"
        )
    };
}

const OLDEST: &str = list!(">", "a.since_ms", "a.since_ms, a.application_id");
const NEWEST: &str = list!("<", "a.since_ms", "a.since_ms DESC, a.application_id DESC");
const NAME: &str = list!(">", "p.name", "p.name, a.application_id");

/// One page of the list.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(on: impl Into<Conn<'_>>, query: &QueueQuery, limit: u32) -> Result<Vec<QueuedRecord>, StorageError> {
    let sql = match query.order {
        QueueOrder::OldestFirst => OLDEST,
        QueueOrder::NewestFirst => NEWEST,
        QueueOrder::Name => NAME,
    };
    let search = query.search.trim().to_ascii_lowercase();
    let escaped = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let state = |place: usize| query.states.get(place).map_or("", |state| state.as_str());
    let after = query.after.map(|id| id.to_string()).unwrap_or_default();
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(sql)
        .bind(state(0))
        .bind(state(1))
        .bind(state(2))
        .bind(state(3))
        .bind(state(4))
        .bind(state(5))
        .bind(state(6))
        .bind(&search)
        .bind(format!("%{escaped}%"))
        .bind(&after)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
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
