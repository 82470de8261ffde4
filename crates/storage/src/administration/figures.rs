//! Counts for the overview of the administration.

use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// How much there is of everything but payments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// People who may sign in or could once they verify their address.
    pub developers: i64,
    /// People whom an administrator keeps out.
    pub suspended: i64,
    /// Applications.
    pub applications: i64,
    /// Mails on their way.
    pub mails_waiting: i64,
    /// Mails that nobody tries to send any more.
    pub mails_failed: i64,
}

const DEVELOPERS: &str = "SELECT count(*) FROM developers WHERE closed_at_ms IS NULL";
const SUSPENDED: &str = "SELECT count(*) FROM developers WHERE suspended_at_ms IS NOT NULL AND closed_at_ms IS NULL";
const APPLICATIONS: &str = "SELECT count(*) FROM applications";
const MAILS_WAITING: &str = "SELECT count(*) FROM mails WHERE status = 'waiting'";
const MAILS_FAILED: &str = "SELECT count(*) FROM mails WHERE status = 'failed'";

/// Counts everything but payments, of which there may be too many.
///
/// # Errors
/// When the database refuses.
pub async fn figures(on: impl Into<Conn<'_>>) -> Result<Figures, StorageError> {
    let mut conn = on.into();
    Ok(Figures {
        developers: number(&mut conn, DEVELOPERS).await?,
        suspended: number(&mut conn, SUSPENDED).await?,
        applications: number(&mut conn, APPLICATIONS).await?,
        mails_waiting: number(&mut conn, MAILS_WAITING).await?,
        mails_failed: number(&mut conn, MAILS_FAILED).await?,
    })
}

async fn number(conn: &mut Conn<'_>, sql: &'static str) -> Result<i64, StorageError> {
    Ok(on!(conn, |conn| sqlx::query_scalar(sql).fetch_one(conn).await)?)
}
