//! What becomes of an application's keys over time: `api_key` and `api_secret`, and public keys.
//! Owns when one works, how it ends and how one takes over from another; holds no secret.

use crate::text_enum::text_enum;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

text_enum! {
    /// For how long a key goes on working after it was replaced.
    Overlap {
        /// It stops at once.
        Now => "now",
        /// An hour, to change a setting somewhere.
        Hour => "1h",
        /// A day, to deploy.
        Day => "24h",
        /// A week, where several teams have to act.
        Week => "7d",
    }
}

impl Overlap {
    /// The time in milliseconds.
    #[must_use]
    pub const fn ms(self) -> i64 {
        match self {
            Self::Now => 0,
            Self::Hour => HOUR_MS,
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
        }
    }
}

text_enum! {
    /// For how long a new key is to work at most.
    Lifetime {
        /// Until it is revoked.
        Unlimited => "unlimited",
        /// Thirty days.
        Month => "30d",
        /// Ninety days.
        Quarter => "90d",
        /// A year.
        Year => "365d",
    }
}

impl Lifetime {
    /// When a key that is made now ends by itself.
    #[must_use]
    pub const fn ends_at_ms(self, now_ms: i64) -> Option<i64> {
        match self {
            Self::Unlimited => None,
            Self::Month => Some(now_ms + 30 * DAY_MS),
            Self::Quarter => Some(now_ms + 90 * DAY_MS),
            Self::Year => Some(now_ms + 365 * DAY_MS),
        }
    }
}

/// Where a key stands right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Usable {
        /// Until then, if it ends by itself.
        until_ms: Option<i64>,
    },
    /// It ended by itself.
    Expired {
        /// Since then.
        since_ms: i64,
    },
    /// Somebody ended it.
    Revoked {
        /// Since then.
        since_ms: i64,
    },
}

impl Standing {
    /// Where a key stands that was made to end at these times. Revocation outranks expiry.
    #[must_use]
    pub const fn of(revoked_at_ms: Option<i64>, expires_at_ms: Option<i64>, now_ms: i64) -> Self {
        match (revoked_at_ms, expires_at_ms) {
            (Some(since_ms), _) => Self::Revoked { since_ms },
            (None, Some(since_ms)) if since_ms <= now_ms => Self::Expired { since_ms },
            (None, until_ms) => Self::Usable { until_ms },
        }
    }

    /// Whether it works.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Usable { .. })
    }
}

/// When a key that was replaced ends. An end that it had already is not put off.
#[must_use]
pub fn end_after_rotation(expires_at_ms: Option<i64>, overlap: Overlap, now_ms: i64) -> i64 {
    let end_ms = now_ms + overlap.ms();
    expires_at_ms.map_or(end_ms, |expires_at_ms| expires_at_ms.min(end_ms))
}

/// When the key that takes over ends by itself: it lasts as long as the one before was to last.
#[must_use]
pub fn end_of_successor(made_at_ms: i64, expires_at_ms: Option<i64>, now_ms: i64) -> Option<i64> {
    expires_at_ms.map(|expires_at_ms| now_ms + (expires_at_ms - made_at_ms).max(0))
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, HOUR_MS, Lifetime, Overlap, Standing, end_after_rotation, end_of_successor};

    #[test]
    fn a_key_expires_at_its_moment_and_revocation_outranks_it() {
        assert_eq!(Standing::of(None, None, 10), Standing::Usable { until_ms: None });
        assert_eq!(Standing::of(None, Some(11), 10), Standing::Usable { until_ms: Some(11) });
        assert_eq!(Standing::of(None, Some(10), 10), Standing::Expired { since_ms: 10 });
        assert_eq!(Standing::of(Some(5), Some(10), 10), Standing::Revoked { since_ms: 5 });
    }

    #[test]
    fn a_rotation_never_puts_an_end_off() {
        assert_eq!(end_after_rotation(None, Overlap::Hour, 1_000), 1_000 + HOUR_MS);
        assert_eq!(end_after_rotation(Some(2_000), Overlap::Week, 1_000), 2_000);
        assert_eq!(end_after_rotation(Some(9 * DAY_MS), Overlap::Now, 1_000), 1_000);
    }

    #[test]
    fn a_successor_lasts_as_long_as_the_one_before_was_to() {
        assert_eq!(end_of_successor(0, None, 5), None);
        assert_eq!(end_of_successor(0, Some(30 * DAY_MS), 5), Some(5 + 30 * DAY_MS));
        assert_eq!(Lifetime::Month.ends_at_ms(0), Some(30 * DAY_MS));
    }
}
