//! Who calls: the bearer token of the request.

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tallyport_contract::ErrorCode;
use tallyport_service::Caller;

use super::{ApiError, ApiState, rate_limit};

/// The caller, whose token is valid right now.
#[derive(Debug, Clone)]
pub(super) struct Authorized(pub(super) Caller);

impl FromRequestParts<ApiState> for Authorized {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let token = bearer(parts)?;
        let caller = api.services.authenticate(token).await?.map_err(|_| ErrorCode::TokenInvalid)?;
        rate_limit::count(parts, api, &caller).await?;
        let authorized = Self(caller);
        parts.extensions.insert(authorized.clone());
        Ok(authorized)
    }
}

/// The one token of the one `Authorization` header.
fn bearer(parts: &Parts) -> Result<&str, ErrorCode> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(ErrorCode::AuthenticationRequired)?;
    if values.next().is_some() {
        return Err(ErrorCode::TokenInvalid);
    }
    let text = value.to_str().map_err(|_| ErrorCode::TokenInvalid)?;
    let (scheme, token) = text.split_once(' ').ok_or(ErrorCode::AuthenticationRequired)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ErrorCode::AuthenticationRequired);
    }
    Ok(token.trim_matches(' '))
}
