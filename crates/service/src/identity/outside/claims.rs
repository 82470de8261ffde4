//! The ID token: whether it is good, and what it says.

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

use super::provider::{ProviderError, ProviderSettings};

/// How far the provider's clock may be off.
const LEEWAY_S: i64 = 10;
/// A token that says it was made longer ago than this was not made for this sign-in.
const AGE_MAX_S: i64 = 10 * 60;
/// Signatures by a key that only the provider has. A MAC under our own secret is none.
const ALGORITHMS: [Algorithm; 6] =
    [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::ES256, Algorithm::ES384];

/// What the token says about the person.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    pub(super) sub: String,
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    email_verified: Truth,
    #[serde(default)]
    pub(super) name: String,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    azp: Option<String>,
}

/// Some providers write booleans as texts.
#[derive(Debug, Deserialize, Default)]
#[serde(untagged)]
enum Truth {
    Plain(bool),
    Text(String),
    #[default]
    Absent,
}

impl Claims {
    /// Whether the provider vouches for the address.
    pub(super) fn is_email_verified(&self) -> bool {
        match &self.email_verified {
            Truth::Plain(verified) => *verified,
            Truth::Text(text) => text == "true",
            Truth::Absent => false,
        }
    }
}

/// Checks a token in full (OpenID Connect Core 1.0, section 3.1.3.7).
pub(super) fn verify(
    token: &str,
    keys: &JwkSet,
    settings: &ProviderSettings,
    nonce: &str,
    now_ms: i64,
) -> Result<Claims, ProviderError> {
    let bad = ProviderError::Token;
    let header = jsonwebtoken::decode_header(token).map_err(|_| bad("it is no token"))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(bad("its algorithm is not accepted"));
    }
    let jwk = key_of(keys, header.kid.as_deref()).ok_or(bad("its key is unknown"))?;
    let key = DecodingKey::from_jwk(jwk).map_err(|_| bad("its key cannot be read"))?;
    let mut validation = Validation::new(header.alg);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client_id]);
    // The library would ask the machine's clock; the times are compared with ours below.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let decoded = jsonwebtoken::decode::<Claims>(token, &key, &validation);
    let claims = decoded.map_err(|_| bad("signature, issuer, audience or form are wrong"))?.claims;
    let now_s = now_ms.div_euclid(1000);
    if now_s >= claims.exp.saturating_add(LEEWAY_S) {
        return Err(bad("it has expired"));
    }
    if claims.iat > now_s.saturating_add(LEEWAY_S) || claims.iat < now_s.saturating_sub(AGE_MAX_S) {
        return Err(bad("it was not made just now"));
    }
    if claims.azp.as_ref().is_some_and(|azp| *azp != settings.client_id) {
        return Err(bad("it was made for somebody else"));
    }
    if nonce.is_empty() || claims.nonce != nonce {
        return Err(bad("its nonce is another one"));
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(bad("its subject is none"));
    }
    Ok(claims)
}

/// The key that the token names; without a name, the only one there is.
fn key_of<'a>(keys: &'a JwkSet, kid: Option<&str>) -> Option<&'a Jwk> {
    match kid {
        Some(kid) => keys.find(kid),
        None => keys.keys.first().filter(|_| keys.keys.len() == 1),
    }
}
