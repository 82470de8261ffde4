//! The tables `approvals` and `approval_permissions`: the state of the state machine.

use std::collections::BTreeMap;

use tallyport_domain::approval::{
    Approval, ApprovalStatus, Decision, Permission, PermissionSet, PermissionState, PermissionStatus, Request,
    RequestStatus, Rights, Standing, Submission,
};
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// Where an application stands, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApprovalRecord {
    /// The state.
    pub approval: Approval,
    /// The newest version that was submitted; zero before the first.
    pub last_version: u32,
    /// When the state began.
    pub since_ms: i64,
    /// How often it has moved.
    pub revision: i64,
}

macro_rules! select {
    ($end:literal) => {
        concat!(
            "SELECT application_id, status, request, version, permissions, submitted_by, submitted_at_ms, \
             decided_by, decided_at_ms, stopped_by, stopped_at_ms, last_version, since_ms, revision \
             FROM approvals WHERE application_id = $1",
            $end
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    status: String,
    request: String,
    version: Option<i64>,
    permissions: String,
    submitted_by: Option<String>,
    submitted_at_ms: Option<i64>,
    decided_by: Option<String>,
    decided_at_ms: Option<i64>,
    stopped_by: Option<String>,
    stopped_at_ms: Option<i64>,
    last_version: i64,
    since_ms: i64,
    revision: i64,
}

#[derive(sqlx::FromRow)]
struct PermissionRow {
    permission: String,
    state: String,
    decided_by: String,
    decided_at_ms: i64,
}

impl Row {
    fn into_record(self, permissions: Vec<PermissionRow>) -> Result<ApprovalRecord, StorageError> {
        let stored = RowOf { table: "approvals", id: &self.application_id };
        let request = self.request(stored)?;
        let decided = permissions_of(&self.application_id, permissions)?;
        let status: ApprovalStatus = stored.parse("status", &self.status)?;
        let rights = |request| Rights { permissions: decided, request };
        let approval = match (status, decision(stored, "stopped_by", self.stopped_by.as_deref(), self.stopped_at_ms)?) {
            (ApprovalStatus::Approved, None) => Approval::Approved(rights(request)),
            (ApprovalStatus::Suspended, Some(stop)) => Approval::Suspended(rights(request), stop),
            (ApprovalStatus::Closed, Some(stop)) => Approval::Closed(stop),
            (_, None) => Approval::Applying(request),
            (_, Some(_)) => return Err(stored.corrupt("stopped_by")),
        };
        if approval.status() != status {
            return Err(stored.corrupt("status"));
        }
        let last_version = u32::try_from(self.last_version).map_err(|_| stored.corrupt("last_version"))?;
        Ok(ApprovalRecord { approval, last_version, since_ms: self.since_ms, revision: self.revision })
    }

    fn request(&self, stored: RowOf<'_>) -> Result<Request, StorageError> {
        let status: RequestStatus = stored.parse("request", &self.request)?;
        let decided = decision(stored, "decided_by", self.decided_by.as_deref(), self.decided_at_ms)?;
        let submission = match (self.version, &self.submitted_by, self.submitted_at_ms) {
            (Some(version), Some(by), Some(at_ms)) => Some(Submission {
                version: u32::try_from(version).map_err(|_| stored.corrupt("version"))?,
                by: stored.parse("submitted_by", by)?,
                at_ms,
                permissions: stored.parse("permissions", &self.permissions)?,
            }),
            (None, None, None) => None,
            _ => return Err(stored.corrupt("version")),
        };
        match (status, submission, decided) {
            (RequestStatus::Idle, None, None) => Ok(Request::Idle),
            (RequestStatus::Submitted, Some(submission), None) => Ok(Request::Submitted(submission)),
            (RequestStatus::InReview, Some(submission), Some(by)) => Ok(Request::InReview(submission, by)),
            (RequestStatus::ChangesRequested, Some(submission), Some(by)) => {
                Ok(Request::ChangesRequested(submission, by))
            }
            (RequestStatus::Rejected, Some(submission), Some(by)) => Ok(Request::Rejected(submission, by)),
            _ => Err(stored.corrupt("request")),
        }
    }
}

fn decision(
    stored: RowOf<'_>,
    column: &'static str,
    by: Option<&str>,
    at_ms: Option<i64>,
) -> Result<Option<Decision>, StorageError> {
    match (by, at_ms) {
        (Some(by), Some(at_ms)) => Ok(Some(Decision { by: stored.parse(column, by)?, at_ms })),
        (None, None) => Ok(None),
        _ => Err(stored.corrupt(column)),
    }
}

fn permissions_of(
    application_id: &String,
    rows: Vec<PermissionRow>,
) -> Result<BTreeMap<Permission, PermissionState>, StorageError> {
    let stored = RowOf { table: "approval_permissions", id: application_id };
    let read = |row: PermissionRow| {
        let decision = Decision { by: stored.parse("decided_by", &row.decided_by)?, at_ms: row.decided_at_ms };
        let state = match stored.parse("state", &row.state)? {
            PermissionStatus::Approved => PermissionState::Approved(decision),
            PermissionStatus::Suspended => PermissionState::Suspended(decision),
            PermissionStatus::Rejected => PermissionState::Rejected(decision),
            _ => return Err(stored.corrupt("state")),
        };
        Ok((stored.parse("permission", &row.permission)?, state))
    };
    rows.into_iter().map(read).collect()
}

/// Where an application stands; one that nobody wrote about is a draft.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: AppId) -> Result<ApprovalRecord, StorageError> {
    const FIND: &str = select!("");
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    match row {
        None => Ok(ApprovalRecord::default()),
        Some(row) => row.into_record(list_permissions(conn, id).await?),
    }
}

/// The same, made where it was missing, and locked until the transaction ends: whoever moves the state
/// or changes what belongs to it begins with this.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn lock(tx: &mut Tx, id: AppId, now_ms: i64) -> Result<ApprovalRecord, StorageError> {
    const MAKE: &str = "INSERT INTO approvals (application_id, status, queue_status, request, permissions, \
        last_version, since_ms, revision) VALUES ($1, 'draft', 'draft', 'idle', '', 0, $2, 0) ON CONFLICT DO NOTHING";
    const LOCK: Locking = Locking { plain: select!(""), locking: select!(" FOR UPDATE") };
    on!(tx, |conn| affected(sqlx::query(MAKE).bind(id.to_string()).bind(now_ms).execute(conn).await))?;
    let sql = LOCK.sql(tx.dialect());
    let row = on!(tx, |conn| sqlx::query_as::<_, Row>(sql).bind(id.to_string()).fetch_one(conn).await)?;
    let permissions = list_permissions(&mut *tx, id).await?;
    row.into_record(permissions)
}

async fn list_permissions(on: impl Into<Conn<'_>>, id: AppId) -> Result<Vec<PermissionRow>, StorageError> {
    const LIST: &str = "SELECT permission, state, decided_by, decided_at_ms FROM approval_permissions \
        WHERE application_id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, PermissionRow>(LIST).bind(id.to_string()).fetch_all(conn).await)?)
}

/// Writes the next state over the one that was read.
///
/// # Errors
/// [`StorageError::Stale`] when the state has moved since it was read.
pub async fn save(
    tx: &mut Tx,
    id: AppId,
    read: &ApprovalRecord,
    next: &Approval,
    now_ms: i64,
) -> Result<(), StorageError> {
    const SAVE: &str = "UPDATE approvals SET status = $1, queue_status = $2, request = $3, version = $4, \
        permissions = $5, submitted_by = $6, submitted_at_ms = $7, decided_by = $8, decided_at_ms = $9, \
        stopped_by = $10, stopped_at_ms = $11, last_version = $12, since_ms = $13, revision = revision + 1 \
        WHERE application_id = $14 AND revision = $15";
    let request = next.request().unwrap_or(&Request::Idle);
    let submission = request.submission();
    let stop = match next {
        Approval::Suspended(_, stop) | Approval::Closed(stop) => Some(*stop),
        Approval::Applying(_) | Approval::Approved(_) => None,
    };
    let decided = request.decision();
    let last_version = submission.map_or(read.last_version, |submission| submission.version.max(read.last_version));
    let moved = next.queue_status() != read.approval.queue_status();
    let changed = on!(tx, |conn| affected(
        sqlx::query(SAVE)
            .bind(next.status().as_str())
            .bind(next.queue_status().as_str())
            .bind(request.status().as_str())
            .bind(submission.map(|submission| i64::from(submission.version)))
            .bind(submission.map(|submission| submission.permissions.to_string()).unwrap_or_default())
            .bind(submission.map(|submission| submission.by.to_string()))
            .bind(submission.map(|submission| submission.at_ms))
            .bind(decided.map(|decided| decided.by.to_string()))
            .bind(decided.map(|decided| decided.at_ms))
            .bind(stop.map(|stop| stop.by.to_string()))
            .bind(stop.map(|stop| stop.at_ms))
            .bind(i64::from(last_version))
            .bind(if moved { now_ms } else { read.since_ms })
            .bind(id.to_string())
            .bind(read.revision)
            .execute(conn)
            .await
    ))?;
    if changed != 1 {
        return Err(StorageError::Stale { table: "approvals" });
    }
    save_permissions(tx, id, next.rights()).await
}

async fn save_permissions(tx: &mut Tx, id: AppId, rights: Option<&Rights>) -> Result<(), StorageError> {
    const CLEAR: &str = "DELETE FROM approval_permissions WHERE application_id = $1";
    const ADD: &str = "INSERT INTO approval_permissions (application_id, permission, state, decided_by, \
        decided_at_ms) VALUES ($1, $2, $3, $4, $5)";
    on!(tx, |conn| affected(sqlx::query(CLEAR).bind(id.to_string()).execute(conn).await))?;
    for (permission, state) in rights.iter().flat_map(|rights| &rights.permissions) {
        let decision = state.decision();
        on!(tx, |conn| affected(
            sqlx::query(ADD)
                .bind(id.to_string())
                .bind(permission.as_str())
                .bind(state.status().as_str())
                .bind(decision.by.to_string())
                .bind(decision.at_ms)
                .execute(conn)
                .await
        ))?;
    }
    Ok(())
}

/// What the live environment may do for an application at this moment.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn find_standing(on: impl Into<Conn<'_>>, id: AppId) -> Result<Standing, StorageError> {
    const FIND: &str = "SELECT a.status, p.permission FROM approvals AS a LEFT JOIN approval_permissions AS p \
        ON p.application_id = a.application_id AND p.state = 'approved' WHERE a.application_id = $1";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, (String, Option<String>)>(FIND)
        .bind(id.to_string())
        .fetch_all(conn)
        .await)?;
    let stored = RowOf { table: "approvals", id: &id };
    let Some((status, _)) = rows.first() else { return Ok(Standing::NotApproved) };
    let status = stored.parse("status", status)?;
    let in_force: Result<PermissionSet, StorageError> =
        rows.iter().filter_map(|(_, name)| name.as_ref()).map(|name| stored.parse("permission", name)).collect();
    Ok(Standing::of(status, &in_force?))
}
