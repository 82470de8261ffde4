//! ID tokens of OpenID Connect: who the holder is, for the client and for nobody else.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use tallyport_domain::TokenAlgorithm;
use tallyport_domain::oauth::HolderScope;
use tallyport_storage::holders::HolderRecord;
use zeroize::Zeroizing;

use crate::Services;
use crate::authorization::Client;
use crate::error::ServiceError;
use tallyport_domain::oauth::GrantScopes;

/// For how long an ID token may be shown to the client; it is checked once, at the sign-in.
const LIFETIME_S: i64 = 600;

#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: String,
    aud: String,
    iat: i64,
    exp: i64,
    auth_time: i64,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(flatten)]
    about: About<'a>,
}

/// What scopes let a client know about a holder: in the ID token and at `userinfo`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct About<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
}

impl<'a> About<'a> {
    pub(crate) fn of(holder: &'a HolderRecord, scopes: GrantScopes) -> Self {
        Self {
            name: scopes.has(HolderScope::Profile).then_some(&*holder.name),
            email: scopes.has(HolderScope::Email).then_some(&*holder.email),
            phone_number: holder.phone.as_deref().filter(|_| scopes.has(HolderScope::Phone)),
        }
    }
}

/// What an ID token is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdTokenOf<'a> {
    pub(crate) client: &'a Client,
    pub(crate) holder: &'a HolderRecord,
    pub(crate) scopes: GrantScopes,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) signed_in_at_s: i64,
    pub(crate) access_token: &'a str,
}

impl Services {
    pub(crate) fn sign_id_token(&self, of: &IdTokenOf<'_>) -> Result<Zeroizing<String>, ServiceError> {
        let now_s = self.clock().now_ms().div_euclid(1000);
        let key = self.signing_key()?;
        // The left half of the hash that belongs to the signature (OpenID Connect Core, 3.1.3.6).
        let algorithm = if key.algorithm == TokenAlgorithm::EdDsa { &SHA512 } else { &SHA256 };
        let hash = digest(algorithm, of.access_token.as_bytes());
        let (half, _) = hash.as_ref().split_at(hash.as_ref().len() / 2);
        let claims = IdClaims {
            iss: self.issuer(),
            sub: of.holder.id.to_string(),
            aud: of.client.api_key.to_string(),
            iat: now_s,
            exp: now_s + LIFETIME_S,
            auth_time: of.signed_in_at_s,
            at_hash: URL_SAFE_NO_PAD.encode(half),
            nonce: of.nonce,
            about: About::of(of.holder, of.scopes),
        };
        key.sign_jwt("JWT", &claims)
    }
}
