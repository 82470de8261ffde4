//! `POST /oauth/token`

use axum::Json;
use axum::extract::{Form, State, rejection::FormRejection};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use tallyport_contract::token::{TokenAnswer, TokenRefusal};
use tallyport_service::tokens::IssueRefusal;
use utoipa::ToSchema;

use super::client::BasicClient;
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
    client: BasicClient,
    form: Result<Form<TokenRequest>, FormRejection>,
) -> Result<Response, Refused> {
    let Form(request) = form.map_err(|_| Refused::InvalidRequest)?;
    if request.grant_type != "client_credentials" {
        return Err(Refused::UnsupportedGrantType);
    }
    let issued = api.services.issue_token(&client.api_key, &client.api_secret, request.scope.as_deref()).await?;
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
    UnsupportedGrantType,
    Failed(Box<ApiError>),
}

impl From<IssueRefusal> for Refused {
    fn from(refusal: IssueRefusal) -> Self {
        match refusal {
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

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
