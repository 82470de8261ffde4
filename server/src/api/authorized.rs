//! Who calls: the token of the request, as a bearer's or with proof of the key that it is bound to.

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tallyport_contract::ErrorCode;
use tallyport_service::tokens::{ProofOfCall, TokenRefusal};
use tallyport_service::{CallFrom, Caller};

use super::error::ProofFault;
use super::{ApiError, ApiState, encrypted_answer, rate_limit};
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
        let presented = presented(parts)?;
        let from = call_from(parts);
        let caller = match presented {
            Presented::Bearer(token) => api.services.authenticate(token, from).await?,
            Presented::Bound { token, proof } => {
                let url = format!("{}{}", api.public_url, parts.uri.path());
                let of_call = ProofOfCall { proof, method: parts.method.as_str(), url: &url };
                api.services.authenticate_bound(token, &of_call, from).await?
            }
        };
        let caller = caller.map_err(|refusal| match refusal {
            TokenRefusal::Network => ApiError::of_network(from),
            refusal => {
                tracing::info!(%refusal, "a token was refused: {refusal}");
                let proof = match refusal {
                    TokenRefusal::Proof => Some(ProofFault::Proof),
                    TokenRefusal::Nonce => Some(ProofFault::Nonce),
                    _ => None,
                };
                ApiError { proof, ..ErrorCode::TokenInvalid.into() }
            }
        })?;
        rate_limit::count(parts, api, &caller).await?;
        encrypted_answer::wish(parts, api, &caller).await?;
        let authorized = Self(caller);
        parts.extensions.insert(authorized.clone());
        Ok(authorized)
    }
}

/// How a client says who it is, whether or not it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// By a token alone, or in a way that we do not know.
    Bearer,
    /// By a token and the proof of its key.
    Dpop,
}

impl Scheme {
    /// The scheme of a request.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let scheme = value.split(' ').next().unwrap_or_default();
        if scheme.eq_ignore_ascii_case("dpop") { Self::Dpop } else { Self::Bearer }
    }
}

/// How the token came.
enum Presented<'r> {
    Bearer(&'r str),
    Bound { token: &'r str, proof: &'r str },
}

/// The one token of the one `Authorization` header.
fn presented(parts: &Parts) -> Result<Presented<'_>, ErrorCode> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(ErrorCode::AuthenticationRequired)?;
    if values.next().is_some() {
        return Err(ErrorCode::TokenInvalid);
    }
    let text = value.to_str().map_err(|_| ErrorCode::TokenInvalid)?;
    let (scheme, token) = text.split_once(' ').ok_or(ErrorCode::AuthenticationRequired)?;
    let token = token.trim_matches(' ');
    if scheme.eq_ignore_ascii_case("bearer") {
        return Ok(Presented::Bearer(token));
    }
    if !scheme.eq_ignore_ascii_case("dpop") {
        return Err(ErrorCode::AuthenticationRequired);
    }
    let mut proofs = parts.headers.get_all("dpop").iter();
    let proof = proofs.next().filter(|_| proofs.next().is_none()).and_then(|proof| proof.to_str().ok());
    // Without its proof the token is not half of anything.
    Ok(Presented::Bound { token, proof: proof.ok_or(ErrorCode::AuthenticationRequired)? })
}
