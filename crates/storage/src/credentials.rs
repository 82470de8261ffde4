//! The table `credentials`: the keys with which applications call the API. Secrets come and go
//! sealed; this module cannot open them.

use std::fmt;

use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId, DeveloperId, PlanId};
use tallyport_domain::network::AllowedNetworks;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};
use crate::rows::write_rows;

/// An API key with its sealed secret.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The public half.
    pub api_key: ApiKey,
    /// Whose it is.
    pub application_id: AppId,
    /// Which world it opens.
    pub environment: Environment,
    /// What its team calls it.
    pub name: String,
    /// From where it may be used.
    pub networks: AllowedNetworks,
    /// The secret half, encrypted under a data key.
    pub sealed_secret: Vec<u8>,
    /// Who made it.
    pub created_by: DeveloperId,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it was last used, roughly.
    pub last_used_at_ms: Option<i64>,
    /// When it stops working by itself.
    pub expires_at_ms: Option<i64>,
    /// When it was made to stop working.
    pub revoked_at_ms: Option<i64>,
    /// The credential that took over from it.
    pub successor: Option<ApiKey>,
}

impl fmt::Debug for CredentialRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("CredentialRecord")
            .field("api_key", &self.api_key)
            .field("application_id", &self.application_id)
            .field("environment", &self.environment)
            .field("expires_at_ms", &self.expires_at_ms)
            .field("revoked_at_ms", &self.revoked_at_ms)
            .finish_non_exhaustive()
    }
}

/// A credential together with what of its application decides about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialOfApplication {
    /// The credential.
    pub credential: CredentialRecord,
    /// The application's name.
    pub application_name: String,
    /// From where the application may be used at all.
    pub application_networks: AllowedNetworks,
    /// Whether the application's sandbox takes calls that are not signed.
    pub sandbox_unsigned: bool,
    /// The plan that says how often the application may call, if it has one.
    pub plan_id: Option<PlanId>,
    /// When the application was closed, if it was.
    pub application_closed_at_ms: Option<i64>,
}

/// A credential as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCredential {
    /// The credential.
    pub credential: CredentialRecord,
    /// The name of who made it.
    pub created_by_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    api_key: String,
    application_id: String,
    environment: String,
    name: String,
    networks: String,
    sealed_secret: Vec<u8>,
    created_by: String,
    created_at_ms: i64,
    last_used_at_ms: Option<i64>,
    expires_at_ms: Option<i64>,
    revoked_at_ms: Option<i64>,
    successor: Option<String>,
}

#[derive(sqlx::FromRow)]
struct JoinedRow {
    #[sqlx(flatten)]
    credential: Row,
    application_name: String,
    application_networks: String,
    sandbox_unsigned: i64,
    plan_id: Option<String>,
    application_closed_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    credential: Row,
    created_by_name: String,
}

impl TryFrom<Row> for CredentialRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "credentials", id: &row.api_key };
        Ok(Self {
            api_key: stored.parse("api_key", &row.api_key)?,
            application_id: stored.parse("application_id", &row.application_id)?,
            environment: stored.parse("environment", &row.environment)?,
            networks: stored.parse("networks", &row.networks)?,
            created_by: stored.parse("created_by", &row.created_by)?,
            successor: row.successor.as_deref().map(|key| stored.parse("successor", key)).transpose()?,
            name: row.name,
            sealed_secret: row.sealed_secret,
            created_at_ms: row.created_at_ms,
            last_used_at_ms: row.last_used_at_ms,
            expires_at_ms: row.expires_at_ms,
            revoked_at_ms: row.revoked_at_ms,
        })
    }
}

impl TryFrom<JoinedRow> for CredentialOfApplication {
    type Error = StorageError;

    fn try_from(row: JoinedRow) -> Result<Self, StorageError> {
        let credential = CredentialRecord::try_from(row.credential)?;
        let application = RowOf { table: "applications", id: &credential.application_id };
        Ok(Self {
            application_networks: application.parse("networks", &row.application_networks)?,
            sandbox_unsigned: row.sandbox_unsigned == 1,
            plan_id: row.plan_id.as_deref().map(|id| application.parse("plan_id", id)).transpose()?,
            application_name: row.application_name,
            application_closed_at_ms: row.application_closed_at_ms,
            credential,
        })
    }
}

impl TryFrom<ListedRow> for ListedCredential {
    type Error = StorageError;

    fn try_from(row: ListedRow) -> Result<Self, StorageError> {
        Ok(Self { credential: row.credential.try_into()?, created_by_name: row.created_by_name })
    }
}

/// Adds a credential.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, credential: &CredentialRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO credentials (api_key, application_id, environment, name, networks, \
        sealed_secret, created_by, created_at_ms, last_used_at_ms, expires_at_ms, revoked_at_ms, successor) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(credential.api_key.to_string())
            .bind(credential.application_id.to_string())
            .bind(credential.environment.as_str())
            .bind(&credential.name)
            .bind(credential.networks.to_string())
            .bind(&credential.sealed_secret[..])
            .bind(credential.created_by.to_string())
            .bind(credential.created_at_ms)
            .bind(credential.last_used_at_ms)
            .bind(credential.expires_at_ms)
            .bind(credential.revoked_at_ms)
            .bind(credential.successor.map(|key| key.to_string()))
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Finds a credential and its application by the public half, revoked and expired ones too: the
/// caller decides, and may want to tell why.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_by_api_key(
    on: impl Into<Conn<'_>>,
    api_key: ApiKey,
) -> Result<Option<CredentialOfApplication>, StorageError> {
    const FIND: &str = "SELECT c.api_key, c.application_id, c.environment, c.name, c.networks, c.sealed_secret, \
        c.created_by, c.created_at_ms, c.last_used_at_ms, c.expires_at_ms, c.revoked_at_ms, c.successor, \
        a.name AS application_name, a.networks AS application_networks, a.sandbox_unsigned, \
        a.plan_id, a.closed_at_ms AS application_closed_at_ms \
        FROM credentials AS c JOIN applications AS a ON a.id = c.application_id \
        WHERE c.api_key = $1";
    let mut conn = on.into();
    let row =
        on!(conn, |conn| sqlx::query_as::<_, JoinedRow>(FIND).bind(api_key.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// An application's newest credentials of one environment, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_application(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    limit: u32,
) -> Result<Vec<ListedCredential>, StorageError> {
    const LIST: &str = "SELECT c.api_key, c.application_id, c.environment, c.name, c.networks, c.sealed_secret, \
        c.created_by, c.created_at_ms, c.last_used_at_ms, c.expires_at_ms, c.revoked_at_ms, c.successor, \
        d.name AS created_by_name \
        FROM credentials AS c JOIN developers AS d ON d.id = c.created_by \
        WHERE c.application_id = $1 AND c.environment = $2 ORDER BY c.api_key DESC LIMIT $3";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, ListedRow>(LIST)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many credentials of an application work in an environment right now.
///
/// # Errors
/// When the database refuses.
pub async fn count_usable(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    now_ms: i64,
) -> Result<i64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM credentials WHERE application_id = $1 AND environment = $2 \
        AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > $3)";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(now_ms)
        .fetch_one(conn)
        .await)?)
}

/// Revokes an application's credential. `false` when it is not that application's, or was revoked
/// before: the first time counts.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &mut Tx, api_key: ApiKey, application_id: AppId, now_ms: i64) -> Result<bool, StorageError> {
    const REVOKE: &str = "UPDATE credentials SET revoked_at_ms = $1 \
        WHERE api_key = $2 AND application_id = $3 AND revoked_at_ms IS NULL";
    let revoked = on!(tx, |conn| affected(
        sqlx::query(REVOKE).bind(now_ms).bind(api_key.to_string()).bind(application_id.to_string()).execute(conn).await
    ))?;
    Ok(revoked == 1)
}

/// Hands over from one credential to another, which is there already. `false` when the old one works
/// no longer or was replaced before: of several that try, one succeeds.
///
/// # Errors
/// When the database refuses.
pub async fn replace(
    tx: &mut Tx,
    old: ApiKey,
    successor: ApiKey,
    expires_at_ms: i64,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const REPLACE: &str = "UPDATE credentials SET successor = $2, expires_at_ms = $3 \
        WHERE api_key = $1 AND successor IS NULL AND revoked_at_ms IS NULL \
        AND (expires_at_ms IS NULL OR expires_at_ms > $4)";
    let replaced = on!(tx, |conn| affected(
        sqlx::query(REPLACE)
            .bind(old.to_string())
            .bind(successor.to_string())
            .bind(expires_at_ms)
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(replaced == 1)
}

/// Gives a credential another name and other networks. `false` when it is not that application's.
///
/// # Errors
/// When the database refuses.
pub async fn update(
    tx: &mut Tx,
    api_key: ApiKey,
    application_id: AppId,
    name: &str,
    networks: &AllowedNetworks,
) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE credentials SET name = $3, networks = $4 WHERE api_key = $1 AND application_id = $2";
    let updated = on!(tx, |conn| affected(
        sqlx::query(UPDATE)
            .bind(api_key.to_string())
            .bind(application_id.to_string())
            .bind(name)
            .bind(networks.to_string())
            .execute(conn)
            .await
    ))?;
    Ok(updated == 1)
}

/// Writes down when credentials were last used, many at a time. Of two processes the later use
/// counts.
///
/// # Errors
/// When the database refuses.
pub async fn note_uses(tx: &mut Tx, uses: &[(ApiKey, i64)]) -> Result<(), StorageError> {
    write_rows!(
        tx,
        uses,
        "WITH used (api_key, at_ms) AS (VALUES {}) UPDATE credentials SET last_used_at_ms = used.at_ms FROM used \
        WHERE credentials.api_key = used.api_key \
        AND (credentials.last_used_at_ms IS NULL OR credentials.last_used_at_ms < used.at_ms)",
        |used| [used.0.to_string(), used.1]
    )
    .await?;
    Ok(())
}
