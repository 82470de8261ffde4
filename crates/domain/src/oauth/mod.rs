//! The rules of the authorization server: what a client has to be, show and ask for, and how codes,
//! refresh tokens and device codes are used up.
//!
//! Nothing is hashed, signed or looked up here; hashes come in as they were worked out.

pub mod client;
pub mod code;
pub mod details;
pub mod device;
pub mod error;
pub mod pkce;
mod redirect;
pub mod refresh;
pub mod scopes;

pub use client::{AuthMethod, ClientId, ClientKind, Lifetimes, Profile};
pub use code::{CodeRefusal, CodeState, IssuedCode, Redemption};
pub use details::{DetailsRefusal, Payee, PaymentDetail};
pub use device::{DeviceRefusal, DeviceState, Poll, UserCode};
pub use error::OauthError;
pub use pkce::{CodeChallenge, CodeVerifier, PkceRefusal};
pub use refresh::{KeptToken, RefreshRefusal, Turn};
pub use scopes::{GrantScopes, HolderScope, ScopeRefusal};
