//! A crowd of developers and their applications, made by a few statements: for whoever measures how the
//! platform does with many. Nobody can sign in as one of them, and their credentials open nothing.

use crate::conn::Tx;
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::on;

/// How many there are. Each developer has a team of their own; the applications are dealt out in turn.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    /// Developers, below a million.
    pub developers: u32,
    /// Applications, below a million.
    pub applications: u32,
    /// When the first one came. The others follow a minute apart.
    pub since_ms: i64,
}

/// `$1` rows, each with its number `n` and the same in six digits, `digits`.
macro_rules! for_each {
    ($insert:literal, $select:literal) => {
        concat!(
            $insert,
            " WITH RECURSIVE numbers (n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $1), \
             rows_of (n, digits) AS (SELECT n, substr(CAST(1000000 + n AS TEXT), 2) FROM numbers) ",
            $select
        )
    };
}

const DEVELOPERS: &str = for_each!(
    "INSERT INTO developers (id, name, email, email_key, password_hash, role, language, email_verified_at_ms, created_at_ms)",
    "SELECT 'dev_01k00000000000000000' || digits, 'Developer ' || digits, 'dev-' || digits || '@crowd.example', \
     'dev-' || digits || '@crowd.example', '', 'developer', 'en', $2, $2 + n * 60000 FROM rows_of"
);
const TEAMS: &str = for_each!(
    "INSERT INTO teams (id, name, created_at_ms)",
    "SELECT 'team_01k00000000000000000' || digits, 'Team ' || digits, $2 FROM rows_of"
);
const MEMBERS: &str = for_each!(
    "INSERT INTO team_members (team_id, developer_id, role, created_at_ms)",
    "SELECT 'team_01k00000000000000000' || digits, 'dev_01k00000000000000000' || digits, 'owner', $2 FROM rows_of"
);
const APPLICATIONS: &str = for_each!(
    "INSERT INTO applications (id, team_id, name, description, redirect_uris, networks, created_by, created_at_ms)",
    "SELECT 'app_01k00000000000000000' || digits, \
     'team_01k00000000000000000' || substr(CAST(1000000 + n % $3 AS TEXT), 2), 'Shop ' || digits, 'Sells books.', '', '', \
     'dev_01k00000000000000000' || substr(CAST(1000000 + n % $3 AS TEXT), 2), $2 + n * 60000 FROM rows_of"
);
const CREDENTIALS: &str = for_each!(
    "INSERT INTO credentials (api_key, application_id, environment, name, networks, sealed_secret, created_by, created_at_ms)",
    "SELECT 'ak_01k00000000000000000' || digits, 'app_01k00000000000000000' || digits, 'sandbox', 'First key', '', $4, \
     'dev_01k00000000000000000' || substr(CAST(1000000 + n % $3 AS TEXT), 2), $2 FROM rows_of"
);
/// A third was never submitted, one in thirty waits, and the others are approved.
const APPROVALS: &str = for_each!(
    "INSERT INTO approvals (application_id, status, queue_status, request, version, permissions, submitted_by, \
     submitted_at_ms, last_version, since_ms, revision)",
    "SELECT 'app_01k00000000000000000' || digits, CASE WHEN n % 30 = 1 THEN 'submitted' ELSE 'approved' END, \
     CASE WHEN n % 30 = 1 THEN 'submitted' ELSE 'approved' END, CASE WHEN n % 30 = 1 THEN 'submitted' ELSE 'idle' END, \
     CASE WHEN n % 30 = 1 THEN 1 END, 'payments', \
     CASE WHEN n % 30 = 1 THEN 'dev_01k00000000000000000' || substr(CAST(1000000 + n % $3 AS TEXT), 2) END, \
     CASE WHEN n % 30 = 1 THEN $2 END, 1, $2 + n * 60000, 1 FROM rows_of WHERE n % 3 <> 0"
);
const PERMISSIONS: &str = for_each!(
    "INSERT INTO approval_permissions (application_id, permission, state, decided_by, decided_at_ms)",
    "SELECT 'app_01k00000000000000000' || digits, 'payments', 'approved', 'operator', $2 FROM rows_of \
     WHERE n % 3 <> 0 AND n % 30 <> 1"
);
const SUBMISSIONS: &str = for_each!(
    "INSERT INTO submissions (application_id, version, submitted_by, submitted_at_ms, saved_at_ms)",
    "SELECT 'app_01k00000000000000000' || digits, 1, \
     'dev_01k00000000000000000' || substr(CAST(1000000 + n % $3 AS TEXT), 2), $2, $2 FROM rows_of WHERE n % 3 <> 0"
);
const ANSWERS: &str = for_each!(
    "INSERT INTO submission_answers (application_id, version, field, answer)",
    "SELECT 'app_01k00000000000000000' || digits, 1, 'legal_name', 'Company ' || digits FROM rows_of WHERE n % 3 <> 0"
);

/// Adds the crowd to a database without one.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Tx, crowd: &Crowd) -> Result<(), StorageError> {
    let Crowd { developers, applications, since_ms } = *crowd;
    for sql in [DEVELOPERS, TEAMS, MEMBERS] {
        on!(tx, |conn| sqlx::query(sql).bind(i64::from(developers)).bind(since_ms).execute(conn).await.map(|_| ()))?;
    }
    for sql in [APPLICATIONS, APPROVALS, SUBMISSIONS] {
        on!(tx, |conn| sqlx::query(sql)
            .bind(i64::from(applications))
            .bind(since_ms)
            .bind(i64::from(developers))
            .execute(conn)
            .await
            .map(|_| ()))?;
    }
    on!(tx, |conn| sqlx::query(CREDENTIALS)
        .bind(i64::from(applications))
        .bind(since_ms)
        .bind(i64::from(developers))
        .bind(&[0_u8; 64][..])
        .execute(conn)
        .await
        .map(|_| ()))?;
    on!(tx, |conn| sqlx::query(PERMISSIONS)
        .bind(i64::from(applications))
        .bind(since_ms)
        .execute(conn)
        .await
        .map(|_| ()))?;
    on!(tx, |conn| sqlx::query(ANSWERS).bind(i64::from(applications)).execute(conn).await.map(|_| ()))?;
    // What its own housekeeping would find out within a minute.
    if tx.dialect() == Dialect::Postgres {
        on!(tx, |conn| sqlx::query("ANALYZE").execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
