//! The table `outside_identities`: who somebody is to an outside OpenID provider.

use tallyport_domain::ids::DeveloperId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Finds the developer that the provider knows by this subject.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, issuer: &str, subject: &str) -> Result<Option<DeveloperId>, StorageError> {
    const FIND: &str = "SELECT developer_id FROM outside_identities WHERE issuer = $1 AND subject = $2";
    let mut conn = on.into();
    let id =
        on!(conn, |conn| sqlx::query_scalar::<_, String>(FIND).bind(issuer).bind(subject).fetch_optional(conn).await)?;
    id.map(|id| RowOf { table: "outside_identities", id: &subject }.parse("developer_id", &id)).transpose()
}

/// Links a subject to a developer. `false` when it is linked already.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx,
    (issuer, subject): (&str, &str),
    developer_id: DeveloperId,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const INSERT: &str = "INSERT INTO outside_identities (issuer, subject, developer_id, created_at_ms) \
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let linked = on!(tx, |conn| affected(
        sqlx::query(INSERT).bind(issuer).bind(subject).bind(developer_id.to_string()).bind(now_ms).execute(conn).await
    ))?;
    Ok(linked == 1)
}

/// Forgets every provider that knows a developer.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx, developer_id: DeveloperId) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM outside_identities WHERE developer_id = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(developer_id.to_string()).execute(conn).await))?;
    Ok(())
}
