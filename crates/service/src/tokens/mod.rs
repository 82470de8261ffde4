//! Access tokens: JWTs of RFC 9068, signed ES256 with the platform's own key.

mod issue;
mod keys;
mod verify;

pub use issue::{IssueRefusal, IssuedToken};
pub(crate) use keys::{ALGORITHM, generate};
pub use keys::{PublicKey, SigningKeys};
pub use verify::{TokenCache, TokenRefusal};

use serde::{Deserialize, Serialize};

/// For how long an access token is good.
pub const LIFETIME_S: u32 = 600;
/// How far two clocks may be apart.
pub const LEEWAY_S: i64 = 10;
/// The `typ` of RFC 9068.
pub const TYPE: &str = "at+jwt";

/// What a token says.
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
}
