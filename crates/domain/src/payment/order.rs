//! The texts that a partner gives a payment.

use std::fmt;
use std::str::FromStr;

/// The most characters an order's number may have.
const ORDER_ID_LENGTH_MAX: usize = 64;
/// The most characters a description may have.
const DESCRIPTION_LENGTH_MAX: usize = 500;

/// The partner's own number for what is paid: 1 to 64 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderId(String);

/// The text is not an order's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order_id is 1 to {ORDER_ID_LENGTH_MAX} visible ASCII characters")]
pub struct InvalidOrderId;

impl OrderId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderId {
    type Err = InvalidOrderId;

    fn from_str(text: &str) -> Result<Self, InvalidOrderId> {
        let fits = (1..=ORDER_ID_LENGTH_MAX).contains(&text.len());
        if !fits || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidOrderId);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a person reads about a payment: up to 500 characters without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description(String);

/// The text is not a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a description is 1 to {DESCRIPTION_LENGTH_MAX} characters without control characters")]
pub struct InvalidDescription;

impl Description {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Description {
    type Err = InvalidDescription;

    fn from_str(text: &str) -> Result<Self, InvalidDescription> {
        let fits = (1..=DESCRIPTION_LENGTH_MAX).contains(&text.chars().count());
        if !fits || text.chars().any(char::is_control) {
            return Err(InvalidDescription);
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_ids_are_short_and_visible() {
        assert!("A-1001".parse::<OrderId>().is_ok());
        assert!("x".repeat(64).parse::<OrderId>().is_ok());
        for text in ["", "a b", "订单", "a\n", "a\0", &"x".repeat(65)] {
            assert!(text.parse::<OrderId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn descriptions_may_be_of_any_script_but_hold_no_control_characters() {
        assert!("两杯咖啡".parse::<Description>().is_ok());
        assert!("文".repeat(500).parse::<Description>().is_ok());
        for text in ["", "a\u{0}", "line\nline", &"文".repeat(501)] {
            assert!(text.parse::<Description>().is_err(), "{text:?}");
        }
    }
}
