//! Who calls: the bearer token of the request.

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tallyport_contract::ErrorCode;
use tallyport_service::tokens::TokenRefusal;
use tallyport_service::{CallFrom, Caller};

use super::{ApiError, ApiState, rate_limit};
use crate::middleware::client_address::ClientAddress;

/// The caller, whose token is valid right now.
#[derive(Debug, Clone)]
pub(super) struct Authorized(pub(super) Caller);

/// From where a request comes. The portal says so of its own calls by an extension, which nobody
/// outside can set.
pub(crate) fn call_from(parts: &Parts) -> CallFrom {
    if let Some(from) = parts.extensions.get::<CallFrom>() {
        return *from;
    }
    parts.extensions.get().map_or(CallFrom::Unknown, |ClientAddress(address)| CallFrom::Address(*address))
}

impl FromRequestParts<ApiState> for Authorized {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let token = bearer(parts)?;
        let from = call_from(parts);
        let caller = api.services.authenticate(token, from).await?.map_err(|refusal| match refusal {
            TokenRefusal::Network => ApiError::of_network(from),
            TokenRefusal::Invalid
            | TokenRefusal::Expired
            | TokenRefusal::Early
            | TokenRefusal::Revoked
            | TokenRefusal::NotApproved => ErrorCode::TokenInvalid.into(),
        })?;
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
