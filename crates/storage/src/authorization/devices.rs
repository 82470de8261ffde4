//! The table `device_codes`: devices that wait for their user.

use tallyport_domain::ids::{ApiKey, GrantId};
use tallyport_domain::oauth::{ClientId, DeviceState, Poll};

use super::SecretHash;
use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// A device that asks. What it asks for is the service's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRecord {
    /// Whose device.
    pub client: ClientId,
    /// By which name.
    pub api_key: ApiKey,
    /// What for.
    pub parameters: String,
    /// The rule's view of it.
    pub poll: Poll,
    /// What its user gave and when they had signed in.
    pub given: Option<(GrantId, i64)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    user_code: String,
    application_id: String,
    environment: String,
    api_key: String,
    parameters: String,
    state: String,
    grant_id: Option<String>,
    signed_in_at_s: Option<i64>,
    interval_s: i64,
    asked_at_ms: Option<i64>,
    expires_at_ms: i64,
}

impl TryFrom<Row> for DeviceRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "device_codes", id: &row.user_code };
        let state = match row.state.as_str() {
            "pending" => DeviceState::Pending,
            "approved" => DeviceState::Approved,
            "denied" => DeviceState::Denied,
            "used" => DeviceState::Used,
            _ => return Err(stored.corrupt("state")),
        };
        let given = match (&row.grant_id, row.signed_in_at_s) {
            (Some(grant_id), Some(at_s)) => Some((stored.parse("grant_id", grant_id)?, at_s)),
            (None, None) => None,
            _ => return Err(stored.corrupt("signed_in_at_s")),
        };
        Ok(Self {
            client: ClientId {
                application_id: stored.parse("application_id", &row.application_id)?,
                environment: stored.parse("environment", &row.environment)?,
            },
            api_key: stored.parse("api_key", &row.api_key)?,
            parameters: row.parameters,
            poll: Poll {
                state,
                asked_at_ms: row.asked_at_ms,
                interval_s: u32::try_from(row.interval_s).map_err(|_| stored.corrupt("interval_s"))?,
                expires_at_ms: row.expires_at_ms,
            },
            given,
        })
    }
}

/// A device that begins to wait.
#[derive(Debug)]
pub struct NewDevice<'a> {
    /// What stands for the device code.
    pub code_hash: &'a SecretHash,
    /// What the user will type.
    pub user_code: &'a str,
    /// Whose device.
    pub client: ClientId,
    /// By which name.
    pub api_key: ApiKey,
    /// What for.
    pub parameters: &'a str,
    /// How long it waits between two questions.
    pub interval_s: u32,
    /// Now.
    pub now_ms: i64,
    /// From when on it is too late.
    pub expires_at_ms: i64,
}

/// Lets a device wait. `false` when the user code is taken: draw another one.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, device: &NewDevice<'_>) -> Result<bool, StorageError> {
    const INSERT: &str = "INSERT INTO device_codes (code_hash, user_code, application_id, environment, api_key, \
        parameters, state, interval_s, created_at_ms, expires_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9) ON CONFLICT DO NOTHING";
    let inserted = on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(&device.code_hash[..])
            .bind(device.user_code)
            .bind(device.client.application_id.to_string())
            .bind(device.client.environment.as_str())
            .bind(device.api_key.to_string())
            .bind(device.parameters)
            .bind(i64::from(device.interval_s))
            .bind(device.now_ms)
            .bind(device.expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(inserted == 1)
}

macro_rules! select_sql {
    ($rest:literal) => {
        concat!(
            "SELECT user_code, application_id, environment, api_key, parameters, state, grant_id, signed_in_at_s, ",
            "interval_s, asked_at_ms, expires_at_ms FROM device_codes ",
            $rest
        )
    };
}

/// A device that still waits for its user, by what the user typed.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_waiting(
    on: impl Into<Conn<'_>>,
    user_code: &str,
    now_ms: i64,
) -> Result<Option<DeviceRecord>, StorageError> {
    const FIND: &str = select_sql!("WHERE user_code = $1 AND state = 'pending' AND expires_at_ms > $2");
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(user_code).bind(now_ms).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds a device by its code and keeps others from it until the transaction ends.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn lock(tx: &mut Tx, code_hash: &SecretHash) -> Result<Option<DeviceRecord>, StorageError> {
    const LOCK: Locking =
        Locking { plain: select_sql!("WHERE code_hash = $1"), locking: select_sql!("WHERE code_hash = $1 FOR UPDATE") };
    let sql = LOCK.sql(tx.dialect());
    let row = on!(tx, |conn| sqlx::query_as::<_, Row>(sql).bind(&code_hash[..]).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Writes down what the user decided. `false` when somebody decided before, or it is too late.
///
/// # Errors
/// When the database refuses.
pub async fn decide(
    tx: &mut Tx,
    user_code: &str,
    given: Option<(GrantId, i64)>,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const DECIDE: &str = "UPDATE device_codes SET state = $1, grant_id = $2, signed_in_at_s = $3 \
        WHERE user_code = $4 AND state = 'pending' AND expires_at_ms > $5";
    let state = if given.is_some() { "approved" } else { "denied" };
    let decided = on!(tx, |conn| affected(
        sqlx::query(DECIDE)
            .bind(state)
            .bind(given.map(|(id, _)| id.to_string()))
            .bind(given.map(|(_, at_s)| at_s))
            .bind(user_code)
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(decided == 1)
}

/// Writes down that a device asked, and how long it has to wait from now on.
///
/// # Errors
/// When the database refuses.
pub async fn mark_asked(tx: &mut Tx, code_hash: &SecretHash, interval_s: u32, now_ms: i64) -> Result<(), StorageError> {
    const ASKED: &str = "UPDATE device_codes SET asked_at_ms = $1, interval_s = $2 WHERE code_hash = $3";
    on!(tx, |conn| affected(
        sqlx::query(ASKED).bind(now_ms).bind(i64::from(interval_s)).bind(&code_hash[..]).execute(conn).await
    ))?;
    Ok(())
}

/// Writes down that a device got its tokens.
///
/// # Errors
/// [`StorageError::Stale`] when it got them meanwhile.
pub async fn mark_used(tx: &mut Tx, code_hash: &SecretHash) -> Result<(), StorageError> {
    const USED: &str = "UPDATE device_codes SET state = 'used' WHERE code_hash = $1 AND state = 'approved'";
    let used = on!(tx, |conn| affected(sqlx::query(USED).bind(&code_hash[..]).execute(conn).await))?;
    if used == 1 { Ok(()) } else { Err(StorageError::Stale { table: "device_codes" }) }
}
