//! `GET` and `POST /oauth/authorize`: where an application sends a holder's browser. The request is
//! checked and kept here; a page of the portal asks the holder.

use axum::extract::{Form, FromRequest as _, Query, Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY};
use http::{HeaderValue, Method, StatusCode};
use tallyport_service::authorization::{Begun, OauthFault, OauthRefusal, Parameters};

use super::holder_cookie;
use crate::api::{ApiError, ApiState};
use crate::middleware::client_address::ClientAddress;

/// The page that asks the holder.
const CONSENT_PAGE: &str = "/consent";

type Pairs = Vec<(String, String)>;

/// Takes a request that came with a browser. What cannot be told to the application is shown to the
/// person, in words, because the address that it would be told to may be an attacker's.
pub(super) async fn authorize(State(api): State<ApiState>, request: Request) -> Response {
    match begin(&api, request).await {
        Ok(Begun::Ask { handle }) => see_other(&format!("{CONSENT_PAGE}?request={handle}")),
        Ok(Begun::SendBack { url }) => see_other(&url),
        Err(OauthFault::Refused(refusal)) => see_other(&explained(&refusal)),
        Err(OauthFault::Service(error)) => ApiError::from(error).into_response(),
    }
}

async fn begin(api: &ApiState, request: Request) -> Result<Begun, OauthFault> {
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0);
    let session = holder_cookie::read(request.headers(), api.services.public_url());
    let holder = match session {
        Some(session) => api.services.find_signed_in_holder(&session, address).await?,
        None => None,
    };
    let parameters = Parameters::new(pairs(request).await)?;
    api.services.begin_authorization(&parameters, holder.is_some()).await
}

/// Query or form, as the method says; what cannot be read holds nothing.
async fn pairs(request: Request) -> Pairs {
    if request.method() == Method::POST {
        return Form::<Pairs>::from_request(request, &()).await.map(|Form(pairs)| pairs).unwrap_or_default();
    }
    Query::<Pairs>::try_from_uri(request.uri()).map(|Query(pairs)| pairs).unwrap_or_default()
}

/// The page shows what is wrong by its code alone: nothing that the request said.
fn explained(refusal: &OauthRefusal) -> String {
    format!("{CONSENT_PAGE}?refused={}", refusal.error.as_str())
}

fn see_other(url: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::from_str(url) {
        headers.insert(LOCATION, location);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
