//! `authorization_details` of the type `payment` (RFC 9396): a holder consents to one payment of so
//! much to this payee, and making it uses the consent up.

use std::fmt;

use crate::json::{Limits, Value, canonical_text, parse};
use crate::money::Money;

/// The only type there is.
pub const PAYMENT: &str = "payment";
/// How many payments one consent may name.
pub const DETAILS_MAX: usize = 10;
/// The most characters of a payee.
const PAYEE_LENGTH_MAX: usize = 64;
const LIMITS: Limits = Limits { bytes_max: 8 * 1024, depth_max: 3 };

/// Who is paid: an id or a name of the client's choice, of visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Payee(String);

impl Payee {
    /// Reads a payee.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=PAYEE_LENGTH_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Payee {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// One payment that a holder consents to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetail {
    /// So much, no more and no less.
    pub amount: Money,
    /// To whom.
    pub payee: Payee,
}

impl PaymentDetail {
    /// Whether this is the payment that was consented to.
    #[must_use]
    pub fn is(&self, amount: Money, payee: &Payee) -> bool {
        self.amount == amount && self.payee == *payee
    }

    fn to_value(&self) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        Value::Object(vec![
            ("type".to_owned(), text(PAYMENT)),
            ("amount".to_owned(), text(&self.amount.amount())),
            ("currency".to_owned(), text(self.amount.currency().code())),
            ("payee".to_owned(), text(self.payee.as_str())),
        ])
    }
}

/// Why details are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DetailsRefusal {
    /// They are not a list of objects with texts in them.
    #[error("authorization_details is a JSON array of one to ten objects.")]
    Malformed,
    /// The type is unknown.
    #[error("The only type of authorization_details is payment.")]
    Type,
    /// A member is missing, unknown or no text.
    #[error("A payment has the texts type, amount, currency and payee, and nothing else.")]
    Members,
    /// The amount is not one of the currency.
    #[error("amount is a decimal text with the decimals of the currency, above zero.")]
    Amount,
    /// The payee is empty, too long or has blanks.
    #[error("payee is 1 to 64 visible ASCII characters.")]
    Payee,
}

/// Reads the parameter.
pub fn read(text: &str) -> Result<Vec<PaymentDetail>, DetailsRefusal> {
    match parse(text.as_bytes(), LIMITS) {
        Ok(Value::List(items)) if (1..=DETAILS_MAX).contains(&items.len()) => items.iter().map(read_one).collect(),
        _ => Err(DetailsRefusal::Malformed),
    }
}

/// Writes details as they were understood.
#[must_use]
pub fn write(details: &[PaymentDetail]) -> String {
    canonical_text(&Value::List(details.iter().map(PaymentDetail::to_value).collect()))
}

fn read_one(value: &Value) -> Result<PaymentDetail, DetailsRefusal> {
    let Value::Object(members) = value else { return Err(DetailsRefusal::Malformed) };
    let text = |name: &str| match value.find_member(name) {
        Some(Value::Text(text)) => Ok(text.as_str()),
        _ => Err(DetailsRefusal::Members),
    };
    if text("type")? != PAYMENT {
        return Err(DetailsRefusal::Type);
    }
    if members.len() != 4 {
        return Err(DetailsRefusal::Members);
    }
    let (amount, currency, payee) = (text("amount")?, text("currency")?, text("payee")?);
    let currency = currency.parse().map_err(|_| DetailsRefusal::Amount)?;
    let amount = Money::parse(amount, currency).map_err(|_| DetailsRefusal::Amount)?;
    Ok(PaymentDetail { amount, payee: Payee::parse(payee).ok_or(DetailsRefusal::Payee)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"type":"payment","amount":"100.00","currency":"USD","payee":"app_1"}"#;

    #[test]
    fn a_payment_is_read_back() {
        let details = read(&format!("[{ONE}]")).unwrap();
        assert_eq!(details[0].amount.to_string(), "100.00 USD");
        assert_eq!(read(&write(&details)), Ok(details));
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        let eleven = [ONE; 11].join(",");
        for (text, refusal) in [
            ("[]".to_owned(), DetailsRefusal::Malformed),
            ("{}".to_owned(), DetailsRefusal::Malformed),
            ("[1]".to_owned(), DetailsRefusal::Malformed),
            (format!("[{ONE}"), DetailsRefusal::Malformed),
            (format!("[{eleven}]"), DetailsRefusal::Malformed),
            (
                format!("[{ONE},{}]", ONE.replace("\"type\"", "\"type\":\"payment\",\"type\"")),
                DetailsRefusal::Malformed,
            ),
            (format!("[{}]", ONE.replace("payment", "transfer")), DetailsRefusal::Type),
            (format!("[{}]", ONE.replace("payee", "payer")), DetailsRefusal::Members),
            (format!("[{}]", ONE.replace("\"100.00\"", "100.00")), DetailsRefusal::Members),
            (format!("[{}]", ONE.replace("\"payee\"", "\"x\":\"y\",\"payee\"")), DetailsRefusal::Members),
            (format!("[{}]", ONE.replace("100.00", "100")), DetailsRefusal::Amount),
            (format!("[{}]", ONE.replace("USD", "usd")), DetailsRefusal::Amount),
            (format!("[{}]", ONE.replace("app_1", "a b")), DetailsRefusal::Payee),
        ] {
            assert_eq!(read(&text), Err(refusal), "{text}");
        }
    }

    #[test]
    fn a_consent_is_for_exactly_its_amount_and_payee() {
        let detail = &read(&format!("[{ONE}]")).unwrap()[0];
        let usd = |minor| Money::from_minor(minor, "USD".parse().unwrap());
        let payee = |text| Payee::parse(text).unwrap();
        assert!(detail.is(usd(10_000), &payee("app_1")));
        assert!(!detail.is(usd(9_999), &payee("app_1")));
        assert!(!detail.is(usd(10_001), &payee("app_1")));
        assert!(!detail.is(usd(10_000), &payee("app_2")));
        assert!(!detail.is(Money::from_minor(10_000, "EUR".parse().unwrap()), &payee("app_1")));
    }
}
