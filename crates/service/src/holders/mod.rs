//! Account holders: people and businesses whose money is moved. They sign in for themselves, apart
//! from developers, and decide what applications may do for them.

mod accounts;
mod sign_in;
mod test_holders;

pub use accounts::{HolderRefusal, NewHolder};
pub use sign_in::{HolderSignIn, SESSION_LIFETIME_MS};
pub use test_holders::TestHolder;

use std::net::IpAddr;

use tallyport_domain::ids::{AppId, HolderId};
use tallyport_domain::{Environment, Language};
use tallyport_storage::holders::{HolderPassword, HolderRecord};

/// An account holder who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who it is.
    pub id: HolderId,
    /// In which world they live.
    pub environment: Environment,
    /// The application whose test holder this is, if it is one.
    pub test_holder_of: Option<AppId>,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language they read.
    pub language: Language,
    /// When they signed in.
    pub signed_in_at_ms: i64,
    /// Where they call from, as far as that is known.
    pub network: Option<IpAddr>,
}

impl Holder {
    fn of(record: HolderRecord, signed_in_at_ms: i64, network: Option<IpAddr>) -> Self {
        let test_holder_of = match record.password {
            HolderPassword::Hashed(_) => None,
            HolderPassword::Sealed { application_id, .. } => Some(application_id),
        };
        Self {
            id: record.id,
            environment: record.environment,
            test_holder_of,
            name: record.name,
            email: record.email,
            language: record.language,
            signed_in_at_ms,
            network,
        }
    }
}
