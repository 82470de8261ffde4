//! The table `applications`: what credentials and payments belong to, and who may see it.

use tallyport_domain::TeamRole;
use tallyport_domain::ids::{AppId, DeveloperId, TeamId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::redirect_uri::RedirectUris;

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

mod search;

pub use search::{ApplicationOrder, ApplicationSearch, FoundApplication, search_of_member};

/// An application of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRecord {
    /// The id.
    pub id: AppId,
    /// Whose it is.
    pub team_id: TeamId,
    /// The name that its team gave it.
    pub name: String,
    /// What it does, in its team's words; may be empty.
    pub description: String,
    /// Where browsers may be sent with a code.
    pub redirect_uris: RedirectUris,
    /// From where its calls may come.
    pub networks: AllowedNetworks,
    /// Whether its sandbox takes calls that are not signed.
    pub sandbox_unsigned: bool,
    /// Who made it.
    pub created_by: DeveloperId,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it was closed, if it was.
    pub closed_at_ms: Option<i64>,
}

/// An application as a member of its team sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationOfMember {
    /// The application.
    pub application: ApplicationRecord,
    /// What the member is in its team.
    pub role: TeamRole,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    team_id: String,
    name: String,
    description: String,
    redirect_uris: String,
    networks: String,
    sandbox_unsigned: i64,
    created_by: String,
    created_at_ms: i64,
    closed_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct RowOfMember {
    #[sqlx(flatten)]
    application: Row,
    role: String,
}

impl TryFrom<Row> for ApplicationRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "applications", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            team_id: stored.parse("team_id", &row.team_id)?,
            redirect_uris: stored.parse("redirect_uris", &row.redirect_uris)?,
            networks: stored.parse("networks", &row.networks)?,
            created_by: stored.parse("created_by", &row.created_by)?,
            sandbox_unsigned: row.sandbox_unsigned == 1,
            name: row.name,
            description: row.description,
            created_at_ms: row.created_at_ms,
            closed_at_ms: row.closed_at_ms,
        })
    }
}

impl TryFrom<RowOfMember> for ApplicationOfMember {
    type Error = StorageError;

    fn try_from(row: RowOfMember) -> Result<Self, StorageError> {
        let role = RowOf { table: "team_members", id: &row.application.team_id }.parse("role", &row.role)?;
        Ok(Self { application: row.application.try_into()?, role })
    }
}

/// Adds an application.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, application: &ApplicationRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO applications \
        (id, team_id, name, description, redirect_uris, networks, created_by, created_at_ms, closed_at_ms, \
        sandbox_unsigned) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(application.id.to_string())
            .bind(application.team_id.to_string())
            .bind(&application.name)
            .bind(&application.description)
            .bind(application.redirect_uris.to_string())
            .bind(application.networks.to_string())
            .bind(application.created_by.to_string())
            .bind(application.created_at_ms)
            .bind(application.closed_at_ms)
            .bind(i64::from(application.sandbox_unsigned))
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Finds an application, whoever's it is.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<ApplicationRecord>, StorageError> {
    const FIND: &str = "SELECT id, team_id, name, description, redirect_uris, networks, \
        sandbox_unsigned, created_by, created_at_ms, closed_at_ms FROM applications WHERE id = $1";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds an application, but only as one of a team that this developer is in.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_of_member(
    on: impl Into<Conn<'_>>,
    id: AppId,
    developer_id: DeveloperId,
) -> Result<Option<ApplicationOfMember>, StorageError> {
    const FIND: &str = "SELECT a.id, a.team_id, a.name, a.description, a.redirect_uris, a.networks, \
        a.sandbox_unsigned, a.created_by, a.created_at_ms, a.closed_at_ms, m.role \
        FROM applications AS a JOIN team_members AS m ON m.team_id = a.team_id AND m.developer_id = $2 \
        WHERE a.id = $1";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, RowOfMember>(FIND)
        .bind(id.to_string())
        .bind(developer_id.to_string())
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// The applications of all teams that a developer is in, newest first, from behind `after` on.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_member(
    on: impl Into<Conn<'_>>,
    developer_id: DeveloperId,
    after: Option<AppId>,
    limit: u32,
) -> Result<Vec<ApplicationOfMember>, StorageError> {
    const LIST: &str = "SELECT a.id, a.team_id, a.name, a.description, a.redirect_uris, a.networks, \
        a.sandbox_unsigned, a.created_by, a.created_at_ms, a.closed_at_ms, m.role \
        FROM team_members AS m JOIN applications AS a ON a.team_id = m.team_id \
        WHERE m.developer_id = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3";
    let mut conn = on.into();
    let before = after.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let rows = on!(conn, |conn| sqlx::query_as::<_, RowOfMember>(LIST)
        .bind(developer_id.to_string())
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many applications a team has that are not closed.
///
/// # Errors
/// When the database refuses.
pub async fn count_open_of_team(on: impl Into<Conn<'_>>, team_id: TeamId) -> Result<i64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM applications WHERE team_id = $1 AND closed_at_ms IS NULL";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).bind(team_id.to_string()).fetch_one(conn).await)?)
}

/// Locks an application until the transaction ends: whoever counts its keys before adding one comes
/// after everybody who came first. `false` when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn lock(tx: &mut Tx, id: AppId) -> Result<bool, StorageError> {
    const LOCK: Locking = Locking {
        plain: "SELECT id FROM applications WHERE id = $1",
        locking: "SELECT id FROM applications WHERE id = $1 FOR UPDATE",
    };
    let sql = LOCK.sql(tx.dialect());
    let found = on!(tx, |conn| sqlx::query_scalar::<_, String>(sql).bind(id.to_string()).fetch_optional(conn).await)?;
    Ok(found.is_some())
}

/// Gives an open application another name and description. `false` when it is closed or unknown.
///
/// # Errors
/// When the database refuses.
pub async fn update_profile(tx: &mut Tx, id: AppId, name: &str, description: &str) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE applications SET name = $2, description = $3 WHERE id = $1 AND closed_at_ms IS NULL";
    let updated = on!(tx, |conn| affected(
        sqlx::query(UPDATE).bind(id.to_string()).bind(name).bind(description).execute(conn).await
    ))?;
    Ok(updated == 1)
}

/// Replaces the redirect URIs of an open application. `false` when it is closed or unknown.
///
/// # Errors
/// When the database refuses.
pub async fn update_redirect_uris(tx: &mut Tx, id: AppId, uris: &RedirectUris) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE applications SET redirect_uris = $2 WHERE id = $1 AND closed_at_ms IS NULL";
    let updated =
        on!(tx, |conn| affected(sqlx::query(UPDATE).bind(id.to_string()).bind(uris.to_string()).execute(conn).await))?;
    Ok(updated == 1)
}

/// Replaces the allowed networks of an open application. `false` when it is closed or unknown.
///
/// # Errors
/// When the database refuses.
pub async fn update_networks(tx: &mut Tx, id: AppId, networks: &AllowedNetworks) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE applications SET networks = $2 WHERE id = $1 AND closed_at_ms IS NULL";
    let updated = on!(tx, |conn| affected(
        sqlx::query(UPDATE).bind(id.to_string()).bind(networks.to_string()).execute(conn).await
    ))?;
    Ok(updated == 1)
}

/// Says whether its sandbox takes calls that are not signed. `false` when the application is closed.
///
/// # Errors
/// When the database refuses.
pub async fn update_sandbox_unsigned(tx: &mut Tx, id: AppId, unsigned: bool) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE applications SET sandbox_unsigned = $2 WHERE id = $1 AND closed_at_ms IS NULL";
    let changed = on!(tx, |conn| affected(
        sqlx::query(UPDATE).bind(id.to_string()).bind(i64::from(unsigned)).execute(conn).await
    ))?;
    Ok(changed == 1)
}

/// Closes an application for good. `false` when it was closed before or is unknown.
///
/// # Errors
/// When the database refuses.
pub async fn close(tx: &mut Tx, id: AppId, now_ms: i64) -> Result<bool, StorageError> {
    const CLOSE: &str = "UPDATE applications SET closed_at_ms = $2 WHERE id = $1 AND closed_at_ms IS NULL";
    let closed = on!(tx, |conn| affected(sqlx::query(CLOSE).bind(id.to_string()).bind(now_ms).execute(conn).await))?;
    Ok(closed == 1)
}

/// An application's name.
///
/// # Errors
/// When the database refuses.
pub async fn find_name(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<String>, StorageError> {
    const FIND: &str = "SELECT name FROM applications WHERE id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, String>(FIND).bind(id.to_string()).fetch_optional(conn).await)?)
}
