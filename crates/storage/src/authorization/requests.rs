//! The table `authorization_requests`: what clients ask of holders, from being pushed until somebody
//! decided.

use tallyport_domain::ids::ApiKey;
use tallyport_domain::oauth::ClientId;

use super::SecretHash;
use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A request. What was asked for is the service's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// Who asks.
    pub client: ClientId,
    /// By which name.
    pub api_key: ApiKey,
    /// What for.
    pub parameters: String,
}

/// Where a new request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its client pushed it; no browser has come with it.
    Pushed,
    /// It is open in a browser.
    Open,
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    environment: String,
    api_key: String,
    parameters: String,
}

impl TryFrom<Row> for RequestRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "authorization_requests", id: &row.api_key };
        Ok(Self {
            client: ClientId {
                application_id: stored.parse("application_id", &row.application_id)?,
                environment: stored.parse("environment", &row.environment)?,
            },
            api_key: stored.parse("api_key", &row.api_key)?,
            parameters: row.parameters,
        })
    }
}

/// Keeps a request.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx,
    id_hash: &SecretHash,
    request: &RequestRecord,
    stage: Stage,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO authorization_requests (id_hash, application_id, environment, api_key, stage, \
        parameters, created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(&id_hash[..])
            .bind(request.client.application_id.to_string())
            .bind(request.client.environment.as_str())
            .bind(request.api_key.to_string())
            .bind(match stage {
                Stage::Pushed => "pushed",
                Stage::Open => "open",
            })
            .bind(&request.parameters)
            .bind(now_ms)
            .bind(expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Opens a pushed request of a client in a browser, which knows it by a new secret from now on. Of
/// all who try, one succeeds.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn open(
    tx: &mut Tx,
    pushed: &SecretHash,
    client: ClientId,
    opened: &SecretHash,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<Option<RequestRecord>, StorageError> {
    const OPEN: &str = "UPDATE authorization_requests SET id_hash = $1, stage = 'open', expires_at_ms = $2 \
        WHERE id_hash = $3 AND application_id = $4 AND environment = $5 AND stage = 'pushed' AND expires_at_ms > $6 \
        RETURNING application_id, environment, api_key, parameters";
    let row = on!(tx, |conn| sqlx::query_as::<_, Row>(OPEN)
        .bind(&opened[..])
        .bind(expires_at_ms)
        .bind(&pushed[..])
        .bind(client.application_id.to_string())
        .bind(client.environment.as_str())
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// A request that is open and waits for a decision.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_open(
    on: impl Into<Conn<'_>>,
    id_hash: &SecretHash,
    now_ms: i64,
) -> Result<Option<RequestRecord>, StorageError> {
    const FIND: &str = "SELECT application_id, environment, api_key, parameters FROM authorization_requests \
        WHERE id_hash = $1 AND stage = 'open' AND expires_at_ms > $2";
    let mut conn = on.into();
    let row =
        on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(&id_hash[..]).bind(now_ms).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Ends the waiting. Of all decisions the first one counts.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn decide(tx: &mut Tx, id_hash: &SecretHash, now_ms: i64) -> Result<Option<RequestRecord>, StorageError> {
    const DECIDE: &str = "UPDATE authorization_requests SET stage = 'decided' \
        WHERE id_hash = $1 AND stage = 'open' AND expires_at_ms > $2 \
        RETURNING application_id, environment, api_key, parameters";
    let row =
        on!(tx, |conn| sqlx::query_as::<_, Row>(DECIDE).bind(&id_hash[..]).bind(now_ms).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}
