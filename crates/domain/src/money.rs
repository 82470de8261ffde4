//! Money: an amount in minor units of one currency. Owns the decimal text form and checked
//! arithmetic; has no floating point and no unchecked operator.

use std::fmt;
use std::str::FromStr;

/// The largest amount that one request may move, in minor units: a trillion dollars. An account of
/// 64 bits then takes ninety thousand of the largest before it is full.
pub const AMOUNT_MINOR_MAX: i64 = 100_000_000_000_000;

/// A currency of ISO 4217 that has minor units (gold and test codes do not).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three capital letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount of this currency is written with.
    #[must_use]
    pub fn decimals(self) -> usize {
        self.0.exponent().map_or(0, usize::from)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.code() == code && currency.exponent().is_some())
            .map(Self)
            .ok_or(UnknownCurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// The code is not an ISO 4217 currency that amounts can be given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 4217 currency code")]
pub struct UnknownCurrency;

/// Why a text is not an amount of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountRefusal {
    /// Signs, exponents, blanks, other scripts' digits, leading zeros, nothing at all.
    #[error("an amount is ASCII digits, with a point before the decimals")]
    Malformed,
    /// Too few or too many decimals for the currency.
    #[error("amounts in {currency} have {decimals} decimals")]
    WrongDecimals {
        /// The currency of the amount.
        currency: Currency,
        /// How many decimals it has.
        decimals: usize,
    },
    /// More than [`AMOUNT_MINOR_MAX`].
    #[error("an amount is at most {AMOUNT_MINOR_MAX} minor units")]
    TooLarge,
    /// Zero where money has to move.
    #[error("the amount must be above zero")]
    Zero,
}

/// Why two amounts cannot be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amounts are of different currencies.
    #[error("{left} and {right} cannot be put together")]
    CurrencyMismatch {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second amount.
        right: Currency,
    },
    /// The result does not fit into 64 bits of minor units.
    #[error("the sum is too large")]
    Overflow,
}

/// An amount in minor units of one currency. There is no `Add`: sums are checked.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount given in minor units, as it is stored.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads the decimal text of the wire: `"100.00"` USD, `"100"` JPY, `"1.000"` KWD. Zero is
    /// refused, because every amount on the wire is one that moves.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountRefusal> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let canonical = whole == "0" || !whole.starts_with('0');
        if !digits_only(whole) || !canonical || !fraction.is_none_or(digits_only) {
            return Err(AmountRefusal::Malformed);
        }
        let decimals = currency.decimals();
        let fraction = fraction.unwrap_or("");
        if fraction.len() != decimals {
            return Err(AmountRefusal::WrongDecimals { currency, decimals });
        }
        let minor = whole
            .bytes()
            .chain(fraction.bytes())
            .try_fold(0i64, |sum, byte| sum.checked_mul(10)?.checked_add(i64::from(byte - b'0')))
            .filter(|minor| *minor <= AMOUNT_MINOR_MAX)
            .ok_or(AmountRefusal::TooLarge)?;
        if minor == 0 {
            return Err(AmountRefusal::Zero);
        }
        Ok(Self { minor, currency })
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, if both are of one currency and it fits.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// The decimal text of the wire, without the currency.
    #[must_use]
    pub fn amount(self) -> String {
        let decimals = self.currency.decimals();
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.amount(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    fn parse(text: &str, code: &str) -> Result<i64, AmountRefusal> {
        Money::parse(text, currency(code)).map(Money::minor)
    }

    #[test]
    fn amounts_are_written_with_the_decimals_of_their_currency() {
        assert_eq!(parse("100.00", "USD"), Ok(10_000));
        assert_eq!(parse("100", "JPY"), Ok(100));
        assert_eq!(parse("1.000", "KWD"), Ok(1_000));
        assert_eq!(parse("0.01", "USD"), Ok(1));
        for (text, code) in [("100", "USD"), ("100.0", "USD"), ("1.001", "USD"), ("100.00", "JPY"), ("1.00", "KWD")] {
            assert!(matches!(parse(text, code), Err(AmountRefusal::WrongDecimals { .. })), "{text} {code}");
        }
    }

    #[test]
    fn anything_but_plain_digits_is_refused() {
        for text in [
            "",
            ".",
            "-1.00",
            "+1.00",
            "-0.00",
            "1e400",
            "1e2",
            " 1.00",
            "1.00 ",
            "1,00",
            "１００",
            "٣.٠٠",
            "1.00.00",
            ".50",
            "1.",
            "007.00",
            "0x10",
            "NaN",
            "1_000.00",
        ] {
            assert_eq!(parse(text, "USD"), Err(AmountRefusal::Malformed), "{text:?}");
        }
    }

    #[test]
    fn zero_and_overflow_have_names_of_their_own() {
        assert_eq!(parse("0.00", "USD"), Err(AmountRefusal::Zero));
        assert_eq!(parse("1000000000000.00", "USD"), Ok(AMOUNT_MINOR_MAX));
        assert_eq!(parse("1000000000000.01", "USD"), Err(AmountRefusal::TooLarge));
        assert_eq!(parse("92233720368547758.07", "USD"), Err(AmountRefusal::TooLarge));
        assert_eq!(parse("92233720368547758.08", "USD"), Err(AmountRefusal::TooLarge));
        assert_eq!(parse(&"9".repeat(400), "JPY"), Err(AmountRefusal::TooLarge));
    }

    #[test]
    fn only_capital_codes_of_currencies_with_minor_units_are_known() {
        for code in ["usd", "XAU", "XXX", "XTS", "ABC", "US", "USDT", ""] {
            assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency), "{code}");
        }
    }

    #[test]
    fn different_currencies_are_never_summed() {
        let dollar = Money::from_minor(1, currency("USD"));
        let yen = Money::from_minor(1, currency("JPY"));
        assert!(matches!(dollar.checked_add(yen), Err(MoneyError::CurrencyMismatch { .. })));
        assert_eq!(Money::from_minor(i64::MAX, dollar.currency()).checked_add(dollar), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn the_text_form_is_read_back(minor in 1i64..=AMOUNT_MINOR_MAX, code in prop::sample::select(vec!["USD", "JPY", "KWD", "CNY"])) {
            let money = Money::from_minor(minor, currency(code));
            prop_assert_eq!(Money::parse(&money.amount(), money.currency()), Ok(money));
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".*") {
            let _ = parse(&text, "USD");
            let _ = text.parse::<Currency>();
        }
    }
}
