//! What the platform charges for a capture.

use crate::Money;

/// A hundred percent.
const BASIS_POINTS: i128 = 10_000;

/// The share and the fixed part of a fee, in force when a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeePlan {
    /// Hundredths of a percent of what is captured.
    pub basis_points: u16,
    /// Beside the share, once per payment, in minor units of its currency.
    pub fixed_minor: i64,
}

impl FeePlan {
    /// Whether nothing is ever charged.
    #[must_use]
    pub const fn is_free(self) -> bool {
        self.basis_points == 0 && self.fixed_minor == 0
    }

    /// The fee for `captured` in all. The share is rounded to the nearest minor unit, halves up; a fee
    /// is never more than what was captured.
    #[must_use]
    pub fn of(self, captured: Money) -> Money {
        let captured_minor = captured.minor();
        let share = (i128::from(captured_minor) * i128::from(self.basis_points) + BASIS_POINTS / 2) / BASIS_POINTS;
        let fixed = if captured_minor > 0 { i128::from(self.fixed_minor) } else { 0 };
        let fee = (share + fixed).clamp(0, i128::from(captured_minor.max(0)));
        Money::from_minor(i64::try_from(fee).unwrap_or(captured_minor), captured.currency())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fee(basis_points: u16, fixed_minor: i64, captured_minor: i64) -> i64 {
        let captured = Money::from_minor(captured_minor, "USD".parse().unwrap());
        FeePlan { basis_points, fixed_minor }.of(captured).minor()
    }

    #[test]
    fn the_share_is_rounded_to_the_nearest_unit_and_halves_up() {
        assert_eq!(fee(290, 30, 10_000), 320);
        assert_eq!(fee(50, 0, 100), 1, "half a cent is one");
        assert_eq!(fee(49, 0, 100), 0);
        assert_eq!(fee(0, 0, 10_000), 0);
    }

    #[test]
    fn a_fee_is_never_more_than_what_was_captured() {
        assert_eq!(fee(290, 30, 10), 10);
        assert_eq!(fee(10_000, 30, 10), 10);
        assert_eq!(fee(290, 30, 0), 0);
    }

    proptest! {
        #[test]
        fn capturing_more_never_costs_less(points in 0u16..=10_000, fixed in 0i64..1_000, a in 0i64..=i64::MAX / 2, b in 0i64..1_000_000) {
            prop_assert!(fee(points, fixed, a) <= fee(points, fixed, a + b));
            prop_assert!((0..=a).contains(&fee(points, fixed, a)));
        }
    }
}
