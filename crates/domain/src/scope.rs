//! Scopes: what an access token allows. Owns their names and sets of them.

use std::fmt;
use std::str::FromStr;

use crate::UnknownText;
use crate::text_enum::text_enum;

text_enum! {
    /// One permission that a token can carry.
    Scope {
        /// Make payments.
        PaymentsWrite => "payments:write",
        /// Read payments and refunds.
        PaymentsRead => "payments:read",
        /// Give payers their money back.
        RefundsWrite => "refunds:write",
        /// Read balances, ledger entries, transfers, top-ups and withdrawals.
        AccountsRead => "accounts:read",
        /// Put money in and take it out.
        AccountsWrite => "accounts:write",
        /// Move money to other accounts.
        TransfersWrite => "transfers:write",
        /// Read events.
        EventsRead => "events:read",
    }
}

/// A set of scopes; its text form is the space-separated list of OAuth.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct ScopeSet(u32);

impl ScopeSet {
    /// Every scope there is.
    #[must_use]
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    /// Whether the scope is in the set.
    #[must_use]
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & Self::bit(scope) != 0
    }

    /// Whether there is none at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes that both sets have.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The scopes, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.iter().copied().filter(move |scope| self.contains(*scope))
    }

    fn bit(scope: Scope) -> u32 {
        1 << (scope as u32)
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | Self::bit(scope)))
    }
}

impl FromStr for ScopeSet {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        text.split(' ').filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, scope) in self.iter().enumerate() {
            if position > 0 {
                out.write_str(" ")?;
            }
            out.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for ScopeSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_back_from_its_text() {
        let set = ScopeSet::all();
        assert_eq!(set.to_string().parse(), Ok(set));
        assert_eq!("".parse(), Ok(ScopeSet::default()));
    }

    #[test]
    fn an_unknown_scope_spoils_the_whole_list() {
        assert!("payments:read payments:admin".parse::<ScopeSet>().is_err());
    }
}
