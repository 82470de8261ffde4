//! Amounts as people read them.

use tallyport_domain::Money;

/// `1,250.50 USD`: the wire's decimals with the thousands set apart.
pub(crate) fn money_text(money: Money) -> String {
    let amount = money.amount();
    let (whole, fraction) = amount.split_once('.').map_or((&*amount, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    // The space is one that does not break, so that no amount is torn from its currency.
    format!("{text}\u{a0}{}", money.currency())
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
    }
}
