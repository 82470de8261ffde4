//! Percent-encoding (RFC 3986, 2.1) of texts that go into a link.

/// The text with everything but unreserved characters escaped.
pub(crate) fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn everything_but_unreserved_characters_is_escaped() {
        assert_eq!(percent_encoded("sk_a-1.~ #%é"), "sk_a-1.~%20%23%25%C3%A9");
        assert_eq!(percent_encoded("/console?a=b&c"), "%2Fconsole%3Fa%3Db%26c");
    }
}
