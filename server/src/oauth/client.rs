//! Who the client of a request is: by HTTP Basic, by key and secret in the form, by a signed assertion,
//! or by its name alone. One way at a time (RFC 6749, 2.3).

use axum::extract::{FromRequest, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use tallyport_domain::oauth::{AuthMethod, OauthError};
use tallyport_service::CallFrom;
use tallyport_service::authorization::{Client, ClientProof, DpopProof, Parameters};

use super::form;
use super::refused::Refused;
use crate::api::ApiState;
use crate::api::authorized::call_from;

/// The type of assertion that there is (RFC 7523, 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A form of a client that has shown who it is.
pub(super) struct FromClient {
    pub(super) client: Client,
    pub(super) parameters: Parameters,
    pub(super) from: CallFrom,
    headers: HeaderMap,
    url: String,
}

/// Key and secret of HTTP Basic; nothing of it is checked yet.
struct BasicClient {
    api_key: String,
    api_secret: zeroize::Zeroizing<String>,
}

impl FromRequest<ApiState> for FromClient {
    type Rejection = Refused;

    async fn from_request(request: Request, api: &ApiState) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let (from, headers) = (call_from(&parts), parts.headers.clone());
        let url = format!("{}{}", api.services.issuer(), parts.uri.path());
        let request = Request::from_parts(parts, body);
        let basic = match headers.contains_key(AUTHORIZATION) {
            true => Some(read_basic(&headers).ok_or_else(unreadable)?),
            false => None,
        };
        let has_secret_in_query = request.uri().query().is_some_and(|query| query.contains("client_secret="));
        if basic.is_none() && has_secret_in_query {
            return Err(unreadable());
        }
        let parameters = form::read(request).await?;
        let client = api.services.authenticate_client(&proof(basic.as_ref(), &parameters)?, from).await?;
        Ok(Self { client, parameters, from, headers, url })
    }
}

impl FromClient {
    /// The thumbprint of the key that the request shows; none when it shows none (RFC 9449, 5).
    pub(super) async fn dpop_key(&self, api: &ApiState) -> Result<Option<String>, Refused> {
        let mut proofs = self.headers.get_all("dpop").iter();
        let Some(proof) = proofs.next() else { return Ok(None) };
        let proof = proof.to_str().ok().filter(|_| proofs.next().is_none());
        let proof = proof.ok_or_else(|| Refused::because(OauthError::InvalidDpopProof, "Send one DPoP header."))?;
        let shown = DpopProof {
            proof,
            method: "POST",
            url: &self.url,
            access_token: None,
            demands_nonce: self.client.settings.demands_dpop_nonce,
        };
        match api.services.verify_dpop(&shown).await.map_err(Refused::from) {
            Err(Refused::Oauth(refusal)) if refusal.needs_nonce() => {
                Err(Refused::NeedsNonce(refusal, api.services.fresh_dpop_nonce()))
            }
            shown => Ok(Some(shown?)),
        }
    }
}

/// The one way in which the client shows itself.
fn proof<'p>(basic: Option<&'p BasicClient>, parameters: &'p Parameters) -> Result<ClientProof<'p>, Refused> {
    let client_id = parameters.find("client_id");
    let (secret, assertion) = (parameters.find("client_secret"), parameters.find("client_assertion"));
    let ways = usize::from(basic.is_some()) + usize::from(secret.is_some()) + usize::from(assertion.is_some());
    if ways > 1 {
        return Err(Refused::because(OauthError::InvalidRequest, "Show who you are in one way, not in several."));
    }
    if let Some(BasicClient { api_key, api_secret }) = basic {
        if client_id.is_some_and(|client_id| client_id != api_key) {
            return Err(Refused::because(OauthError::InvalidRequest, "client_id is not the user of HTTP Basic."));
        }
        let method = AuthMethod::ClientSecretBasic;
        return Ok(ClientProof::Secret { method, client_id: api_key, secret: api_secret });
    }
    if let Some(assertion) = assertion {
        if parameters.find("client_assertion_type") != Some(JWT_BEARER) {
            return Err(Refused::because(OauthError::InvalidRequest, "client_assertion_type is the one of JWTs."));
        }
        return Ok(ClientProof::Assertion { client_id, assertion });
    }
    let client_id = client_id.ok_or_else(unreadable)?;
    Ok(match secret {
        Some(secret) => ClientProof::Secret { method: AuthMethod::ClientSecretPost, client_id, secret },
        None => ClientProof::Name { client_id },
    })
}

fn unreadable() -> Refused {
    let description = "Show who you are: api_key and api_secret as user and password of HTTP Basic, or in the form, \
        or a private_key_jwt of a registered key. Both come from the keys page.";
    Refused::because(OauthError::InvalidClient, description)
}

fn read_basic(headers: &HeaderMap) -> Option<BasicClient> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = zeroize::Zeroizing::new(STANDARD.decode(encoded.trim()).ok()?);
    let (user, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some(BasicClient { api_key: form_decoded(user)?, api_secret: form_decoded(password)?.into() })
}

/// Both halves are form-encoded before they are joined (RFC 6749, appendix B). Keys and secrets of
/// ours consist of characters that the encoding leaves alone, so clients that skip it work as well.
fn form_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit =
                    |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                (high << 4) | low
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_and_plain_halves_are_read_alike() {
        assert_eq!(form_decoded("sk_sandbox_Ab1").as_deref(), Some("sk_sandbox_Ab1"));
        assert_eq!(form_decoded("sk%5Fsandbox%5fAb1").as_deref(), Some("sk_sandbox_Ab1"));
        assert_eq!(form_decoded("a+b").as_deref(), Some("a b"));
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(form_decoded(broken), None, "{broken}");
        }
    }
}
