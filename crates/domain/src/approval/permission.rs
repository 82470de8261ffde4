//! Permissions: groups of scopes that are asked for and approved together.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::UnknownText;
use crate::scope::{Scope, ScopeSet};
use crate::text_enum::text_enum;

text_enum! {
    /// A group of scopes: what an application asks for in live, and an administrator approves.
    Permission {
        /// Take payments and look at them.
        Payments => "payments",
        /// Give money back.
        Refunds => "refunds",
        /// Read balances and what is booked.
        Accounts => "accounts",
        /// Move money between accounts.
        Transfers => "transfers",
        /// Be told of events.
        Webhooks => "webhooks",
    }
}

impl Permission {
    /// The permission that a scope comes with. A new scope has to be put somewhere before it compiles.
    #[must_use]
    pub const fn of(scope: Scope) -> Self {
        match scope {
            Scope::PaymentsWrite | Scope::PaymentsRead => Self::Payments,
            Scope::RefundsWrite => Self::Refunds,
            Scope::AccountsRead => Self::Accounts,
            // Money that leaves for a bank is moved no less than money that goes to another account.
            Scope::AccountsWrite | Scope::TransfersWrite => Self::Transfers,
            Scope::EventsRead => Self::Webhooks,
        }
    }

    /// The scopes that the permission gives.
    #[must_use]
    pub fn scopes(self) -> ScopeSet {
        Scope::ALL.iter().copied().filter(|scope| Self::of(*scope) == self).collect()
    }
}

/// Permissions; the text form lists them with blanks between.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PermissionSet(BTreeSet<Permission>);

impl PermissionSet {
    /// Whether the permission is one of them.
    #[must_use]
    pub fn contains(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = Permission> {
        self.0.iter().copied()
    }

    /// Every scope that they give together.
    #[must_use]
    pub fn scopes(&self) -> ScopeSet {
        Scope::ALL.iter().copied().filter(|scope| self.contains(Permission::of(*scope))).collect()
    }

    /// Those that the other set does not have.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).copied().collect())
    }

    /// Whether the other set has all of them.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

impl FromStr for PermissionSet {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        text.split(' ').filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

impl fmt::Display for PermissionSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, permission) in self.iter().enumerate() {
            out.write_str(if position > 0 { " " } else { "" })?;
            out.write_str(permission.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_comes_with_exactly_one_permission() {
        let all: ScopeSet =
            Permission::ALL.iter().flat_map(|permission| permission.scopes().iter().collect::<Vec<_>>()).collect();
        assert_eq!(all, ScopeSet::all());
    }

    #[test]
    fn a_set_is_read_back_from_its_text() {
        let set: PermissionSet = Permission::ALL.iter().copied().collect();
        assert_eq!(set.to_string().parse(), Ok(set));
        assert_eq!("".parse(), Ok(PermissionSet::default()));
        assert!("payments everything".parse::<PermissionSet>().is_err());
    }
}
