//! Tokens: access tokens as JWTs of RFC 9068 and ID tokens of OpenID Connect, signed with the platform's
//! own keys.

mod id_token;
mod issue;
mod jwt;
mod keys;
mod pair;
mod verify;

pub(crate) use id_token::{About, IdTokenOf};
pub use issue::{IssueRefusal, IssuedToken};
pub(crate) use issue::{Minted, Subject};
pub use keys::{PublicKey, SigningKeys, UnreadableKey};
pub use pair::KeyMembers;
pub(crate) use pair::{generate, generate_rsa};
pub use verify::{ProofOfCall, TokenCache, TokenRefusal};
pub(crate) use verify::{RevocationCache, Verified};

use serde::{Deserialize, Serialize};

/// How far two clocks may be apart.
pub const LEEWAY_S: i64 = 10;
/// The `typ` of RFC 9068.
pub const TYPE: &str = "at+jwt";

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) sub: String,
    pub(crate) aud: String,
    pub(crate) client_id: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    pub(crate) jti: String,
    pub(crate) scope: String,
    pub(crate) environment: String,
    /// Whose token it is, where the subject is a holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) application_id: Option<String>,
    /// What the holder gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grant_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) auth_time: Option<i64>,
    /// The key that the token is bound to (RFC 9449, 6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cnf: Option<Confirmation>,
    /// The payments that were consented to (RFC 9396, 9.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authorization_details: Option<serde_json::Value>,
}

/// A key by the thumbprint of its JWK (RFC 7638).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    pub(crate) jkt: String,
}
