//! Documents of submissions, on their way in and out.
//!
//! Uploads are forms of several parts, which the portal's own functions do not read; everything that was
//! typed comes with them and is saved as the draft. Documents leave as files to be kept, never as
//! something that a browser shows or runs on our origin.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Extension, Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use tallyport_app::{SubmissionFields, Visit, keep_upload_answer, submission_path};
use tallyport_domain::approval::{DOCUMENT_BYTES_MAX, DocumentFault};
use tallyport_domain::ids::{AppId, DocumentId};
use tallyport_service::approval::{ApprovalRefusal, DocumentContent};
use tallyport_service::{Member, Services};
use tokio::sync::Semaphore;
use tower_sessions::Session;

use crate::middleware::body_limit::{UPLOAD_BYTES_MAX, UPLOAD_PREFIX};

/// Uploads that one process takes at a time: each holds its document in memory.
const UPLOADS_AT_ONCE: usize = 8;
/// Parts of a form; ours has fewer.
const PARTS_MAX: usize = 40;
/// Bytes of all typed parts together.
const TEXT_BYTES_MAX: usize = 128 * 1024;

static UPLOADS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(UPLOADS_AT_ONCE));

pub(super) fn router(services: &Services) -> Router {
    let upload = post(upload).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX as usize));
    Router::new()
        .route(&format!("{UPLOAD_PREFIX}{{application}}"), upload)
        .route("/documents/{document}", get(download))
        .with_state(services.clone())
}

/// What a form brought.
#[derive(Default)]
struct Posted {
    fields: SubmissionFields,
    document: Option<(String, Bytes)>,
}

/// Why a form is not read to its end.
enum Unread {
    TooLarge,
    Malformed,
}

async fn upload(
    State(services): State<Services>,
    Path(application): Path<String>,
    Extension(visit): Extension<Visit>,
    session: Session,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(id) = application.parse::<AppId>() else { return StatusCode::NOT_FOUND.into_response() };
    let Some(member) = visit.signed_in else { return see_other("/signin") };
    // Somebody who may not is told so before megabytes are taken in.
    if let Err(refusal) = services.may_add_document(&member, id).await {
        return refused(&refusal);
    }
    let Ok(_place) = UPLOADS.try_acquire() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")]).into_response();
    };
    let Ok(form) = form else { return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response() };
    let done = match read(form).await {
        Ok(posted) => keep(&services, &member, id, posted).await,
        Err(Unread::TooLarge) => Err(DocumentFault::TooLarge.into()),
        Err(Unread::Malformed) => return StatusCode::BAD_REQUEST.into_response(),
    };
    if let Err(refusal @ (ApprovalRefusal::Unknown | ApprovalRefusal::Role | ApprovalRefusal::Service(_))) = &done {
        return refused(refusal);
    }
    match keep_upload_answer(&session, visit.language, &done).await {
        Ok(()) => see_other(&submission_path(id)),
        Err(error) => {
            tracing::error!(%error, "the answer to an upload cannot be kept: {error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn keep(services: &Services, member: &Member, id: AppId, posted: Posted) -> Result<(), ApprovalRefusal> {
    services.save_draft(member, id, &posted.fields.read()).await?;
    let (name, bytes) = posted.document.unwrap_or_default();
    services.add_document(member, id, &name, &bytes).await.map(|_| ())
}

async fn read(mut form: Multipart) -> Result<Posted, Unread> {
    let mut posted = Posted::default();
    let mut text_bytes = 0;
    for _ in 0..PARTS_MAX {
        let Some(part) = form.next_field().await.map_err(|error| unread(&error))? else { return Ok(posted) };
        let name = part.name().unwrap_or_default().to_owned();
        if name == SubmissionFields::DOCUMENT {
            let file_name = part.file_name().unwrap_or_default().to_owned();
            posted.document = Some((file_name, bounded(part, DOCUMENT_BYTES_MAX).await?));
        } else {
            let bytes = bounded(part, TEXT_BYTES_MAX - text_bytes).await?;
            text_bytes += bytes.len();
            let text = String::from_utf8(bytes.into()).map_err(|_| Unread::Malformed)?;
            posted.fields.add(&name, text);
        }
    }
    Err(Unread::Malformed)
}

/// A part that is read piece by piece, and no further than the limit.
async fn bounded(mut part: Field<'_>, bytes_max: usize) -> Result<Bytes, Unread> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| unread(&error))? {
        if bytes.len() + piece.len() > bytes_max {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

fn unread(error: &axum::extract::multipart::MultipartError) -> Unread {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Unread::TooLarge } else { Unread::Malformed }
}

async fn download(
    State(services): State<Services>,
    Path(document): Path<String>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let Ok(id) = document.parse::<DocumentId>() else { return StatusCode::NOT_FOUND.into_response() };
    let Some(member) = visit.signed_in else { return see_other("/signin") };
    match services.open_document(&member, id).await {
        Ok(Some(content)) => file(content),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refused(&ApprovalRefusal::Service(error)),
    }
}

/// The document as a file: its type is what its bytes are, and nothing in it may run.
fn file(content: DocumentContent) -> Response {
    let DocumentContent { document, bytes } = content;
    let mut response = Response::new(Body::from(bytes.to_vec()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(document.kind.as_str()));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(document.size_bytes));
    headers.insert(CONTENT_DISPOSITION, disposition(&document.name));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// RFC 6266: a name of plain letters for everybody, and the whole name encoded.
fn disposition(name: &str) -> HeaderValue {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let text = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attachment"))
}

fn see_other(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

fn refused(refusal: &ApprovalRefusal) -> Response {
    match refusal {
        ApprovalRefusal::Role => StatusCode::FORBIDDEN.into_response(),
        ApprovalRefusal::Service(error) => {
            tracing::error!(%error, "a document could not be taken or given: {error}");
            let status =
                if error.is_temporary() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
            status.into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(
            disposition("营业执照 (副本).pdf").to_str().unwrap(),
            "attachment; filename=\"____ ____.pdf\"; \
             filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%20%28%E5%89%AF%E6%9C%AC%29.pdf"
        );
        let header = disposition("a\"; filename=\"b.exe\r\nX: 1");
        let text = header.to_str().unwrap();
        assert_eq!(text.matches('"').count(), 2, "{text}");
    }
}
