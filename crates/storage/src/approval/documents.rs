//! The tables `documents` and `submission_documents`: papers, and the versions they belong to.

use tallyport_domain::approval::DocumentType;
use tallyport_domain::ids::{AppId, DeveloperId, DocumentId};

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A document without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// The id.
    pub id: DocumentId,
    /// Whose it is.
    pub application_id: AppId,
    /// The name, cleaned.
    pub name: String,
    /// What it is.
    pub kind: DocumentType,
    /// How large the content is.
    pub size_bytes: u64,
    /// The content's hash.
    pub sha256: [u8; 32],
    /// Who brought it.
    pub uploaded_by: DeveloperId,
    /// When.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    application_id: String,
    name: String,
    media_type: String,
    size_bytes: i64,
    sha256: Vec<u8>,
    uploaded_by: String,
    created_at_ms: i64,
}

impl TryFrom<Row> for DocumentRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let stored = RowOf { table: "documents", id: &row.id };
        Ok(Self {
            id: stored.parse("id", &row.id)?,
            application_id: stored.parse("application_id", &row.application_id)?,
            kind: stored.parse("media_type", &row.media_type)?,
            size_bytes: u64::try_from(row.size_bytes).map_err(|_| stored.corrupt("size_bytes"))?,
            sha256: row.sha256[..].try_into().map_err(|_| stored.corrupt("sha256"))?,
            uploaded_by: stored.parse("uploaded_by", &row.uploaded_by)?,
            name: row.name,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// Adds a document that belongs to no version yet.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, document: &DocumentRecord, sealed: &[u8]) -> Result<(), StorageError> {
    const INSERT: &str = "INSERT INTO documents (id, application_id, name, media_type, size_bytes, sha256, sealed, \
        uploaded_by, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on!(tx, |conn| affected(
        sqlx::query(INSERT)
            .bind(document.id.to_string())
            .bind(document.application_id.to_string())
            .bind(&document.name)
            .bind(document.kind.as_str())
            .bind(i64::try_from(document.size_bytes).unwrap_or(i64::MAX))
            .bind(&document.sha256[..])
            .bind(sealed)
            .bind(document.uploaded_by.to_string())
            .bind(document.created_at_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Makes a document part of a version.
///
/// # Errors
/// When the database refuses.
pub async fn attach(tx: &mut Tx, application_id: AppId, version: u32, id: DocumentId) -> Result<(), StorageError> {
    const ATTACH: &str = "INSERT INTO submission_documents (application_id, version, document_id) VALUES ($1, $2, $3)";
    on!(tx, |conn| affected(
        sqlx::query(ATTACH)
            .bind(application_id.to_string())
            .bind(i64::from(version))
            .bind(id.to_string())
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Makes the documents of one version part of another as well.
///
/// # Errors
/// When the database refuses.
pub async fn carry_over(tx: &mut Tx, application_id: AppId, from: u32, to: u32) -> Result<(), StorageError> {
    const CARRY: &str = "INSERT INTO submission_documents (application_id, version, document_id) \
        SELECT application_id, $1, document_id FROM submission_documents WHERE application_id = $2 AND version = $3 \
        ON CONFLICT DO NOTHING";
    on!(tx, |conn| affected(
        sqlx::query(CARRY)
            .bind(i64::from(to))
            .bind(application_id.to_string())
            .bind(i64::from(from))
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// Takes a document out of a version; once it is part of none, it is gone. `false` when it was no part.
///
/// # Errors
/// When the database refuses.
pub async fn detach(tx: &mut Tx, application_id: AppId, version: u32, id: DocumentId) -> Result<bool, StorageError> {
    const DETACH: &str =
        "DELETE FROM submission_documents WHERE application_id = $1 AND version = $2 AND document_id = $3";
    const DELETE: &str = "DELETE FROM documents WHERE id = $1 AND NOT EXISTS \
        (SELECT 1 FROM submission_documents WHERE document_id = $1)";
    let detached = on!(tx, |conn| affected(
        sqlx::query(DETACH)
            .bind(application_id.to_string())
            .bind(i64::from(version))
            .bind(id.to_string())
            .execute(conn)
            .await
    ))?;
    if detached == 1 {
        on!(tx, |conn| affected(sqlx::query(DELETE).bind(id.to_string()).execute(conn).await))?;
    }
    Ok(detached == 1)
}

/// The documents of one version, oldest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    version: u32,
) -> Result<Vec<DocumentRecord>, StorageError> {
    const LIST: &str = "SELECT d.id, d.application_id, d.name, d.media_type, d.size_bytes, d.sha256, d.uploaded_by, \
        d.created_at_ms FROM submission_documents AS s JOIN documents AS d ON d.id = s.document_id \
        WHERE s.application_id = $1 AND s.version = $2 ORDER BY d.id";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST)
        .bind(application_id.to_string())
        .bind(i64::from(version))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How many bytes an application keeps in all versions.
///
/// # Errors
/// When the database refuses.
pub async fn total_bytes(on: impl Into<Conn<'_>>, application_id: AppId) -> Result<u64, StorageError> {
    const SUM: &str = "SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM documents WHERE application_id = $1";
    let mut conn = on.into();
    let sum =
        on!(conn, |conn| sqlx::query_scalar::<_, i64>(SUM).bind(application_id.to_string()).fetch_one(conn).await)?;
    Ok(sum.unsigned_abs())
}

/// A document and, where it was submitted, the newest such version: drafts are for its team alone.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, id: DocumentId) -> Result<Option<(DocumentRecord, bool)>, StorageError> {
    const FIND: &str = "SELECT id, application_id, name, media_type, size_bytes, sha256, uploaded_by, created_at_ms \
        FROM documents WHERE id = $1";
    const SUBMITTED: &str = "SELECT count(*) FROM submission_documents AS d JOIN submissions AS s \
        ON s.application_id = d.application_id AND s.version = d.version \
        WHERE d.document_id = $1 AND s.submitted_at_ms IS NOT NULL";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let submitted =
        on!(conn, |conn| sqlx::query_scalar::<_, i64>(SUBMITTED).bind(id.to_string()).fetch_one(conn).await)?;
    Ok(Some((row.try_into()?, submitted > 0)))
}

/// The sealed content of a document.
///
/// # Errors
/// When the database refuses.
pub async fn find_sealed(on: impl Into<Conn<'_>>, id: DocumentId) -> Result<Option<Vec<u8>>, StorageError> {
    const FIND: &str = "SELECT sealed FROM documents WHERE id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar::<_, Vec<u8>>(FIND).bind(id.to_string()).fetch_optional(conn).await)?)
}
