//! Who calls. Every use case gets one of these and decides by it what may be done.

use std::net::IpAddr;

use tallyport_domain::ids::{ApiKey, AppId, DeveloperId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::role::Role;
use tallyport_domain::scope::{Scope, ScopeSet};
use tallyport_domain::{Environment, Language};

/// An application that calls the open API with an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Which application.
    pub application_id: AppId,
    /// In which world.
    pub environment: Environment,
    /// With which of its credentials it got the token.
    pub api_key: ApiKey,
    /// What the token allows.
    pub scopes: ScopeSet,
}

/// From where a call comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFrom {
    /// From an address.
    Address(IpAddr),
    /// From somewhere; the listener could not tell.
    Unknown,
    /// From the platform itself, for a person who tries a call in the portal. Networks are about
    /// calls from outside.
    Portal,
}

impl CallFrom {
    /// Whether such a call is within these networks.
    #[must_use]
    pub fn is_within(self, networks: &AllowedNetworks) -> bool {
        match self {
            Self::Address(address) => networks.allow(Some(address)),
            Self::Unknown => networks.allow(None),
            Self::Portal => true,
        }
    }
}

/// The token does not carry the scope that the call demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token does not carry {}", scope.as_str())]
pub struct ScopeMissing {
    /// The scope that is needed.
    pub scope: Scope,
}

impl Caller {
    /// Whether the token carries the scope.
    pub fn require(&self, scope: Scope) -> Result<(), ScopeMissing> {
        if self.scopes.contains(scope) { Ok(()) } else { Err(ScopeMissing { scope }) }
    }
}

/// A person who is signed in to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub developer_id: DeveloperId,
    /// How they want to be called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are in the portal.
    pub role: Role,
    /// The language of mails to them.
    pub language: Language,
    /// Where they call from, as far as that is known.
    pub network: Option<IpAddr>,
    /// The command that acts in their place, at the command line of the machine. The audit log names it
    /// rather than them.
    pub command: Option<&'static str>,
}
