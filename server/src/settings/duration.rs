//! Durations as people write them: `500ms`, `30s`, `2m`, `1h 30m`.

use std::time::Duration;

/// Longer than a day is a slip of the pen for every setting there is.
const DURATION_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads a positive duration with units.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let expected = || "expected a time such as 500ms, 30s or 2m".to_owned();
    let signed: jiff::SignedDuration = text.parse().map_err(|_| expected())?;
    let duration = Duration::try_from(signed).map_err(|_| expected())?;
    if duration.is_zero() || duration > DURATION_MAX {
        return Err("must be more than nothing and at most a day".to_owned());
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn units_are_understood() {
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(parse("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(parse("1h 30m"), Ok(Duration::from_secs(5400)));
    }

    #[test]
    fn a_number_without_unit_nothing_and_too_long_are_refused() {
        for text in ["", "30", "0s", "-5s", "25h", "soon"] {
            assert!(parse(text).is_err(), "{text:?} was accepted");
        }
    }
}
