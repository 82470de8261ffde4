//! The table `approval_steps`: the timeline that both sides read.

use tallyport_domain::approval::{Decider, Step};
use tallyport_domain::ids::AppId;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A step that is being taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// What.
    pub step: Step,
    /// By whom.
    pub by: Decider,
    /// About which submission.
    pub version: Option<u32>,
    /// A reason or a list, in its writer's words.
    pub note: String,
    /// When.
    pub at_ms: i64,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// What it was.
    pub taken: NewStep,
    /// What the person who took it is called.
    pub name: Option<String>,
    /// Whether that person is of the application's team.
    pub is_of_team: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    step: String,
    actor: String,
    version: Option<i64>,
    note: String,
    created_at_ms: i64,
    name: Option<String>,
    is_of_team: i64,
}

/// Adds a step. The approval has to be locked, so that steps are numbered without gaps.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &mut Tx, id: AppId, step: &NewStep) -> Result<(), StorageError> {
    const APPEND: &str = "INSERT INTO approval_steps (application_id, sequence, step, actor, version, note, \
        created_at_ms) SELECT $1, COALESCE(MAX(sequence), 0) + 1, $2, $3, $4, $5, $6 FROM approval_steps \
        WHERE application_id = $1";
    on!(tx, |conn| affected(
        sqlx::query(APPEND)
            .bind(id.to_string())
            .bind(step.step.as_str())
            .bind(step.by.to_string())
            .bind(step.version.map(i64::from))
            .bind(&step.note)
            .bind(step.at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// The newest steps, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_newest(on: impl Into<Conn<'_>>, id: AppId, limit: u32) -> Result<Vec<StepRecord>, StorageError> {
    const LIST: &str = "SELECT s.step, s.actor, s.version, s.note, s.created_at_ms, d.name, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM team_members AS m JOIN applications AS a ON a.team_id = m.team_id \
        WHERE a.id = s.application_id AND m.developer_id = s.actor) THEN 1 ELSE 0 END AS BIGINT) AS is_of_team \
        FROM approval_steps AS s LEFT JOIN developers AS d ON d.id = s.actor \
        WHERE s.application_id = $1 ORDER BY s.sequence DESC LIMIT $2";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(id.to_string())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    let stored = RowOf { table: "approval_steps", id: &id };
    let read = |row: Row| {
        let version = row.version.map(|version| u32::try_from(version).map_err(|_| stored.corrupt("version")));
        let taken = NewStep {
            step: stored.parse("step", &row.step)?,
            by: stored.parse("actor", &row.actor)?,
            version: version.transpose()?,
            note: row.note,
            at_ms: row.created_at_ms,
        };
        Ok(StepRecord { taken, name: row.name, is_of_team: row.is_of_team != 0 })
    };
    rows.into_iter().map(read).collect()
}
