//! What administrators look for among the people of the platform.

use crate::text_enum::text_enum;

text_enum! {
    /// How an account stands.
    AccountState {
        /// Its bearer may sign in.
        Active => "active",
        /// Nobody has shown yet that the address is theirs.
        Unverified => "unverified",
        /// An administrator keeps its bearer out.
        Suspended => "suspended",
        /// Its bearer closed it.
        Closed => "closed",
    }
}

impl AccountState {
    /// The state that these times amount to; what ends an account outranks what only stops it.
    #[must_use]
    pub const fn of(verified_at_ms: Option<i64>, suspended_at_ms: Option<i64>, closed_at_ms: Option<i64>) -> Self {
        match (closed_at_ms, suspended_at_ms, verified_at_ms) {
            (Some(_), _, _) => Self::Closed,
            (None, Some(_), _) => Self::Suspended,
            (None, None, None) => Self::Unverified,
            (None, None, Some(_)) => Self::Active,
        }
    }
}

text_enum! {
    /// In which order a list of people or applications stands.
    ListOrder {
        /// The newest first.
        Newest => "newest",
        /// The oldest first.
        Oldest => "oldest",
        /// By name.
        Name => "name",
    }
}

#[cfg(test)]
mod tests {
    use super::AccountState;

    #[test]
    fn what_ends_an_account_outranks_what_stops_it() {
        assert_eq!(AccountState::of(Some(1), None, None), AccountState::Active);
        assert_eq!(AccountState::of(None, None, None), AccountState::Unverified);
        assert_eq!(AccountState::of(None, Some(2), None), AccountState::Suspended);
        assert_eq!(AccountState::of(Some(1), Some(2), Some(3)), AccountState::Closed);
    }
}
