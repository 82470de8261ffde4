//! The icons of applications, on their way in and out. What people uploaded is shown as a picture and
//! as nothing else: under the type that was checked, never sniffed, in a sandbox without scripts.

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use tallyport_app::{IconRefused, Visit, application_page, keep_icon_answer, sign_in_page};
use tallyport_domain::icon::ICON_BYTES_MAX;
use tallyport_domain::ids::AppId;
use tallyport_service::Services;
use tallyport_service::teams::AccessRefusal;
use tower_sessions::Session;

/// The part of the form that is the file.
const FILE: &str = "icon";
/// Parts of a form; ours has one.
const PARTS_MAX: usize = 4;
/// A picture under one address never changes, but it is for the eyes of its reader.
const FOR_A_YEAR: &str = "private, max-age=31536000, immutable";
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub(super) fn router(services: &Services) -> Router {
    Router::new()
        .route("/console/applications/{application}/icon", get(show))
        .route("/ui/icons/{application}", post(set))
        .with_state(services.clone())
}

/// The icon of an application of the reader's teams; its address ends in `?revision=`, which changes
/// with the picture. Any other does not exist.
async fn show(
    State(services): State<Services>,
    Extension(visit): Extension<Visit>,
    Path(application): Path<String>,
) -> Response {
    let (Some(member), Ok(id)) = (visit.signed_in, application.parse::<AppId>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match services.find_icon(&member, id).await {
        Ok(Some(icon)) => {
            let headers: [(HeaderName, &str); 4] = [
                (CONTENT_TYPE, icon.media_type.as_str()),
                (CACHE_CONTROL, FOR_A_YEAR),
                (CONTENT_SECURITY_POLICY, SANDBOX),
                (CONTENT_DISPOSITION, "inline; filename=\"icon\""),
            ];
            (headers, icon.bytes).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refused(&AccessRefusal::Service(error)),
    }
}

/// Sets the icon of an application and goes back to its page. A form of several parts, which the
/// portal's own functions do not read.
async fn set(
    State(services): State<Services>,
    Path(application): Path<String>,
    Extension(visit): Extension<Visit>,
    session: Session,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(id) = application.parse::<AppId>() else { return StatusCode::NOT_FOUND.into_response() };
    let Some(member) = visit.signed_in else { return see_other(&sign_in_page(id)) };
    // Somebody who may not is told so before a file is taken in.
    if let Err(refusal) = services.may_set_icon(&member, id).await {
        return refused(&refusal);
    }
    let Ok(form) = form else { return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response() };
    let Some(bytes) = read(form).await else { return StatusCode::BAD_REQUEST.into_response() };
    let done = match services.set_icon(&member, id, bytes).await {
        Ok(()) => Ok(()),
        Err(refusal) => match IconRefused::of(refusal) {
            Ok(refusal) => Err(refusal),
            Err(refusal) => return refused(&refusal),
        },
    };
    match keep_icon_answer(&session, visit.language, done).await {
        Ok(()) => see_other(&application_page(id)),
        Err(error) => {
            tracing::error!(%error, "the answer to an upload cannot be kept: {error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The file, and no more than one byte beyond the limit of it: that says that it is too much. None when
/// the form breaks off.
async fn read(mut form: Multipart) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    for _ in 0..PARTS_MAX {
        let Some(mut part) = form.next_field().await.ok()? else { return Some(file) };
        let is_file = part.name() == Some(FILE);
        while let Some(piece) = part.chunk().await.ok()? {
            if is_file {
                let room = (ICON_BYTES_MAX + 1).saturating_sub(file.len());
                file.extend_from_slice(&piece[..piece.len().min(room)]);
            }
        }
    }
    None
}

fn refused(refusal: &AccessRefusal) -> Response {
    let status = match refusal {
        AccessRefusal::Unknown => StatusCode::NOT_FOUND,
        AccessRefusal::Role => StatusCode::FORBIDDEN,
        AccessRefusal::Closed => StatusCode::CONFLICT,
        AccessRefusal::Service(error) => {
            tracing::error!(%error, "an icon could not be read or written: {error}");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    status.into_response()
}

fn see_other(path: &str) -> Response {
    // The paths are made of ids and texts of the source, so they are always header values.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/console"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}
