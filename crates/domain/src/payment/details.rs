//! What a partner may tell about a payment beside its order.

use std::fmt;
use std::str::FromStr;

use crate::json::{Limits, Value, canonical_text, parse};

/// The most characters of a return address.
const RETURN_URL_LENGTH_MAX: usize = 1_000;
/// The most entries of metadata.
const METADATA_ENTRIES_MAX: usize = 20;
/// The most characters of an entry's name.
const METADATA_NAME_LENGTH_MAX: usize = 40;
/// The most characters of an entry's value.
const METADATA_VALUE_LENGTH_MAX: usize = 500;

/// Where the payer's browser goes back to: an absolute address, `https` unless it is this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrl(String);

/// The text is not an address to return to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a return_url is an https address of at most {RETURN_URL_LENGTH_MAX} visible ASCII characters")]
pub struct InvalidReturnUrl;

impl ReturnUrl {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        let scheme_length = self.0.find("://").map_or(0, |at| at + "://".len());
        &self.0[..scheme_length + authority_of(&self.0[scheme_length..]).len()]
    }

    /// The host, for people who want to know where they are going.
    #[must_use]
    pub fn host(&self) -> &str {
        self.origin().split_once("://").map_or("", |(_, authority)| host_of(authority))
    }
}

impl FromStr for ReturnUrl {
    type Err = InvalidReturnUrl;

    fn from_str(text: &str) -> Result<Self, InvalidReturnUrl> {
        let is_short = text.len() <= RETURN_URL_LENGTH_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
        let rest = text.strip_prefix("https://").or_else(|| {
            let rest = text.strip_prefix("http://")?;
            let host = host_of(rest);
            matches!(host, "localhost" | "127.0.0.1" | "[::1]").then_some(rest)
        });
        // A name before an @ makes an address look like another one.
        match rest {
            Some(rest) if is_short && !host_of(rest).is_empty() && !authority_of(rest).contains('@') => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(InvalidReturnUrl),
        }
    }
}

fn authority_of(rest: &str) -> &str {
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

fn host_of(rest: &str) -> &str {
    let authority = authority_of(rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Names and values that the partner wants back with the object; the platform reads nothing into them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata(Vec<(String, String)>);

/// The entries are not metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "metadata has at most {METADATA_ENTRIES_MAX} entries, names of 1 to {METADATA_NAME_LENGTH_MAX} and values of \
     at most {METADATA_VALUE_LENGTH_MAX} characters"
)]
pub struct InvalidMetadata;

impl Metadata {
    /// Metadata of these entries.
    pub fn new(entries: Vec<(String, String)>) -> Result<Self, InvalidMetadata> {
        let fits = |(name, value): &(String, String)| {
            let name_length = name.chars().count();
            (1..=METADATA_NAME_LENGTH_MAX).contains(&name_length)
                && !name.chars().any(char::is_control)
                && value.chars().count() <= METADATA_VALUE_LENGTH_MAX
                && !value.contains('\0')
        };
        if entries.len() > METADATA_ENTRIES_MAX || !entries.iter().all(fits) {
            return Err(InvalidMetadata);
        }
        Ok(Self(entries))
    }

    /// The entries, in the order in which they came.
    #[must_use]
    pub fn entries(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The text form is a JSON object; [`FromStr`] reads it back.
impl fmt::Display for Metadata {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.0.iter().map(|(name, value)| (name.clone(), Value::Text(value.clone())));
        out.write_str(&canonical_text(&Value::Object(members.collect())))
    }
}

impl FromStr for Metadata {
    type Err = InvalidMetadata;

    fn from_str(text: &str) -> Result<Self, InvalidMetadata> {
        let Ok(Value::Object(members)) = parse(text.as_bytes(), Limits::REQUEST) else { return Err(InvalidMetadata) };
        let entries = members.into_iter().map(|(name, value)| match value {
            Value::Text(value) => Ok((name, value)),
            _ => Err(InvalidMetadata),
        });
        Self::new(entries.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_urls_are_https_or_this_machine() {
        for good in ["https://shop.example/done?order=1", "http://localhost:3000/back", "http://127.0.0.1/"] {
            assert!(good.parse::<ReturnUrl>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "shop.example",
            "http://shop.example/",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "//x",
            "https://bank.example@evil.example/",
            "http://localhost.evil.example/",
            "https://a b/",
            "https://é.example",
            "http://localhost:80@evil.example/",
        ] {
            assert!(bad.parse::<ReturnUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn return_url_says_where_it_leads() {
        for (url, origin, host) in [
            ("https://shop.example/done?order=1", "https://shop.example", "shop.example"),
            ("http://localhost:3000", "http://localhost:3000", "localhost"),
            ("https://shop.example:8443?a=://b", "https://shop.example:8443", "shop.example"),
            ("http://[::1]:80/x", "http://[::1]:80", "[::1]"),
        ] {
            let parsed: ReturnUrl = url.parse().unwrap();
            assert_eq!((parsed.origin(), parsed.host()), (origin, host), "{url}");
        }
    }

    #[test]
    fn metadata_is_read_back_from_its_text() {
        let entries = vec![("colour".to_owned(), "蓝 \"blue\"\n".to_owned()), ("a".to_owned(), String::new())];
        let metadata = Metadata::new(entries).unwrap();
        let again: Metadata = metadata.to_string().parse().unwrap();
        assert_eq!(again.to_string(), metadata.to_string());
        assert_eq!(again.entries().len(), 2);
    }

    #[test]
    fn metadata_is_small() {
        let entry = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert!(Metadata::new(entry(&"x".repeat(40), &"文".repeat(500))).is_ok());
        for bad in [entry("", "v"), entry(&"x".repeat(41), ""), entry("a", &"v".repeat(501)), entry("a\nb", "")] {
            assert!(Metadata::new(bad).is_err());
        }
        assert!(Metadata::new((0..21).map(|n| (n.to_string(), String::new())).collect()).is_err());
    }
}
