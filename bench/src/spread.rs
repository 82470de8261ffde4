//! A figure of several runs: its median, and how far the runs lie apart. Whole numbers only; a
//! ratio is in thousandths.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// A figure of several runs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Spread {
    pub(crate) median: u64,
    pub(crate) min: u64,
    pub(crate) max: u64,
    /// In the order they were measured.
    pub(crate) runs: Vec<u64>,
}

impl Spread {
    /// The spread of at least one run.
    pub(crate) fn of(runs: Vec<u64>) -> Self {
        let mut sorted = runs.clone();
        sorted.sort_unstable();
        Self { median: sorted[sorted.len() / 2], min: sorted[0], max: sorted[sorted.len() - 1], runs }
    }

    /// The ratios of runs that were measured side by side, in thousandths.
    pub(crate) fn ratio(of: &[u64], to: &[u64]) -> Self {
        Self::of(of.iter().zip(to).map(|(of, to)| of * 1000 / (*to).max(1)).collect())
    }

    /// As `median (min–max)`, each a decimal with three places.
    pub(crate) fn thousandths(&self) -> String {
        let shown = |value: u64| format!("{}.{:03}", value / 1000, value % 1000);
        format!("{} ({}–{})", shown(self.median), shown(self.min), shown(self.max))
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}–{})", grouped(self.median), grouped(self.min), grouped(self.max))
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How often per second something happened that happened so often in this time.
pub(crate) fn per_second(count: usize, elapsed: Duration) -> u64 {
    let per_second = count as u128 * 1_000_000 / elapsed.as_micros().max(1);
    u64::try_from(per_second).unwrap_or(u64::MAX)
}

/// Whole microseconds.
pub(crate) fn micros(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_one_of_the_runs() {
        let spread = Spread::of(vec![3, 1, 2]);
        assert_eq!((spread.median, spread.min, spread.max), (2, 1, 3));
        assert_eq!(Spread::of(vec![12_345]).to_string(), "12,345 (12,345–12,345)");
    }

    #[test]
    fn ratios_pair_the_runs_that_were_measured_side_by_side() {
        assert_eq!(Spread::ratio(&[500, 100], &[1000, 400]).runs, [500, 250]);
        assert_eq!(Spread::ratio(&[500], &[1000]).thousandths(), "0.500 (0.500–0.500)");
    }

    #[test]
    fn rates_are_cut_not_rounded_up() {
        assert_eq!(per_second(999, Duration::from_secs(2)), 499);
        assert_eq!(per_second(1, Duration::ZERO), 1_000_000);
    }
}
