//! Refusals of the authorization server, in the words of RFC 6749, 5.2.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use tallyport_contract::token::TokenRefusal;
use tallyport_domain::oauth::OauthError;
use tallyport_service::ServiceError;
use tallyport_service::authorization::{OauthFault, OauthRefusal};

use crate::api::ApiError;

/// The header with the nonce for the next proof (RFC 9449, 8).
pub(crate) const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// Why a client gets nothing.
#[derive(Debug)]
pub(super) enum Refused {
    /// Its request is refused.
    Oauth(OauthRefusal),
    /// It needs the nonce.
    NeedsNonce(OauthRefusal, String),
    /// Something else.
    Failed(Box<ApiError>),
}

impl Refused {
    /// A refusal with a sentence for the client's developer.
    pub(super) fn because(error: OauthError, description: &str) -> Self {
        Self::Oauth(OauthRefusal { error, description: description.to_owned() })
    }
}

impl From<OauthFault> for Refused {
    fn from(fault: OauthFault) -> Self {
        match fault {
            OauthFault::Refused(refusal) => Self::Oauth(refusal),
            OauthFault::Service(error) => error.into(),
        }
    }
}

impl From<ServiceError> for Refused {
    fn from(error: ServiceError) -> Self {
        Self::Failed(Box::new(error.into()))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (refusal, nonce) = match self {
            Self::Failed(error) => return error.into_response(),
            Self::Oauth(refusal) => (refusal, None),
            Self::NeedsNonce(refusal, nonce) => (refusal, Some(nonce)),
        };
        let status = match refusal.error {
            OauthError::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = TokenRefusal { error: refusal.error.as_str().to_owned(), error_description: refusal.description };
        let mut response = no_store((status, Json(body)).into_response());
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"tallyport\", charset=\"UTF-8\"");
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(nonce) = nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
            headers.insert(DPOP_NONCE, nonce);
        }
        response
    }
}

/// An answer that nobody on the way may keep.
pub(super) fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
