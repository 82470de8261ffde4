//! Secrets: how they are made, kept at rest and compared. Nothing here logs, and nothing shows a
//! secret through `Debug`.

mod api_secret;
mod one_time_token;
mod password;
mod vault;

pub use api_secret::{ApiSecret, InvalidApiSecret};
pub use one_time_token::OneTimeToken;
pub use password::{PasswordCost, PasswordHash, Passwords};
pub use vault::{Place, Vault, VaultError};
