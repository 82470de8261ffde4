//! What the platform charges for a capture.

use crate::money::AmountRefusal;
use crate::{Currency, Money};

/// A hundred percent.
const BASIS_POINTS: u16 = 10_000;

/// The share and the fixed part of a fee, in force when a payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fee {
    /// Hundredths of a percent of what is captured.
    pub basis_points: u16,
    /// Beside the share, once per payment, in minor units of its currency.
    pub fixed_minor: i64,
}

impl Fee {
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
        let whole = i128::from(BASIS_POINTS);
        let share = (i128::from(captured_minor) * i128::from(self.basis_points) + whole / 2) / whole;
        let fixed = if captured_minor > 0 { i128::from(self.fixed_minor) } else { 0 };
        let fee = (share + fixed).clamp(0, i128::from(captured_minor.max(0)));
        Money::from_minor(i64::try_from(fee).unwrap_or(captured_minor), captured.currency())
    }

    /// The share as people write it: `2.90`.
    #[must_use]
    pub fn percent(self) -> String {
        format!("{}.{:02}", self.basis_points / 100, self.basis_points % 100)
    }
}

/// A fee as somebody wrote it.
#[derive(Debug, Clone, Copy, Default)]
pub struct FeeText<'a> {
    /// The code of the currency it is charged in.
    pub currency: &'a str,
    /// The share, in percent with up to two decimals.
    pub percent: &'a str,
    /// The fixed part, as an amount of the currency.
    pub fixed: &'a str,
}

/// What is wrong with a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FeeFault {
    /// It is in no currency that amounts can be given in.
    #[error("the currency is unknown")]
    Currency,
    /// The share is no number of percent, or above a hundred.
    #[error("the share is not between 0 and 100 percent with two decimals")]
    Percent,
    /// The fixed part is not an amount of the currency.
    #[error("the fixed part is not an amount of the currency")]
    Fixed,
}

impl FeeText<'_> {
    /// The fee, or everything that is wrong with it. Zero and zero is none.
    pub fn read(&self) -> Result<(Currency, Fee), Vec<FeeFault>> {
        let currency: Result<Currency, _> = self.currency.trim().parse();
        let basis_points = basis_points(self.percent.trim());
        // Without a currency nobody knows how many decimals the amount has.
        let fixed_minor = currency.as_ref().map_or(Some(0), |currency| fixed_minor(self.fixed.trim(), *currency));
        match (currency, basis_points, fixed_minor) {
            (Ok(currency), Some(basis_points), Some(fixed_minor)) => Ok((currency, Fee { basis_points, fixed_minor })),
            (currency, basis_points, fixed_minor) => {
                let faults = [
                    currency.is_err().then_some(FeeFault::Currency),
                    basis_points.is_none().then_some(FeeFault::Percent),
                    fixed_minor.is_none().then_some(FeeFault::Fixed),
                ];
                Err(faults.into_iter().flatten().collect())
            }
        }
    }
}

/// Hundredths of a percent: `2.9` is 290.
fn basis_points(percent: &str) -> Option<u16> {
    let (whole, hundredths) = percent.split_once('.').unwrap_or((percent, "0"));
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 3) || !digits(hundredths, 2) {
        return None;
    }
    let points = whole.parse::<u32>().ok()? * 100 + format!("{hundredths:0<2}").parse::<u32>().ok()?;
    u16::try_from(points).ok().filter(|points| *points <= BASIS_POINTS)
}

fn fixed_minor(text: &str, currency: Currency) -> Option<i64> {
    match Money::parse(text, currency) {
        Ok(fixed) => Some(fixed.minor()),
        Err(AmountRefusal::Zero) => Some(0),
        Err(_) => (text == "0").then_some(0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fee(basis_points: u16, fixed_minor: i64, captured_minor: i64) -> i64 {
        let captured = Money::from_minor(captured_minor, "USD".parse().unwrap());
        Fee { basis_points, fixed_minor }.of(captured).minor()
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

    #[test]
    fn a_fee_is_read_as_it_is_shown() {
        let read = |currency, percent, fixed| FeeText { currency, percent, fixed }.read();
        let usd: Currency = "USD".parse().unwrap();
        for (percent, basis_points, shown) in
            [("2.9", 290, "2.90"), ("0", 0, "0.00"), ("100.00", 10_000, "100.00"), ("0.05", 5, "0.05")]
        {
            let (currency, fee) = read("USD", percent, "0.30").unwrap();
            assert_eq!((currency, fee), (usd, Fee { basis_points, fixed_minor: 30 }), "{percent}");
            assert_eq!(fee.percent(), shown);
        }
        assert_eq!(read("JPY", "0", "30").unwrap().1.fixed_minor, 30);
        assert!(read("USD", "0", "0").unwrap().1.is_free() && read("KWD", "0.00", "0.000").unwrap().1.is_free());
    }

    #[test]
    fn what_is_no_fee_is_named() {
        let faults = |currency, percent, fixed| FeeText { currency, percent, fixed }.read().unwrap_err();
        for percent in ["", ".", "2.", ".5", "-1", "+1", "1e1", "2.999", "100.01", "101", "1000", "２", "2,9", "NaN"] {
            assert_eq!(faults("USD", percent, "0"), [FeeFault::Percent], "{percent}");
        }
        for fixed in ["", "0.3", "-0.30", "30", "1e2", "99999999999999999999.00"] {
            assert_eq!(faults("USD", "1", fixed), [FeeFault::Fixed], "{fixed}");
        }
        assert_eq!(faults("usd", "x", "x"), [FeeFault::Currency, FeeFault::Percent]);
    }

    proptest! {
        #[test]
        fn capturing_more_never_costs_less(points in 0u16..=10_000, fixed in 0i64..1_000, a in 0i64..=i64::MAX / 2, b in 0i64..1_000_000) {
            prop_assert!(fee(points, fixed, a) <= fee(points, fixed, a + b));
            prop_assert!((0..=a).contains(&fee(points, fixed, a)));
        }
    }
}
