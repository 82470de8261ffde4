//! The id in the path of a call.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use tallyport_contract::ErrorCode;

use super::{ApiError, ApiState};

/// An id of one kind. A text that cannot be one is not found, like an id that names nothing.
#[derive(Debug)]
pub(super) struct PathId<T>(pub(super) T);

impl<T: FromStr> FromRequestParts<ApiState> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let text = Path::<String>::from_request_parts(parts, api).await;
        let id = text.ok().and_then(|Path(text)| text.parse().ok());
        Ok(Self(id.ok_or(ErrorCode::NotFound)?))
    }
}
