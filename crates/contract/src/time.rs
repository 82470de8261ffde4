//! Times as they are written on the wire: RFC 3339 in UTC with milliseconds.

use jiff::Timestamp;

/// The text of a time, such as `2026-11-20T08:15:30.000Z`.
#[must_use]
pub fn rfc3339(at_ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{timestamp:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_decimals_and_end_in_z() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(1_763_626_530_042), "2025-11-20T08:15:30.042Z");
    }
}
