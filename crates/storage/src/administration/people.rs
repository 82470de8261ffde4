//! People as administrators see them: without their passwords' hashes.

use tallyport_domain::administration::{AccountState, ListOrder};
use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::{Language, Role, TeamRole};

use super::anywhere;
use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::{affected, on};

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// The id.
    pub id: DeveloperId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they are to the platform.
    pub role: Role,
    /// The language of mails to them.
    pub language: Language,
    /// When the address was shown to be theirs.
    pub email_verified_at_ms: Option<i64>,
    /// Since when an administrator keeps them out.
    pub suspended_at_ms: Option<i64>,
    /// When they closed the account.
    pub closed_at_ms: Option<i64>,
    /// When the account was made.
    pub created_at_ms: i64,
}

impl PersonRecord {
    /// How the account stands.
    #[must_use]
    pub const fn state(&self) -> AccountState {
        AccountState::of(self.email_verified_at_ms, self.suspended_at_ms, self.closed_at_ms)
    }
}

/// Whom a list is to show.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// Part of the name or of the address, or the id. Empty for everybody.
    pub search: String,
    /// Only with this role.
    pub role: Option<Role>,
    /// Only in this state.
    pub state: Option<AccountState>,
}

macro_rules! columns {
    () => {
        "id, name, email, role, language, email_verified_at_ms, suspended_at_ms, closed_at_ms, created_at_ms"
    };
}

/// `AccountState::of` in SQL.
macro_rules! filtered {
    () => {
        " FROM developers WHERE ($1 = '' OR id = $1 OR lower(name) LIKE $2 ESCAPE '\\' \
         OR email_key LIKE $2 ESCAPE '\\') AND ($3 = '' OR role = $3) AND ($4 = '' OR $4 = \
         CASE WHEN closed_at_ms IS NOT NULL THEN 'closed' WHEN suspended_at_ms IS NOT NULL THEN 'suspended' \
         WHEN email_verified_at_ms IS NULL THEN 'unverified' ELSE 'active' END)"
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    role: String,
    language: String,
    email_verified_at_ms: Option<i64>,
    suspended_at_ms: Option<i64>,
    closed_at_ms: Option<i64>,
    created_at_ms: i64,
}

impl TryFrom<Row> for PersonRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "developers", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            role: stored.parse("role", &row.role)?,
            language: stored.parse("language", &row.language)?,
            name: row.name,
            email: row.email,
            email_verified_at_ms: row.email_verified_at_ms,
            suspended_at_ms: row.suspended_at_ms,
            closed_at_ms: row.closed_at_ms,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// One page of the people that the filter lets through.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_people(
    on: impl Into<Conn<'_>>,
    filter: &PeopleFilter,
    order: ListOrder,
    offset: u64,
    limit: u32,
) -> Result<Vec<PersonRecord>, StorageError> {
    const NEWEST: &str = concat!("SELECT ", columns!(), filtered!(), " ORDER BY id DESC LIMIT $5 OFFSET $6");
    const OLDEST: &str = concat!("SELECT ", columns!(), filtered!(), " ORDER BY id LIMIT $5 OFFSET $6");
    const NAME: &str = concat!("SELECT ", columns!(), filtered!(), " ORDER BY lower(name), id LIMIT $5 OFFSET $6");
    let sql = match order {
        ListOrder::Newest => NEWEST,
        ListOrder::Oldest => OLDEST,
        ListOrder::Name => NAME,
    };
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(sql)
        .bind(&filter.search)
        .bind(anywhere(&filter.search))
        .bind(filter.role.map_or("", Role::as_str))
        .bind(filter.state.map_or("", AccountState::as_str))
        .bind(i64::from(limit))
        .bind(i64::try_from(offset).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many people the filter lets through.
///
/// # Errors
/// When the database refuses.
pub async fn count_people(on: impl Into<Conn<'_>>, filter: &PeopleFilter) -> Result<u64, StorageError> {
    const COUNT: &str = concat!("SELECT count(*)", filtered!());
    let mut conn = on.into();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT)
        .bind(&filter.search)
        .bind(anywhere(&filter.search))
        .bind(filter.role.map_or("", Role::as_str))
        .bind(filter.state.map_or("", AccountState::as_str))
        .fetch_one(conn)
        .await)?;
    Ok(count.unsigned_abs())
}

/// Finds somebody by the id.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_person(on: impl Into<Conn<'_>>, id: DeveloperId) -> Result<Option<PersonRecord>, StorageError> {
    const FIND: &str = concat!("SELECT ", columns!(), " FROM developers WHERE id = $1");
    find(on.into(), FIND, &id.to_string()).await
}

/// Finds somebody by the unique form of the address.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_person_by_email(
    on: impl Into<Conn<'_>>,
    email_key: &str,
) -> Result<Option<PersonRecord>, StorageError> {
    const FIND: &str = concat!("SELECT ", columns!(), " FROM developers WHERE email_key = $1");
    find(on.into(), FIND, email_key).await
}

async fn find(mut conn: Conn<'_>, sql: &'static str, key: &str) -> Result<Option<PersonRecord>, StorageError> {
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(sql).bind(key).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Administrators, the first one first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_administrators(on: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<PersonRecord>, StorageError> {
    const LIST: &str =
        concat!("SELECT ", columns!(), " FROM developers WHERE role = 'administrator' ORDER BY id LIMIT $1");
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(i64::from(limit)).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Whether somebody is an administrator who may act: neither suspended nor gone.
///
/// # Errors
/// When the database refuses.
pub async fn is_acting_administrator(on: impl Into<Conn<'_>>, id: DeveloperId) -> Result<bool, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM developers WHERE id = $1 AND role = 'administrator' \
        AND suspended_at_ms IS NULL AND closed_at_ms IS NULL";
    let mut conn = on.into();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).bind(id.to_string()).fetch_one(conn).await)?;
    Ok(count == 1)
}

/// The administrators who may act, for one transaction at a time: whoever takes one away calls this first
/// of all, so that of many who take the last two, one finds out that the other was faster.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn lock_acting_administrators(tx: &mut Tx) -> Result<Vec<DeveloperId>, StorageError> {
    // One lock for all of them. Locks on their rows would be taken in an order that changes while
    // somebody waits, because whoever stops being one of them leaves the list.
    const LOCK: &str = "SELECT pg_advisory_xact_lock(8387794209803302)";
    const ACTING: &str = "SELECT id FROM developers WHERE role = 'administrator' AND suspended_at_ms IS NULL \
        AND closed_at_ms IS NULL ORDER BY id";
    if tx.dialect() == Dialect::Postgres {
        on!(tx, |conn| sqlx::query(LOCK).execute(conn).await.map(|_| ()))?;
    }
    let ids = on!(tx, |conn| sqlx::query_scalar::<_, String>(ACTING).fetch_all(conn).await)?;
    ids.iter().map(|id| RowOf { table: "developers", id }.parse("id", id)).collect()
}

/// Gives somebody another role. `false` when they do not have the role that this starts from.
///
/// # Errors
/// When the database refuses.
pub async fn set_role(tx: &mut Tx, id: DeveloperId, from: Role, to: Role) -> Result<bool, StorageError> {
    const SET: &str = "UPDATE developers SET role = $1 WHERE id = $2 AND role = $3 AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(
        sqlx::query(SET).bind(to.as_str()).bind(id.to_string()).bind(from.as_str()).execute(conn).await
    ))?;
    Ok(changed == 1)
}

/// Keeps somebody out from a time on, or lets them in again. `false` when that is so already, or the
/// account is closed.
///
/// # Errors
/// When the database refuses.
pub async fn set_suspended(tx: &mut Tx, id: DeveloperId, since_ms: Option<i64>) -> Result<bool, StorageError> {
    const SUSPEND: &str = "UPDATE developers SET suspended_at_ms = $1 \
        WHERE id = $2 AND suspended_at_ms IS NULL AND closed_at_ms IS NULL";
    const UNSUSPEND: &str = "UPDATE developers SET suspended_at_ms = $1 \
        WHERE id = $2 AND suspended_at_ms IS NOT NULL AND closed_at_ms IS NULL";
    let sql = if since_ms.is_some() { SUSPEND } else { UNSUSPEND };
    let changed = on!(tx, |conn| affected(sqlx::query(sql).bind(since_ms).bind(id.to_string()).execute(conn).await))?;
    Ok(changed == 1)
}

/// A team and what somebody is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamOfPersonRecord {
    /// The team.
    pub team_id: TeamId,
    /// Its name.
    pub team_name: String,
    /// Who is in it.
    pub developer_id: DeveloperId,
    /// Their name.
    pub developer_name: String,
    /// What they are in it.
    pub role: TeamRole,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    team_id: String,
    team_name: String,
    developer_id: String,
    developer_name: String,
    role: String,
}

impl TryFrom<MemberRow> for TeamOfPersonRecord {
    type Error = StorageError;

    fn try_from(row: MemberRow) -> Result<Self, StorageError> {
        let stored = RowOf { table: "team_members", id: &row.team_id };
        Ok(Self {
            team_id: stored.parse("team_id", &row.team_id)?,
            developer_id: stored.parse("developer_id", &row.developer_id)?,
            role: stored.parse("role", &row.role)?,
            team_name: row.team_name,
            developer_name: row.developer_name,
        })
    }
}

/// The teams that somebody is in.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_teams_of_person(
    on: impl Into<Conn<'_>>,
    id: DeveloperId,
    limit: u32,
) -> Result<Vec<TeamOfPersonRecord>, StorageError> {
    const LIST: &str = "SELECT t.id AS team_id, t.name AS team_name, d.id AS developer_id, \
        d.name AS developer_name, m.role FROM team_members AS m JOIN teams AS t ON t.id = m.team_id \
        JOIN developers AS d ON d.id = m.developer_id WHERE m.developer_id = $1 ORDER BY m.team_id LIMIT $2";
    list_members(on.into(), LIST, &id.to_string(), limit).await
}

/// The members of a team.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_team_members(
    on: impl Into<Conn<'_>>,
    id: TeamId,
    limit: u32,
) -> Result<Vec<TeamOfPersonRecord>, StorageError> {
    const LIST: &str = "SELECT t.id AS team_id, t.name AS team_name, d.id AS developer_id, \
        d.name AS developer_name, m.role FROM team_members AS m JOIN teams AS t ON t.id = m.team_id \
        JOIN developers AS d ON d.id = m.developer_id WHERE m.team_id = $1 ORDER BY m.developer_id LIMIT $2";
    list_members(on.into(), LIST, &id.to_string(), limit).await
}

async fn list_members(
    mut conn: Conn<'_>,
    sql: &'static str,
    key: &str,
    limit: u32,
) -> Result<Vec<TeamOfPersonRecord>, StorageError> {
    let rows =
        on!(conn, |conn| sqlx::query_as::<_, MemberRow>(sql).bind(key).bind(i64::from(limit)).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
