//! Amounts of the wire, in every currency.

use tallyport_domain::money::{AMOUNT_MINOR_MAX, AmountRefusal, Currency, Money};

/// What amounts are made of.
pub(crate) const WORDS: &[&str] = &[
    "USD",
    "JPY",
    "KWD",
    "CLF",
    "XAU",
    "usd",
    "\n",
    "0",
    "00",
    ".",
    "1",
    "9",
    "-",
    "+",
    "e",
    "1e2",
    " ",
    ",",
    "\u{ff11}",
    "\u{661}",
    "1000000000000.00",
    "92233720368547758.07",
    "100000000000000",
    "999999999999999999999",
];

/// The first line is the currency, the rest the amount.
pub(crate) fn run(data: &[u8]) -> String {
    let text = String::from_utf8_lossy(data);
    let (code, amount) = text.split_once('\n').unwrap_or(("USD", &text));
    let Ok(currency) = code.parse::<Currency>() else { return "unknown currency".to_owned() };
    let money = match Money::parse(amount, currency) {
        Ok(money) => money,
        Err(AmountRefusal::WrongDecimals { decimals, .. }) => return format!("not {decimals} decimals"),
        Err(refusal) => return format!("{refusal:?}"),
    };
    assert!((1..=AMOUNT_MINOR_MAX).contains(&money.minor()));
    assert_eq!(money.amount(), amount, "an amount has one spelling");
    format!("read, {} decimals", currency.decimals())
}
