//! Addresses of people.

use std::str::FromStr;

/// The most characters an address may have (RFC 5321).
const LENGTH_MAX: usize = 254;

/// An address that mail could be sent to, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

/// The text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmailAddress;

impl EmailAddress {
    /// The address as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one address are equal.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    /// Only what no mail server could take is refused; whether somebody reads it, a mail will show.
    fn from_str(text: &str) -> Result<Self, InvalidEmailAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmailAddress)?;
        let visible = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
        let labels_fit = domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
        let allowed = |c: char| !matches!(c, '<' | '>' | '"' | ',' | ';' | ':' | '\\' | '(' | ')' | '@');
        let fits = text.len() <= LENGTH_MAX && visible(local) && visible(domain) && labels_fit;
        if !fits || !local.chars().all(allowed) || !domain.chars().all(allowed) {
            return Err(InvalidEmailAddress);
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case() {
        let address: EmailAddress = " Ada@Example.com ".parse().unwrap();
        assert_eq!(address.as_str(), "Ada@Example.com");
        assert_eq!(address.key(), "ada@example.com");
    }

    #[test]
    fn what_no_server_takes_is_refused() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a b@example.com",
            "ada@exa mple.com",
            "ada@.com",
            "a\n@b.c",
            "<ada@example.com>",
            "ada@example.com,eve@example.com",
            "a@b@c.com",
        ] {
            assert!(text.parse::<EmailAddress>().is_err(), "{text:?}");
        }
        assert!(format!("{}@example.com", "a".repeat(250)).parse::<EmailAddress>().is_err());
    }
}
