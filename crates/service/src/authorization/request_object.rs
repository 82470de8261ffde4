//! Signed request objects (RFC 9101), which have to be pushed: what a client asks for in a form that
//! it cannot deny later.

use tallyport_domain::json::Value;
use tallyport_domain::json::canonical_text;
use tallyport_domain::oauth::OauthError;

use super::client::Client;
use super::jose::{Jws, is_meant_for, seconds_of, text_of};
use super::{OauthFault, Parameters, refuse};
use crate::Services;
use crate::caller::CallFrom;
use crate::tokens::LEEWAY_S;

/// A request object may be good for so long at most (FAPI 2.0 message signing, 5.3.1).
const LIFETIME_MAX_S: i64 = 60 * 60;
/// Claims that are about the object, not about the request.
const OF_THE_OBJECT: [&str; 7] = ["iss", "aud", "exp", "nbf", "iat", "jti", "sub"];

fn wrong(what: &str) -> OauthFault {
    refuse(OauthError::InvalidRequestObject, what)
}

impl Services {
    /// The parameters that stand in the object; those beside it do not count.
    pub(super) async fn read_request_object(
        &self,
        client: &Client,
        object: &str,
        from: CallFrom,
    ) -> Result<Parameters, OauthFault> {
        let jws = Jws::read(object)
            .ok_or_else(|| wrong("The request object is not a signed JWT of a kind that is taken."))?;
        if jws.header.find_member("typ").is_some()
            && !matches!(text_of(&jws.header, "typ"), Some("oauth-authz-req+jwt" | "JWT"))
        {
            return Err(wrong("The request object needs the typ oauth-authz-req+jwt."));
        }
        if !self.is_signed_by_client(&jws, client, from).await? {
            return Err(wrong("The request object is not signed by a registered key."));
        }
        check(&jws.claims, &client.api_key.to_string(), self.issuer(), self.clock().now_ms().div_euclid(1000))?;
        parameters(&jws.claims)
    }
}

fn check(claims: &Value, client_id: &str, issuer: &str, now_s: i64) -> Result<(), OauthFault> {
    if text_of(claims, "iss") != Some(client_id) || text_of(claims, "client_id") != Some(client_id) {
        return Err(wrong("iss and client_id have to be the client."));
    }
    if !is_meant_for(claims, issuer) {
        return Err(wrong("aud has to be the issuer."));
    }
    let exp = seconds_of(claims, "exp").ok_or_else(|| wrong("The request object needs exp."))?;
    if exp <= now_s - LEEWAY_S {
        return Err(wrong("The request object has expired."));
    }
    // Without nbf it counts from now on.
    let nbf = seconds_of(claims, "nbf").unwrap_or(now_s);
    if nbf > now_s + LEEWAY_S || nbf < now_s - LIFETIME_MAX_S || exp > nbf + LIFETIME_MAX_S + LEEWAY_S {
        return Err(wrong("The request object is good for an hour at most."));
    }
    Ok(())
}

fn parameters(claims: &Value) -> Result<Parameters, OauthFault> {
    let Value::Object(members) = claims else { return Err(wrong("The request object holds no object.")) };
    let of_request = members.iter().filter(|(name, _)| !OF_THE_OBJECT.contains(&&**name));
    let pairs = of_request.map(|(name, value)| match value {
        Value::Text(text) | Value::Number(text) => Ok((name.clone(), text.clone())),
        Value::List(_) if name == "authorization_details" => Ok((name.clone(), canonical_text(value))),
        _ => Err(wrong("A parameter in the request object is no text.")),
    });
    let parameters = Parameters::new(pairs.collect::<Result<_, _>>()?)?;
    if parameters.as_sent("request").is_some() || parameters.as_sent("request_uri").is_some() {
        return Err(wrong("A request object holds no other one."));
    }
    Ok(parameters)
}
