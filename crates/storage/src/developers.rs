//! The table `developers`: who can sign in.

use std::fmt;

use tallyport_domain::ids::DeveloperId;
use tallyport_domain::{Language, Role};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct DeveloperRecord {
    /// The id.
    pub id: DeveloperId,
    /// The name, as its bearer writes it.
    pub name: String,
    /// The address, as its bearer writes it.
    pub email: String,
    /// The address in the form that is unique.
    pub email_key: String,
    /// The password's hash with its parameters, in PHC form.
    pub password_hash: String,
    /// What the developer may do on the platform.
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

impl fmt::Debug for DeveloperRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("DeveloperRecord")
            .field("id", &self.id)
            .field("role", &self.role)
            .field("created_at_ms", &self.created_at_ms)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    email_key: String,
    password_hash: String,
    role: String,
    language: String,
    email_verified_at_ms: Option<i64>,
    suspended_at_ms: Option<i64>,
    closed_at_ms: Option<i64>,
    created_at_ms: i64,
}

impl TryFrom<Row> for DeveloperRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "developers", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            role: stored.parse("role", &row.role)?,
            name: row.name,
            email: row.email,
            email_key: row.email_key,
            password_hash: row.password_hash,
            language: stored.parse("language", &row.language)?,
            email_verified_at_ms: row.email_verified_at_ms,
            suspended_at_ms: row.suspended_at_ms,
            closed_at_ms: row.closed_at_ms,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// What [`StorageError::is_conflict_on`] is asked when the address may be taken.
pub const EMAIL_IS_UNIQUE: &str = "developers(email_key)";

/// Adds a developer.
///
/// # Errors
/// [`StorageError::Conflict`] on [`EMAIL_IS_UNIQUE`] when the address is taken.
pub async fn insert(tx: &mut Tx, developer: &DeveloperRecord) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO developers \
        (id, name, email, email_key, password_hash, role, language, email_verified_at_ms, \
        suspended_at_ms, closed_at_ms, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(developer.id.to_string())
            .bind(&developer.name)
            .bind(&developer.email)
            .bind(&developer.email_key)
            .bind(&developer.password_hash)
            .bind(developer.role.as_str())
            .bind(developer.language.tag())
            .bind(developer.email_verified_at_ms)
            .bind(developer.suspended_at_ms)
            .bind(developer.closed_at_ms)
            .bind(developer.created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Finds a developer by the id.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_by_id(on: impl Into<Conn<'_>>, id: DeveloperId) -> Result<Option<DeveloperRecord>, StorageError> {
    const FIND_BY_ID: &str = "SELECT id, name, email, email_key, password_hash, role, language, \
        email_verified_at_ms, suspended_at_ms, closed_at_ms, created_at_ms FROM developers WHERE id = $1";
    find(on.into(), FIND_BY_ID, &id.to_string()).await
}

/// Finds a developer by the unique form of the address.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_by_email_key(
    on: impl Into<Conn<'_>>,
    email_key: &str,
) -> Result<Option<DeveloperRecord>, StorageError> {
    const FIND_BY_EMAIL_KEY: &str = "SELECT id, name, email, email_key, password_hash, role, language, \
        email_verified_at_ms, suspended_at_ms, closed_at_ms, created_at_ms FROM developers WHERE email_key = $1";
    find(on.into(), FIND_BY_EMAIL_KEY, email_key).await
}

async fn find(mut conn: Conn<'_>, sql: &'static str, key: &str) -> Result<Option<DeveloperRecord>, StorageError> {
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(sql).bind(key).fetch_optional(conn).await)?;
    row.map(TryInto::try_into).transpose()
}

/// How many administrators there are.
///
/// # Errors
/// When the database refuses.
pub async fn count_administrators(on: impl Into<Conn<'_>>) -> Result<u64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM developers WHERE role = $1";
    let mut conn = on.into();
    let count =
        on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).bind(Role::Administrator.as_str()).fetch_one(conn).await)?;
    Ok(count.unsigned_abs())
}
