//! The client's clock and its random bytes: the one place where it asks the machine for either.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, UTC.
#[expect(clippy::disallowed_methods, reason = "this is the client's one port to the machine's clock")]
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Seconds since 1970, UTC.
pub(crate) fn now_s() -> i64 {
    now_ms() / 1_000
}

/// Random bytes of the operating system.
#[expect(clippy::disallowed_methods, reason = "this is the client's one port to the system's generator")]
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system's random generator works");
    bytes
}
