//! Serves the icons of applications. What people uploaded is shown as a picture and as nothing else:
//! under the type that was checked, never sniffed, in a sandbox without scripts.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderName, StatusCode};
use tallyport_app::Visit;
use tallyport_domain::ids::AppId;

use super::Pages;

/// The path; `revision` in its query changes with the picture.
pub(super) const PATH: &str = "/console/applications/{application}/icon";

/// A picture under one address never changes, but it is for the eyes of its reader.
const FOR_A_YEAR: &str = "private, max-age=31536000, immutable";
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The icon of an application of the reader's teams. Any other does not exist.
pub(super) async fn show(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    Path(application): Path<String>,
) -> Response {
    let (Some(member), Ok(id)) = (visit.signed_in, application.parse::<AppId>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match pages.services.find_icon(&member, id).await {
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
        Err(error) => {
            tracing::error!(%error, "an icon could not be read: {error}");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
