//! Applications of all teams.

use tallyport_domain::administration::ListOrder;
use tallyport_domain::ids::{AppId, DeveloperId, TeamId};

use super::anywhere;
use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// An application with the name of its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationOverviewRecord {
    /// The id.
    pub id: AppId,
    /// The name.
    pub name: String,
    /// What it does, in its team's words.
    pub description: String,
    /// Whose it is.
    pub team_id: TeamId,
    /// The team's name.
    pub team_name: String,
    /// Who made it.
    pub created_by: DeveloperId,
    /// When it was made.
    pub created_at_ms: i64,
}

/// Which applications a list is to show.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// Part of the name, or the id of the application or of its team. Empty for all.
    pub search: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    description: String,
    team_id: String,
    team_name: String,
    created_by: String,
    created_at_ms: i64,
}

impl TryFrom<Row> for ApplicationOverviewRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "applications", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            team_id: stored.parse("team_id", &row.team_id)?,
            created_by: stored.parse("created_by", &row.created_by)?,
            name: row.name,
            description: row.description,
            team_name: row.team_name,
            created_at_ms: row.created_at_ms,
        })
    }
}

macro_rules! columns {
    () => {
        "SELECT a.id, a.name, a.description, a.team_id, t.name AS team_name, a.created_by, a.created_at_ms \
         FROM applications AS a JOIN teams AS t ON t.id = a.team_id"
    };
}

macro_rules! filter {
    () => {
        " WHERE ($1 = '' OR a.id = $1 OR a.team_id = $1 OR lower(a.name) LIKE $2 ESCAPE '\\')"
    };
}

/// One page of the applications that the filter lets through.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_applications(
    on: impl Into<Conn<'_>>,
    filter: &ApplicationFilter,
    order: ListOrder,
    offset: u64,
    limit: u32,
) -> Result<Vec<ApplicationOverviewRecord>, StorageError> {
    const NEWEST: &str = concat!(columns!(), filter!(), " ORDER BY a.id DESC LIMIT $3 OFFSET $4");
    const OLDEST: &str = concat!(columns!(), filter!(), " ORDER BY a.id LIMIT $3 OFFSET $4");
    const NAME: &str = concat!(columns!(), filter!(), " ORDER BY lower(a.name), a.id LIMIT $3 OFFSET $4");
    let sql = match order {
        ListOrder::Newest => NEWEST,
        ListOrder::Oldest => OLDEST,
        ListOrder::Name => NAME,
    };
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(sql)
        .bind(&filter.search)
        .bind(anywhere(&filter.search))
        .bind(i64::from(limit))
        .bind(i64::try_from(offset).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many applications the filter lets through.
///
/// # Errors
/// When the database refuses.
pub async fn count_applications(on: impl Into<Conn<'_>>, filter: &ApplicationFilter) -> Result<u64, StorageError> {
    const COUNT: &str = concat!("SELECT count(*) FROM applications AS a", filter!());
    let mut conn = on.into();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT)
        .bind(&filter.search)
        .bind(anywhere(&filter.search))
        .fetch_one(conn)
        .await)?;
    Ok(count.unsigned_abs())
}

/// Finds any application.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_application(
    on: impl Into<Conn<'_>>,
    id: AppId,
) -> Result<Option<ApplicationOverviewRecord>, StorageError> {
    const FIND: &str = concat!(columns!(), " WHERE a.id = $1");
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// The applications of all teams that somebody is in, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_applications_of_developer(
    on: impl Into<Conn<'_>>,
    id: DeveloperId,
    limit: u32,
) -> Result<Vec<ApplicationOverviewRecord>, StorageError> {
    const LIST: &str = concat!(
        columns!(),
        " JOIN team_members AS m ON m.team_id = a.team_id WHERE m.developer_id = $1 ORDER BY a.id DESC LIMIT $2"
    );
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
