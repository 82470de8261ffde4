//! The authorization server's use cases: who the client is, what it asks, what a holder gives, and
//! which tokens come of it.
//!
//! The rules are `tallyport_domain::oauth`; here are hashes, signatures, rows and transactions. Every
//! refusal is an error of OAuth with a sentence for the client's developer.

mod assertion;
mod client;
mod codes;
mod consent;
mod credentials_grant;
mod device;
mod dpop;
mod grants;
mod introspection;
mod jose;
mod parameters;
mod refresh;
mod request;
mod request_object;
mod revocation;
mod self_signed;
mod settings;
mod tokens_of_grant;
mod userinfo;

pub(crate) use client::ClientCache;
pub use client::{Client, ClientProof};
pub use codes::CodeShown;
pub use consent::{Consent, DecisionRefusal, Question};
pub use device::{DeviceAnswer, DeviceQuestion};
pub use dpop::DpopProof;
pub use grants::GrantView;
pub use introspection::Introspection;
pub use jose::SIGNING_ALGORITHMS;
pub use parameters::Parameters;
pub use request::{Begun, PushedRequest};
pub use self_signed::{SelfSigned, read_self_signed};
pub use settings::{SettingsRefusal, client_settings_power};
pub use tallyport_storage::authorization::clients::ClientSettings;

use tallyport_domain::oauth::OauthError;
use tallyport_storage::StorageError;

use crate::error::ServiceError;
use crate::secrets::VaultError;

/// A refusal in the words of OAuth.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", error.as_str())]
pub struct OauthRefusal {
    /// The code.
    pub error: OauthError,
    /// What to do about it.
    pub description: String,
}

impl OauthRefusal {
    /// Whether the same request may succeed with the nonce that comes with the answer.
    #[must_use]
    pub fn needs_nonce(&self) -> bool {
        self.error == OauthError::UseDpopNonce
    }
}

/// Why the authorization server does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum OauthFault {
    /// It refuses.
    #[error(transparent)]
    Refused(#[from] OauthRefusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for OauthFault {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl From<VaultError> for OauthFault {
    fn from(error: VaultError) -> Self {
        Self::Service(error.into())
    }
}

/// A refusal with its sentence.
pub(crate) fn refuse(error: OauthError, description: impl std::fmt::Display) -> OauthFault {
    OauthFault::Refused(OauthRefusal { error, description: description.to_string() })
}
