//! When unfinished work is looked at again, and when it ends whatever comes.

/// For how long the maker of a channel call has it to itself before a worker takes it up.
pub const CALL_LEASE_MS: i64 = 30_000;

/// How long a payer has to choose at the cashier, unless the partner says otherwise.
pub const CASHIER_MS: i64 = DAY_MS;
/// How long a payer has to authenticate, scan or transfer, unless the partner says otherwise.
pub const ACTION_MS: i64 = 15 * MINUTE_MS;
/// For how long an authorization holds the payer's money.
pub const AUTHORIZATION_MS: i64 = 7 * DAY_MS;
/// The latest that a partner may let a payment expire.
pub const EXPIRY_MS_MAX: i64 = 30 * DAY_MS;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// After an unknown outcome the channel is asked again after each of these waits. When the last
/// question was as fruitless, the object fails: it always ends.
pub const CHECKS_MS: [i64; 8] =
    [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS];

/// When to ask again after so many fruitless checks; none when there were enough.
#[must_use]
pub fn next_check_at_ms(checks: u32, now_ms: i64) -> Option<i64> {
    let wait = CHECKS_MS.get(usize::try_from(checks).ok()?)?;
    Some(now_ms.saturating_add(*wait))
}
