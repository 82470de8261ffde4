//! What SQLite says about its file as such. Compiled for tests only.

use sqlx::query_scalar;

use crate::db::Db;
use crate::on::on;

/// `ok`, or what is broken in the file.
///
/// # Panics
/// When the database cannot be asked at all.
pub async fn integrity(db: &Db) -> String {
    let mut reader = db.read().await.expect("a connection");
    on!(reader, |conn| query_scalar("PRAGMA integrity_check(1)").fetch_one(conn).await)
        .expect("the database checks itself")
}
