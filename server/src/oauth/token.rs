//! `POST /oauth/token`

use std::convert::Infallible;

use axum::Json;
use axum::extract::{Form, FromRequestParts, State, rejection::FormRejection};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use tallyport_contract::token::{TokenAnswer, TokenRefusal};
use tallyport_service::CallFrom;
use tallyport_service::tokens::IssueRefusal;
use utoipa::ToSchema;

use super::client::BasicClient;
use crate::api::authorized::call_from;
use crate::api::{ApiError, ApiState};

/// What a client asks for.
#[derive(Deserialize, ToSchema)]
pub(super) struct TokenRequest {
    /// Always `client_credentials`.
    #[schema(example = "client_credentials")]
    grant_type: String,
    /// The scopes that the token should carry; all that the application has when left out.
    #[schema(example = "payments:write payments:read")]
    scope: Option<String>,
}

/// Get an access token
///
/// An application shows its `api_key` and `api_secret` as user and password of HTTP Basic and gets a
/// token that is good for ten minutes.
#[utoipa::path(
    post,
    path = "/oauth/token",
    operation_id = "issueToken",
    tag = "Tokens",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = TokenAnswer),
        (status = 400, description = "The request is not one that the endpoint takes.", body = TokenRefusal),
        (status = 401, description = "Key and secret do not go together.", body = TokenRefusal),
        (status = 413, description = "The body is too large.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
        (status = 500, description = "Something broke on our side.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
        (status = 503, description = "Try again after `Retry-After`.", body = tallyport_contract::Problem, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(["body_too_large", "internal", "unavailable", "timed_out"]))),
)]
pub(super) async fn issue_token(
    State(api): State<ApiState>,
    Origin(from): Origin,
    client: BasicClient,
    form: Result<Form<TokenRequest>, FormRejection>,
) -> Result<Response, Refused> {
    let Form(request) = form.map_err(|_| Refused::InvalidRequest)?;
    if request.grant_type != "client_credentials" {
        return Err(Refused::UnsupportedGrantType);
    }
    let scope = request.scope.as_deref();
    let issued = api.services.issue_token(&client.api_key, &client.api_secret, scope, from).await;
    let issued = issued.map_err(|refusal| Refused::of(refusal, from))?;
    let answer = TokenAnswer {
        access_token: issued.access_token.to_string(),
        token_type: "Bearer".to_owned(),
        expires_in: issued.expires_in_s,
        scope: issued.scopes.to_string(),
    };
    Ok(no_store((StatusCode::OK, Json(answer)).into_response()))
}

/// A refusal of the endpoint, in the words of RFC 6749, 5.2.
#[derive(Debug)]
pub(super) enum Refused {
    InvalidRequest,
    InvalidClient,
    InvalidScope,
    UnauthorizedClient,
    Network(CallFrom),
    UnsupportedGrantType,
    Failed(Box<ApiError>),
}

impl Refused {
    fn of(refusal: IssueRefusal, from: CallFrom) -> Self {
        match refusal {
            IssueRefusal::Network => Self::Network(from),
            IssueRefusal::InvalidClient => Self::InvalidClient,
            IssueRefusal::NotApproved => Self::UnauthorizedClient,
            IssueRefusal::InvalidScope => Self::InvalidScope,
            IssueRefusal::Service(error) => Self::Failed(Box::new(error.into())),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, error, description) = match self {
            Self::Failed(error) => return error.into_response(),
            Self::InvalidRequest => (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "Send grant_type, once, as application/x-www-form-urlencoded.",
            ),
            Self::InvalidClient => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "Send api_key and api_secret as user and password of HTTP Basic; both come from the keys page.",
            ),
            Self::InvalidScope => {
                (StatusCode::BAD_REQUEST, "invalid_scope", "Ask only for scopes that the application has.")
            }
            Self::UnauthorizedClient => (
                StatusCode::BAD_REQUEST,
                "unauthorized_client",
                "The application has no live rights now; its permissions page says why and what to do.",
            ),
            Self::Network(from) => return refused_network(from),
            Self::UnsupportedGrantType => {
                (StatusCode::BAD_REQUEST, "unsupported_grant_type", "Send grant_type=client_credentials.")
            }
        };
        let refusal = TokenRefusal { error: error.to_owned(), error_description: description.to_owned() };
        let mut response = no_store((status, Json(refusal)).into_response());
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"tallyport\", charset=\"UTF-8\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The client has proven who it is, so it is told what stands in its way.
fn refused_network(from: CallFrom) -> Response {
    let place = match from {
        CallFrom::Address(address) => format!("from {address}"),
        CallFrom::Unknown | CallFrom::Portal => "from an unknown address".to_owned(),
    };
    let error_description =
        format!("The call came {place}, which the allowed networks of the application or its key leave out.");
    let refusal = TokenRefusal { error: "unauthorized_client".to_owned(), error_description };
    no_store((StatusCode::BAD_REQUEST, Json(refusal)).into_response())
}

/// From where the client calls.
pub(super) struct Origin(CallFrom);

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(call_from(parts)))
    }
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
