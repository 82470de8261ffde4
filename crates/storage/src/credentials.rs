//! The table `credentials`: the keys with which applications call the API. Secrets come and go
//! sealed; this module cannot open them.

use std::fmt;

use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// An API key with its sealed secret.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The public half.
    pub api_key: ApiKey,
    /// Whose it is.
    pub application_id: AppId,
    /// Which world it opens.
    pub environment: Environment,
    /// The secret half, encrypted under a data key.
    pub sealed_secret: Vec<u8>,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it was last used, roughly.
    pub last_used_at_ms: Option<i64>,
    /// When it stops working by itself.
    pub expires_at_ms: Option<i64>,
    /// When it was made to stop working.
    pub revoked_at_ms: Option<i64>,
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

/// A credential together with what is needed to say who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialOfApplication {
    /// The credential.
    pub credential: CredentialRecord,
    /// The application's name.
    pub application_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    api_key: String,
    application_id: String,
    environment: String,
    sealed_secret: Vec<u8>,
    created_at_ms: i64,
    last_used_at_ms: Option<i64>,
    expires_at_ms: Option<i64>,
    revoked_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct JoinedRow {
    #[sqlx(flatten)]
    credential: Row,
    application_name: String,
}

impl TryFrom<Row> for CredentialRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "credentials", id: &row.api_key };
        Ok(Self {
            api_key: stored.parse("api_key", &row.api_key)?,
            application_id: stored.parse("application_id", &row.application_id)?,
            environment: stored.parse("environment", &row.environment)?,
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
        Ok(Self { application_name: row.application_name, credential })
    }
}

/// Adds a credential.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, credential: &CredentialRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO credentials (api_key, application_id, environment, \
        sealed_secret, created_at_ms, last_used_at_ms, expires_at_ms, revoked_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(credential.api_key.to_string())
            .bind(credential.application_id.to_string())
            .bind(credential.environment.as_str())
            .bind(&credential.sealed_secret[..])
            .bind(credential.created_at_ms)
            .bind(credential.last_used_at_ms)
            .bind(credential.expires_at_ms)
            .bind(credential.revoked_at_ms)
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
    const FIND: &str = "SELECT c.api_key, c.application_id, c.environment, c.sealed_secret, \
        c.created_at_ms, c.last_used_at_ms, c.expires_at_ms, c.revoked_at_ms, \
        a.name AS application_name \
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
) -> Result<Vec<CredentialRecord>, StorageError> {
    const LIST: &str = "SELECT api_key, application_id, environment, sealed_secret, \
        created_at_ms, last_used_at_ms, expires_at_ms, revoked_at_ms FROM credentials \
        WHERE application_id = $1 AND environment = $2 ORDER BY api_key DESC LIMIT $3";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
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
