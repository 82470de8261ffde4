//! The tables `holders` and `holder_sessions`: the people and businesses whose money is moved, and
//! their sign-ins.

use std::fmt;

use tallyport_domain::ids::{AppId, HolderId};
use tallyport_domain::{Environment, Language};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// How a holder shows who they are.
#[derive(Clone, PartialEq, Eq)]
pub enum HolderPassword {
    /// An Argon2id hash.
    Hashed(String),
    /// Of a test holder: sealed, because its developers are shown it.
    Sealed {
        /// Whose test holder it is.
        application_id: AppId,
        /// Which of the application's two it is.
        test_role: String,
        /// The password, encrypted under a data key.
        sealed: Vec<u8>,
    },
}

impl fmt::Debug for HolderPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Hashed(_) => "Hashed(…)",
            Self::Sealed { .. } => "Sealed(…)",
        })
    }
}

/// An account holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRecord {
    /// The id.
    pub id: HolderId,
    /// The world that they live in.
    pub environment: Environment,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The address as it is compared.
    pub email_key: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// How they show who they are.
    pub password: HolderPassword,
    /// The language they read.
    pub language: Language,
    /// When the account was made.
    pub created_at_ms: i64,
    /// When it was closed.
    pub closed_at_ms: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    environment: String,
    application_id: Option<String>,
    test_role: Option<String>,
    name: String,
    email: String,
    email_key: String,
    phone: Option<String>,
    password_hash: Option<String>,
    sealed_password: Option<Vec<u8>>,
    language: String,
    created_at_ms: i64,
    closed_at_ms: Option<i64>,
}

impl TryFrom<Row> for HolderRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "holders", id: &row.id };
        let password = match (row.password_hash, row.application_id, row.test_role, row.sealed_password) {
            (Some(hash), None, None, None) => HolderPassword::Hashed(hash),
            (None, Some(application_id), Some(test_role), Some(sealed)) => HolderPassword::Sealed {
                application_id: stored.parse("application_id", &application_id)?,
                test_role,
                sealed,
            },
            _ => return Err(stored.corrupt("password_hash")),
        };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            environment: stored.parse("environment", &row.environment)?,
            language: Language::of_tag(&row.language).ok_or_else(|| stored.corrupt("language"))?,
            name: row.name,
            email: row.email,
            email_key: row.email_key,
            phone: row.phone,
            password,
            created_at_ms: row.created_at_ms,
            closed_at_ms: row.closed_at_ms,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, environment, application_id, test_role, name, email, email_key, phone, password_hash, ",
            "sealed_password, language, created_at_ms, closed_at_ms FROM holders ",
            $rest
        )
    };
}

/// Adds a holder.
///
/// # Errors
/// A conflict on `holders(email_key)` when the address is taken.
pub async fn insert(tx: &mut Tx, holder: &HolderRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO holders (id, environment, application_id, test_role, name, email, email_key, \
        phone, password_hash, sealed_password, language, created_at_ms, closed_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let (application_id, test_role, hash, sealed) = match &holder.password {
        HolderPassword::Hashed(hash) => (None, None, Some(hash), None),
        HolderPassword::Sealed { application_id, test_role, sealed } => {
            (Some(application_id.to_string()), Some(test_role), None, Some(&sealed[..]))
        }
    };
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(holder.id.to_string())
            .bind(holder.environment.as_str())
            .bind(&application_id)
            .bind(test_role)
            .bind(&holder.name)
            .bind(&holder.email)
            .bind(&holder.email_key)
            .bind(&holder.phone)
            .bind(hash)
            .bind(sealed)
            .bind(holder.language.tag())
            .bind(holder.created_at_ms)
            .bind(holder.closed_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Finds a holder, closed ones too.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: HolderId) -> Result<Option<HolderRecord>, StorageError> {
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds a holder by the address as it is compared, closed ones too.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_by_email_key(on: impl Into<Conn<'_>>, email_key: &str) -> Result<Option<HolderRecord>, StorageError> {
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(select!("WHERE email_key = $1"))
        .bind(email_key)
        .fetch_optional(conn)
        .await)?;
    row.map(TryInto::try_into).transpose()
}

/// The test holders of an application, the buyer first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_application(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
) -> Result<Vec<HolderRecord>, StorageError> {
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(select!("WHERE application_id = $1 ORDER BY test_role"))
        .bind(application_id.to_string())
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// SHA-256 of a session's secret.
pub type SessionHash = [u8; 32];

/// Begins a session.
///
/// # Errors
/// When the database refuses.
pub async fn begin_session(
    tx: &mut Tx,
    id_hash: &SessionHash,
    holder_id: HolderId,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StorageError> {
    const BEGIN: &str =
        "INSERT INTO holder_sessions (id_hash, holder_id, created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4)";
    on!(tx, |conn| affected(
        sqlx::query(BEGIN)
            .bind(&id_hash[..])
            .bind(holder_id.to_string())
            .bind(now_ms)
            .bind(expires_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Whose session it is, and when they signed in, while it lasts.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_session(
    on: impl Into<Conn<'_>>,
    id_hash: &SessionHash,
    now_ms: i64,
) -> Result<Option<(HolderId, i64)>, StorageError> {
    const FIND: &str = "SELECT holder_id, created_at_ms FROM holder_sessions WHERE id_hash = $1 AND expires_at_ms > $2";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, (String, i64)>(FIND)
        .bind(&id_hash[..])
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?;
    row.map(|(id, at)| Ok((RowOf { table: "holder_sessions", id: &id }.parse("holder_id", &id)?, at))).transpose()
}

/// Ends a session. It is no error when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn end_session(tx: &mut Tx, id_hash: &SessionHash) -> Result<(), StorageError> {
    const END: &str = "DELETE FROM holder_sessions WHERE id_hash = $1";
    on!(tx, |conn| affected(sqlx::query(END).bind(&id_hash[..]).execute(conn).await))?;
    Ok(())
}
