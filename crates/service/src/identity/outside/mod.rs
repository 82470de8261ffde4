//! Signing in with an outside OpenID provider: code flow with PKCE, state and nonce (OpenID Connect
//! Core 1.0, section 3.1). Who somebody is there is linked to an account here by an address that the
//! provider has verified, and by nothing else.

mod claims;
mod link;
mod provider;
mod sign_in;

pub use provider::{InvalidProvider, OutsideProvider, ProviderSettings};
pub use sign_in::{OutsideRefusal, OutsideStart, Returned};
