//! The tables `submissions`, `submission_answers` and `submission_remarks`: the numbered versions of
//! what a team says, and what administrators said to that. A version that was submitted never changes.

use std::collections::BTreeMap;

use tallyport_domain::approval::{Answers, Field};
use tallyport_domain::ids::{AppId, DeveloperId};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// What administrators want changed, by field.
pub type Remarks = BTreeMap<Field, String>;

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionRecord {
    /// Its number.
    pub version: u32,
    /// Who submitted it; nobody has submitted a draft.
    pub submitted_by: Option<DeveloperId>,
    /// When.
    pub submitted_at_ms: Option<i64>,
    /// When it was last saved.
    pub saved_at_ms: i64,
    /// What it says.
    pub answers: Answers,
    /// What has to change.
    pub remarks: Remarks,
}

impl SubmissionRecord {
    /// Whether nobody has submitted it yet.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.submitted_at_ms.is_none()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    submitted_by: Option<String>,
    submitted_at_ms: Option<i64>,
    saved_at_ms: i64,
}

type Texts = Vec<(Field, String)>;

impl Row {
    fn into_record(self, id: AppId, answers: Texts, remarks: Texts) -> Result<SubmissionRecord, StorageError> {
        let stored = RowOf { table: "submissions", id: &id };
        let mut said = Answers::default();
        for (field, answer) in answers {
            said.set(field, &answer);
        }
        Ok(SubmissionRecord {
            version: u32::try_from(self.version).map_err(|_| stored.corrupt("version"))?,
            submitted_by: self.submitted_by.map(|by| stored.parse("submitted_by", &by)).transpose()?,
            submitted_at_ms: self.submitted_at_ms,
            saved_at_ms: self.saved_at_ms,
            answers: said,
            remarks: remarks.into_iter().collect(),
        })
    }
}

/// The versions up to a number, newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_newest(
    on: impl Into<Conn<'_>>,
    id: AppId,
    up_to: u32,
    limit: u32,
) -> Result<Vec<SubmissionRecord>, StorageError> {
    const LIST: &str = "SELECT version, submitted_by, submitted_at_ms, saved_at_ms FROM submissions \
        WHERE application_id = $1 AND version <= $2 ORDER BY version DESC LIMIT $3";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(id.to_string())
        .bind(i64::from(up_to))
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let answers = texts(conn.on(), ANSWERS, id, row.version).await?;
        let remarks = texts(conn.on(), REMARKS, id, row.version).await?;
        found.push(row.into_record(id, answers, remarks)?);
    }
    Ok(found)
}

/// The newest version, draft or not.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn find_newest(on: impl Into<Conn<'_>>, id: AppId) -> Result<Option<SubmissionRecord>, StorageError> {
    Ok(list_newest(on, id, u32::MAX, 1).await?.pop())
}

const ANSWERS: &str =
    "SELECT field, answer FROM submission_answers WHERE application_id = $1 AND version = $2 ORDER BY field";
const REMARKS: &str =
    "SELECT field, remark FROM submission_remarks WHERE application_id = $1 AND version = $2 ORDER BY field";

async fn texts(mut conn: Conn<'_>, sql: &'static str, id: AppId, version: i64) -> Result<Texts, StorageError> {
    let rows = on!(conn, |conn| sqlx::query_as::<_, (String, String)>(sql)
        .bind(id.to_string())
        .bind(version)
        .fetch_all(conn)
        .await)?;
    let stored = RowOf { table: "submission_answers", id: &id };
    rows.into_iter().map(|(field, text)| Ok((stored.parse("field", &field)?, text))).collect()
}

/// Writes a draft, new or over what it said before.
///
/// # Errors
/// [`StorageError::Stale`] when this version was submitted already.
pub async fn save_draft(
    tx: &mut Tx,
    id: AppId,
    version: u32,
    answers: &Answers,
    now_ms: i64,
) -> Result<(), StorageError> {
    const SAVE: &str = "INSERT INTO submissions (application_id, version, saved_at_ms) VALUES ($1, $2, $3) \
        ON CONFLICT (application_id, version) DO UPDATE SET saved_at_ms = excluded.saved_at_ms \
        WHERE submissions.submitted_at_ms IS NULL";
    const CLEAR: &str = "DELETE FROM submission_answers WHERE application_id = $1 AND version = $2";
    const ADD: &str = "INSERT INTO submission_answers (application_id, version, field, answer) VALUES ($1, $2, $3, $4)";
    let (key, version) = (id.to_string(), i64::from(version));
    let saved = on!(tx, |conn| affected(sqlx::query(SAVE).bind(&key).bind(version).bind(now_ms).execute(conn).await))?;
    if saved != 1 {
        return Err(StorageError::Stale { table: "submissions" });
    }
    on!(tx, |conn| affected(sqlx::query(CLEAR).bind(&key).bind(version).execute(conn).await))?;
    for (field, answer) in answers.iter() {
        on!(tx, |conn| affected(
            sqlx::query(ADD).bind(&key).bind(version).bind(field.as_str()).bind(answer).execute(conn).await
        ))?;
    }
    Ok(())
}

/// From now on the version cannot be changed.
///
/// # Errors
/// [`StorageError::Stale`] when it was submitted already.
pub async fn mark_submitted(
    tx: &mut Tx,
    id: AppId,
    version: u32,
    by: DeveloperId,
    now_ms: i64,
) -> Result<(), StorageError> {
    const MARK: &str = "UPDATE submissions SET submitted_by = $1, submitted_at_ms = $2 \
        WHERE application_id = $3 AND version = $4 AND submitted_at_ms IS NULL";
    let marked = on!(tx, |conn| affected(
        sqlx::query(MARK)
            .bind(by.to_string())
            .bind(now_ms)
            .bind(id.to_string())
            .bind(i64::from(version))
            .execute(conn)
            .await
    ))?;
    if marked == 1 { Ok(()) } else { Err(StorageError::Stale { table: "submissions" }) }
}

/// Writes what has to change about a version.
///
/// # Errors
/// When the database refuses.
pub async fn add_remarks(tx: &mut Tx, id: AppId, version: u32, remarks: &Remarks) -> Result<(), StorageError> {
    const ADD: &str = "INSERT INTO submission_remarks (application_id, version, field, remark) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (application_id, version, field) DO UPDATE SET remark = excluded.remark";
    for (field, remark) in remarks {
        on!(tx, |conn| affected(
            sqlx::query(ADD)
                .bind(id.to_string())
                .bind(i64::from(version))
                .bind(field.as_str())
                .bind(remark)
                .execute(conn)
                .await
        ))?;
    }
    Ok(())
}
