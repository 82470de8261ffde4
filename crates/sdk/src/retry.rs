//! When to try again, and when to stop: a pure rule, so that it needs no clock to be tested.

use std::time::Duration;

/// How often a call is sent, the first time included.
const TRIES_MAX: u32 = 4;
/// The longest wait before the second try; it doubles with each further one.
const FIRST_WAIT_MAX: Duration = Duration::from_millis(250);
/// A platform that asks for more patience than this is left to the caller's own plans.
const PATIENCE_MAX: Duration = Duration::from_secs(30);

/// How long to wait before the next try, or none when this was the last. `after` is what the
/// platform asked for, `chance` spreads the clients that failed together.
pub(crate) fn wait(tries_done: u32, after: Option<Duration>, chance: [u8; 4]) -> Option<Duration> {
    if tries_done >= TRIES_MAX || after.is_some_and(|after| after > PATIENCE_MAX) {
        return None;
    }
    let longest = FIRST_WAIT_MAX.saturating_mul(1 << tries_done.saturating_sub(1));
    let longest_us = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX);
    let jitter = Duration::from_micros((longest_us * u64::from(u32::from_le_bytes(chance))) >> 32);
    Some(after.unwrap_or_default() + jitter)
}

/// The seconds of a `Retry-After` field. Its other form, a date, is not used by the platform.
pub(crate) fn retry_after(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let longest: Vec<_> = (1..=4).map(|tries| wait(tries, None, [0xff; 4])).collect();
        assert!(longest[0] < longest[1] && longest[1] < longest[2]);
        assert_eq!(longest[3], None);
        assert_eq!(wait(1, None, [0; 4]), Some(Duration::ZERO));
    }

    #[test]
    fn the_platforms_word_counts_up_to_a_limit() {
        assert_eq!(wait(1, Some(Duration::from_secs(2)), [0; 4]), Some(Duration::from_secs(2)));
        assert_eq!(wait(1, Some(Duration::from_secs(3600)), [0; 4]), None);
        assert_eq!(retry_after(" 3"), Some(Duration::from_secs(3)));
        assert_eq!(retry_after("Wed, 21 Oct 2026 07:28:00 GMT"), None);
    }
}
