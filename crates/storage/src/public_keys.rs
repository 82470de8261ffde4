//! The table `public_keys`: the keys with which applications' signatures are verified. Holds nothing
//! secret.

use tallyport_domain::Environment;
use tallyport_domain::ids::{AppId, DeveloperId, PublicKeyId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::public_key::PublicKeyKind;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};
use crate::rows::write_rows;

/// What a key that is there already stands in the way of, in [`StorageError::is_conflict_on`].
pub const FINGERPRINT_IS_UNIQUE: &str = "public_keys(application_id, environment, fingerprint)";

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyRecord {
    /// The id, which signatures name.
    pub id: PublicKeyId,
    /// Whose it is.
    pub application_id: AppId,
    /// In which world it is good.
    pub environment: Environment,
    /// What its team calls it.
    pub name: String,
    /// What kind of key it is.
    pub kind: PublicKeyKind,
    /// How long it is.
    pub bits: i64,
    /// The key itself, as `SubjectPublicKeyInfo` in DER.
    pub spki: Vec<u8>,
    /// SHA-256 of the key.
    pub fingerprint: String,
    /// From where it may be used.
    pub networks: AllowedNetworks,
    /// Who added it.
    pub created_by: DeveloperId,
    /// When it was added.
    pub created_at_ms: i64,
    /// When it was last used, roughly.
    pub last_used_at_ms: Option<i64>,
    /// When it stops working by itself.
    pub expires_at_ms: Option<i64>,
    /// When it was made to stop working.
    pub revoked_at_ms: Option<i64>,
}

/// A public key with what of its application and its adder is shown or decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyOfApplication {
    /// The key.
    pub key: PublicKeyRecord,
    /// The name of who added it.
    pub created_by_name: String,
    /// When the application was closed, if it was.
    pub application_closed_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    application_id: String,
    environment: String,
    name: String,
    kind: String,
    bits: i64,
    spki: Vec<u8>,
    fingerprint: String,
    networks: String,
    created_by: String,
    created_at_ms: i64,
    last_used_at_ms: Option<i64>,
    expires_at_ms: Option<i64>,
    revoked_at_ms: Option<i64>,
    created_by_name: String,
    application_closed_at_ms: Option<i64>,
}

impl TryFrom<Row> for PublicKeyOfApplication {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "public_keys", id: &row.id };
        let key = PublicKeyRecord {
            id: stored.parse("id", &row.id)?,
            application_id: stored.parse("application_id", &row.application_id)?,
            environment: stored.parse("environment", &row.environment)?,
            kind: stored.parse("kind", &row.kind)?,
            networks: stored.parse("networks", &row.networks)?,
            created_by: stored.parse("created_by", &row.created_by)?,
            name: row.name,
            bits: row.bits,
            spki: row.spki,
            fingerprint: row.fingerprint,
            created_at_ms: row.created_at_ms,
            last_used_at_ms: row.last_used_at_ms,
            expires_at_ms: row.expires_at_ms,
            revoked_at_ms: row.revoked_at_ms,
        };
        Ok(Self { key, created_by_name: row.created_by_name, application_closed_at_ms: row.application_closed_at_ms })
    }
}

/// Adds a public key.
///
/// # Errors
/// When the database refuses, among others because the application has the key already.
pub async fn insert(tx: &mut Tx, key: &PublicKeyRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO public_keys (id, application_id, environment, name, kind, bits, spki, \
        fingerprint, networks, created_by, created_at_ms, last_used_at_ms, expires_at_ms, revoked_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(key.id.to_string())
            .bind(key.application_id.to_string())
            .bind(key.environment.as_str())
            .bind(&key.name)
            .bind(key.kind.as_str())
            .bind(key.bits)
            .bind(&key.spki[..])
            .bind(&key.fingerprint)
            .bind(key.networks.to_string())
            .bind(key.created_by.to_string())
            .bind(key.created_at_ms)
            .bind(key.last_used_at_ms)
            .bind(key.expires_at_ms)
            .bind(key.revoked_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.application_id, k.environment, k.name, k.kind, k.bits, k.spki, k.fingerprint, ",
            "k.networks, k.created_by, k.created_at_ms, k.last_used_at_ms, k.expires_at_ms, k.revoked_at_ms, ",
            "d.name AS created_by_name, a.closed_at_ms AS application_closed_at_ms ",
            "FROM public_keys AS k JOIN developers AS d ON d.id = k.created_by ",
            "JOIN applications AS a ON a.id = k.application_id ",
            $rest
        )
    };
}

/// Finds a public key, revoked and expired ones too.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: PublicKeyId) -> Result<Option<PublicKeyOfApplication>, StorageError> {
    const FIND: &str = select!("WHERE k.id = $1");
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// An application's newest public keys of one environment, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_application(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    limit: u32,
) -> Result<Vec<PublicKeyOfApplication>, StorageError> {
    const LIST: &str = select!("WHERE k.application_id = $1 AND k.environment = $2 ORDER BY k.id DESC LIMIT $3");
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many public keys of an application work in an environment right now.
///
/// # Errors
/// When the database refuses.
pub async fn count_usable(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    now_ms: i64,
) -> Result<i64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM public_keys WHERE application_id = $1 AND environment = $2 \
        AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > $3)";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(now_ms)
        .fetch_one(conn)
        .await)?)
}

/// The newest public key of a kind that works in an environment right now: its id and the key itself.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_newest_usable(
    on: impl Into<Conn<'_>>,
    (application_id, environment): (AppId, Environment),
    kind: PublicKeyKind,
    now_ms: i64,
) -> Result<Option<(PublicKeyId, Vec<u8>)>, StorageError> {
    const FIND: &str = "SELECT id, spki FROM public_keys WHERE application_id = $1 AND environment = $2 \
        AND kind = $3 AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > $4) \
        ORDER BY id DESC LIMIT 1";
    let mut conn = on.into();
    let found = on!(conn, |conn| sqlx::query_as::<_, (String, Vec<u8>)>(FIND)
        .bind(application_id.to_string())
        .bind(environment.as_str())
        .bind(kind.as_str())
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?;
    found.map(|(id, spki)| Ok((RowOf { table: "public_keys", id: &id }.parse("id", &id)?, spki))).transpose()
}

/// Ends a public key: at once when the end is now, else by itself at that time. `false` when it works
/// no longer or is not that application's; an earlier end is not put off.
///
/// # Errors
/// When the database refuses.
pub async fn end(
    tx: &mut Tx,
    id: PublicKeyId,
    application_id: AppId,
    end_ms: i64,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const END: &str = "UPDATE public_keys SET \
        revoked_at_ms = CASE WHEN $3 <= $4 THEN $4 ELSE NULL END, \
        expires_at_ms = CASE WHEN expires_at_ms IS NULL OR expires_at_ms > $3 THEN $3 ELSE expires_at_ms END \
        WHERE id = $1 AND application_id = $2 AND revoked_at_ms IS NULL \
        AND (expires_at_ms IS NULL OR expires_at_ms > $4)";
    let ended = on!(tx, |conn| affected(
        sqlx::query(END)
            .bind(id.to_string())
            .bind(application_id.to_string())
            .bind(end_ms)
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(ended == 1)
}

/// Gives a public key another name and other networks. `false` when it is not that application's.
///
/// # Errors
/// When the database refuses.
pub async fn update(
    tx: &mut Tx,
    id: PublicKeyId,
    application_id: AppId,
    name: &str,
    networks: &AllowedNetworks,
) -> Result<bool, StorageError> {
    const UPDATE: &str = "UPDATE public_keys SET name = $3, networks = $4 WHERE id = $1 AND application_id = $2";
    let updated = on!(tx, |conn| affected(
        sqlx::query(UPDATE)
            .bind(id.to_string())
            .bind(application_id.to_string())
            .bind(name)
            .bind(networks.to_string())
            .execute(conn)
            .await
    ))?;
    Ok(updated == 1)
}

/// Writes down when public keys were last used, many at a time.
///
/// # Errors
/// When the database refuses.
pub async fn note_uses(tx: &mut Tx, uses: &[(PublicKeyId, i64)]) -> Result<(), StorageError> {
    write_rows!(
        tx,
        uses,
        "WITH used (id, at_ms) AS (VALUES {}) UPDATE public_keys SET last_used_at_ms = used.at_ms FROM used \
        WHERE public_keys.id = used.id \
        AND (public_keys.last_used_at_ms IS NULL OR public_keys.last_used_at_ms < used.at_ms)",
        |used| [used.0.to_string(), used.1]
    )
    .await?;
    Ok(())
}
