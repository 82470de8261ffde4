//! The forms that clients post: each parameter once, nothing secret in the address.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use tallyport_domain::oauth::OauthError;
use tallyport_service::authorization::Parameters;

use super::refused::Refused;

/// What may not stand in an address, where logs and proxies see it.
const SECRET: [&str; 7] =
    ["client_secret", "client_assertion", "code", "code_verifier", "refresh_token", "device_code", "token"];

/// Reads the body of a request as a form.
pub(super) async fn read(request: Request) -> Result<Parameters, Refused> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let body = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let Form(pairs) = body.map_err(|rejection| match rejection {
        FormRejection::BytesRejection(_) => invalid("The body broke off. Send it to its end."),
        _ => invalid("Send grant_type and the rest, each once, as application/x-www-form-urlencoded."),
    })?;
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    if names.into_iter().any(|name| SECRET.contains(&name)) {
        return Err(invalid("Send secrets in the body, never in the address; consider those that you sent as known."));
    }
    Ok(Parameters::new(pairs)?)
}

fn invalid(description: &str) -> Refused {
    Refused::because(OauthError::InvalidRequest, description)
}
