//! Times as they are written on the wire: RFC 3339 in UTC with milliseconds.

use jiff::Timestamp;

/// The text of a time, such as `2026-11-20T08:15:30.000Z`.
#[must_use]
pub fn rfc3339(at_ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{timestamp:.3}")
}

/// A time to the minute as the field of a form holds it, such as `2026-11-20T08:15`, in UTC.
#[must_use]
pub fn utc_minute(at_ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The time that the field of a form says, with seconds or without, in UTC.
#[must_use]
pub fn of_utc_minute(text: &str) -> Option<i64> {
    let civil: jiff::civil::DateTime = text.trim().parse().ok()?;
    let timestamp = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    // Years that no clock of ours shows are typing mistakes.
    (0..=YEAR_10_000_MS).contains(&timestamp.as_millisecond()).then(|| timestamp.as_millisecond())
}

const YEAR_10_000_MS: i64 = 253_402_300_800_000;

/// The time that an RFC 3339 text names, in milliseconds since 1970; whatever is finer is cut off.
#[must_use]
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_back_from_its_text_in_any_zone() {
        assert_eq!(parse_rfc3339("2025-11-20T08:15:30.042Z"), Some(1_763_626_530_042));
        assert_eq!(parse_rfc3339("2025-11-20T16:15:30.042+08:00"), Some(1_763_626_530_042));
        for text in ["", "2025-11-20", "2025-11-20T08:15:30", "tomorrow", "1763626530"] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn times_have_three_decimals_and_end_in_z() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(1_763_626_530_042), "2025-11-20T08:15:30.042Z");
    }

    #[test]
    fn a_minute_is_read_back() {
        let at_ms = 1_763_626_500_000;
        assert_eq!(utc_minute(at_ms), "2025-11-20T08:15");
        assert_eq!(of_utc_minute("2025-11-20T08:15"), Some(at_ms));
        assert_eq!(of_utc_minute(" 2025-11-20T08:15:00 "), Some(at_ms));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "now", "2025-13-01T00:00", "2025-02-30T00:00", "1969-12-31T23:59", "08:15", "<b>"] {
            assert_eq!(of_utc_minute(text), None, "{text}");
        }
    }
}
