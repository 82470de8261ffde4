//! `POST /oauth/token`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use tallyport_contract::token::TokenAnswer;
use tallyport_domain::oauth::OauthError;
use tallyport_service::authorization::CodeShown;
use tallyport_service::tokens::IssuedToken;
use utoipa::ToSchema;

use super::client::FromClient;
use super::documented::{CLIENT_CODES, ClientProblems};
use super::refused::{DPOP_NONCE, Refused, no_store};
use crate::api::ApiState;

/// What a client asks for. Which fields are needed depends on `grant_type`.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({"grant_type": "client_credentials", "scope": "payments:write payments:read"}))]
#[allow(dead_code, reason = "the form is read name by name; this describes it")]
pub(super) struct TokenRequest {
    /// `client_credentials`, `authorization_code`, `refresh_token` or
    /// `urn:ietf:params:oauth:grant-type:device_code`.
    #[schema(example = "client_credentials")]
    grant_type: String,
    /// The scopes that the token should carry; all that were given when left out.
    #[schema(example = "payments:write payments:read")]
    scope: Option<String>,
    /// The code that came with the browser.
    #[schema(example = "SplxlOBeZQQYbYS6WxSbIA")]
    code: Option<String>,
    /// Where the code was sent.
    #[schema(example = "https://shop.example/callback")]
    redirect_uri: Option<String>,
    /// The text whose SHA-256 was the `code_challenge`.
    #[schema(example = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    code_verifier: Option<String>,
    /// The refresh token that came last.
    #[schema(example = "8xLOxBtZp8Q1vZ0a…")]
    refresh_token: Option<String>,
    /// The code that the device got.
    #[schema(example = "GmRhmhcxhwAzkoEq…")]
    device_code: Option<String>,
    /// The API that the token is for; there is one.
    #[schema(example = "https://pay.example")]
    resource: Option<String>,
    /// The `api_key`, where it is not in HTTP Basic.
    #[schema(example = "ak_01kaemzd2w5n8h9qv7c3r4t6yb")]
    client_id: Option<String>,
}

/// Get an access token
///
/// An application shows who it is and what it was given: nothing more for a token of its own, a code,
/// a refresh token or a device code for one in the name of an account holder.
#[utoipa::path(
    post,
    path = "/oauth/token",
    operation_id = "issueToken",
    tag = "Tokens",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = TokenAnswer),
        ClientProblems,
    ),
    security(("client" = [])),
    extensions(("x-error-codes" = json!(CLIENT_CODES))),
)]
pub(super) async fn issue_token(State(api): State<ApiState>, request: FromClient) -> Result<Response, Refused> {
    let Some(grant_type) = request.parameters.as_sent("grant_type") else {
        return Err(Refused::because(OauthError::InvalidRequest, "Send grant_type, once."));
    };
    let grant = Grant::named(grant_type).ok_or_else(|| {
        let known = "The grant types are client_credentials, authorization_code, refresh_token and \
            urn:ietf:params:oauth:grant-type:device_code.";
        Refused::because(OauthError::UnsupportedGrantType, known)
    })?;
    let jkt = request.dpop_key(&api).await?;
    let issued = issue(&api, grant, &request, jkt.as_deref()).await?;
    let mut response = no_store((StatusCode::OK, Json(answer(&issued))).into_response());
    if jkt.is_some()
        && let Ok(nonce) = HeaderValue::try_from(api.services.fresh_dpop_nonce())
    {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    Ok(response)
}

/// What a token is asked for with.
#[derive(Clone, Copy)]
enum Grant {
    ClientCredentials,
    AuthorizationCode,
    RefreshToken,
    DeviceCode,
}

/// The grant types, as the metadata shows them.
pub(super) const GRANT_TYPES: [&str; 4] =
    ["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];

impl Grant {
    fn named(name: &str) -> Option<Self> {
        match name {
            "client_credentials" => Some(Self::ClientCredentials),
            "authorization_code" => Some(Self::AuthorizationCode),
            "refresh_token" => Some(Self::RefreshToken),
            "urn:ietf:params:oauth:grant-type:device_code" => Some(Self::DeviceCode),
            _ => None,
        }
    }
}

async fn issue(api: &ApiState, grant: Grant, request: &FromClient, jkt: Option<&str>) -> Result<IssuedToken, Refused> {
    let FromClient { client, parameters, .. } = request;
    let services = &api.services;
    Ok(match grant {
        Grant::ClientCredentials => {
            services.issue_to_client(client, parameters.find("scope"), parameters.find("resource"), jkt).await?
        }
        Grant::AuthorizationCode => {
            let shown = CodeShown {
                code: parameters.get("code")?,
                redirect_uri: parameters.find("redirect_uri"),
                code_verifier: parameters.get("code_verifier")?,
                resource: parameters.find("resource"),
                jkt,
            };
            services.redeem_code(client, &shown).await?
        }
        Grant::RefreshToken => {
            services.refresh(client, parameters.get("refresh_token")?, parameters.find("scope"), jkt).await?
        }
        Grant::DeviceCode => services.redeem_device_code(client, parameters.get("device_code")?, jkt).await?,
    })
}

fn answer(issued: &IssuedToken) -> TokenAnswer {
    TokenAnswer {
        access_token: issued.access_token.to_string(),
        token_type: if issued.is_bound { "DPoP" } else { "Bearer" }.to_owned(),
        expires_in: issued.expires_in_s,
        scope: issued.scopes.to_string(),
        refresh_token: issued.refresh_token.as_ref().map(|token| token.to_string()),
        id_token: issued.id_token.as_ref().map(|token| token.to_string()),
        authorization_details: issued.details.clone(),
    }
}
