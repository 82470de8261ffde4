//! Amounts as people read them.

use crate::i18n::number::grouped;
use tallyport_domain::{Currency, Money};

/// `1,250.50 USD`: the wire's decimals with the thousands set apart.
pub(crate) fn money_text(money: Money) -> String {
    minor_text(i128::from(money.minor()), money.currency())
}

/// The same of a sum that may be more than an amount can.
pub(crate) fn minor_text(minor: i128, currency: Currency) -> String {
    let decimals = currency.decimals();
    let digits = format!("{:0width$}", minor.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::from(if minor < 0 { "-" } else { "" });
    text.push_str(&grouped(whole));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    // The space is one that does not break, so that no amount is torn from its currency.
    format!("{text}\u{a0}{currency}")
}

#[cfg(test)]
mod tests {
    use super::money_text;
    use tallyport_domain::Money;

    fn text(minor: i64, currency: &str) -> String {
        money_text(Money::from_minor(minor, currency.parse().unwrap())).replace('\u{a0}', " ")
    }

    #[test]
    fn thousands_are_set_apart_and_decimals_are_the_currency_s() {
        assert_eq!(text(1, "USD"), "0.01 USD");
        assert_eq!(text(99_999, "USD"), "999.99 USD");
        assert_eq!(text(125_050, "USD"), "1,250.50 USD");
        assert_eq!(text(1_234_567, "JPY"), "1,234,567 JPY");
        assert_eq!(text(i64::MAX, "KWD"), "9,223,372,036,854,775.807 KWD");
        assert_eq!(text(-125_050, "CNY"), "-1,250.50 CNY");
        assert_eq!(text(i64::MIN, "JPY"), "-9,223,372,036,854,775,808 JPY");
    }
}
