//! Who calls. Every use case gets one of these and decides by it what may be done.

use std::net::IpAddr;

use tallyport_domain::ids::{ApiKey, AppId, DeveloperId, GrantId, HolderId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::oauth::GrantScopes;
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
    /// For which account holder it calls, when it has a token that a holder consented to.
    pub holder: Option<HolderAuthority>,
}

/// What an account holder gave the application that calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderAuthority {
    /// Who gave it.
    pub holder_id: HolderId,
    /// What was given.
    pub grant_id: GrantId,
    /// What the token may say about the holder.
    pub about: GrantScopes,
    /// Whether the consent names the payments that may be made.
    pub names_payments: bool,
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
    /// Whether an account holder gave the token, and the call wants the application's own.
    pub is_of_holder: bool,
}

impl Caller {
    /// Whether it is the application's own token, and carries the scope. What an account holder gave is
    /// in the hands of programs that cannot keep secrets, and opens nothing but what is the holder's.
    pub fn require(&self, scope: Scope) -> Result<(), ScopeMissing> {
        if self.holder.is_some() {
            return Err(ScopeMissing { scope, is_of_holder: true });
        }
        self.carries(scope)
    }

    /// Whether the token carries the scope, whoever gave it.
    pub fn carries(&self, scope: Scope) -> Result<(), ScopeMissing> {
        if self.scopes.contains(scope) { Ok(()) } else { Err(ScopeMissing { scope, is_of_holder: false }) }
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
