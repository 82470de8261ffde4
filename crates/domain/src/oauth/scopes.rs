//! What a client may be given by a holder: scopes of the API, and scopes about the holder.

use std::fmt;

use crate::scope::{Scope, ScopeSet};
use crate::text_enum::text_enum;

text_enum! {
    /// What a client may learn about a holder, and for how long it may act.
    HolderScope {
        /// Know who the holder is: an ID token (OpenID Connect).
        OpenId => "openid",
        /// Know the holder's name.
        Profile => "profile",
        /// Know the holder's address.
        Email => "email",
        /// Know the holder's telephone number.
        Phone => "phone",
        /// Act while the holder is not there: a refresh token.
        OfflineAccess => "offline_access",
    }
}

/// What a holder gives, or a client asks for. The text form is OAuth's list with blanks between.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct GrantScopes {
    api: ScopeSet,
    holder: u8,
}

/// Why scopes are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScopeRefusal {
    /// There is no such scope.
    #[error("There is no such scope.")]
    Unknown,
    /// It is more than there is to be had.
    #[error("Ask only for scopes that were given.")]
    Wider,
    /// Nothing is asked for.
    #[error("Ask for at least one scope.")]
    Nothing,
}

impl GrantScopes {
    /// Reads a list. A scope that is unknown spoils it.
    pub fn parse(text: &str) -> Result<Self, ScopeRefusal> {
        let mut api = Vec::new();
        let mut holder = 0;
        for name in text.split(' ').filter(|name| !name.is_empty()) {
            match (name.parse::<Scope>(), name.parse::<HolderScope>()) {
                (Ok(scope), _) => api.push(scope),
                (_, Ok(scope)) => holder |= 1 << scope as u8,
                _ => return Err(ScopeRefusal::Unknown),
            }
        }
        Ok(Self { api: api.into_iter().collect(), holder })
    }

    /// Scopes of the API and nothing about anybody.
    #[must_use]
    pub const fn of_api(api: ScopeSet) -> Self {
        Self { api, holder: 0 }
    }

    /// The same about the holder, with these scopes of the API.
    #[must_use]
    pub const fn with_api(self, api: ScopeSet) -> Self {
        Self { api, ..self }
    }

    /// The scopes of the API.
    #[must_use]
    pub const fn api(self) -> ScopeSet {
        self.api
    }

    /// Whether this about the holder is among them.
    #[must_use]
    pub const fn has(self, scope: HolderScope) -> bool {
        self.holder & (1 << scope as u8) != 0
    }

    /// The scopes about the holder.
    pub fn about_holder(self) -> impl Iterator<Item = HolderScope> {
        HolderScope::ALL.iter().copied().filter(move |scope| self.has(*scope))
    }

    /// Whether there is none at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.api.is_empty() && self.holder == 0
    }

    /// The part of these that is asked for; all of them when nothing is said. Never more.
    pub fn narrowed(self, wanted: Option<&str>) -> Result<Self, ScopeRefusal> {
        let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return Ok(self) };
        let wanted = Self::parse(wanted)?;
        let fits = wanted.api.iter().all(|scope| self.api.contains(scope)) && wanted.holder & !self.holder == 0;
        if fits { Ok(wanted) } else { Err(ScopeRefusal::Wider) }
    }
}

impl fmt::Display for GrantScopes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.about_holder().map(HolderScope::as_str).chain(self.api.iter().map(Scope::as_str));
        for (position, name) in names.enumerate() {
            if position > 0 {
                out.write_str(" ")?;
            }
            out.write_str(name)?;
        }
        Ok(())
    }
}

impl fmt::Debug for GrantScopes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_are_read_back() {
        let scopes = GrantScopes::parse("payments:read openid  email").unwrap();
        assert_eq!(scopes.to_string(), "openid email payments:read");
        assert_eq!(GrantScopes::parse(&scopes.to_string()), Ok(scopes));
        assert!(scopes.has(HolderScope::Email) && !scopes.has(HolderScope::Phone));
    }

    #[test]
    fn scopes_become_fewer_and_never_more() {
        let given = GrantScopes::parse("openid payments:read").unwrap();
        assert_eq!(given.narrowed(None), Ok(given));
        assert_eq!(given.narrowed(Some("openid")).unwrap().to_string(), "openid");
        for wider in ["openid email", "payments:write", "openid payments:read payments:write"] {
            assert_eq!(given.narrowed(Some(wider)), Err(ScopeRefusal::Wider), "{wider}");
        }
        assert_eq!(given.narrowed(Some("admin")), Err(ScopeRefusal::Unknown));
    }
}
