//! Writing a JWT: header and claims as base64url, and the signature of a key that was read long ago. A
//! library for tokens would read the key again for each.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use zeroize::Zeroizing;

use super::keys::SigningKey;
use crate::Services;
use crate::error::ServiceError;

/// What stands before the claims.
#[derive(Serialize)]
struct JoseHeader<'a> {
    typ: &'a str,
    alg: &'static str,
    kid: String,
}

impl Services {
    /// The key that signs tokens now.
    pub(super) fn signing_key(&self) -> Result<Arc<SigningKey>, ServiceError> {
        let key = self.signing_keys().signing(self.clock().now_ms());
        key.ok_or_else(|| ServiceError::broken("no signing key is loaded"))
    }
}

impl SigningKey {
    /// Signs claims as a token of this type.
    pub(super) fn sign_jwt(&self, typ: &str, claims: &impl Serialize) -> Result<Zeroizing<String>, ServiceError> {
        let header = JoseHeader { typ, alg: self.algorithm.as_str(), kid: self.id.to_string() };
        let mut token = Zeroizing::new(format!("{}.{}", part(&header)?, part(claims)?));
        let signature = self.pair.sign(token.as_bytes()).ok_or_else(unsignable)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

fn part(value: &impl Serialize) -> Result<String, ServiceError> {
    serde_json::to_vec(value).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(|_| unsignable())
}

fn unsignable() -> ServiceError {
    ServiceError::broken("a token could not be signed")
}
