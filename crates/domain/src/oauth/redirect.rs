//! What the authorization server does with a registered redirect URI: it adds its answer, and tells
//! people where the answer goes.

use crate::redirect_uri::RedirectUri;

impl RedirectUri {
    /// Whether it leads over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.as_str().starts_with("https://")
    }

    /// The address with an answer's parameters added to its query.
    #[must_use]
    pub fn with_answer(&self, parameters: &[(&str, &str)]) -> String {
        let mut url = self.as_str().to_owned();
        for (position, (name, value)) in parameters.iter().enumerate() {
            let has_query = position > 0 || self.as_str().contains('?');
            url.push(if has_query { '&' } else { '?' });
            url.push_str(name);
            url.push('=');
            push_encoded(&mut url, value);
        }
        url
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        let text = self.as_str();
        let host = text.find("://").map_or(0, |at| at + 3);
        let end = text[host..].find(['/', '?']).map_or(text.len(), |at| host + at);
        &text[..end]
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
fn push_encoded(url: &mut String, value: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            url.push('%');
            url.push(char::from(DIGITS[usize::from(byte >> 4)]));
            url.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> RedirectUri {
        text.parse().unwrap()
    }

    #[test]
    fn answers_are_added_behind_what_is_there() {
        let plain = uri("https://shop.example/cb");
        let answer = plain.with_answer(&[("code", "a b"), ("state", "&=")]);
        assert_eq!(answer, "https://shop.example/cb?code=a%20b&state=%26%3D");
        assert_eq!(
            uri("https://shop.example/cb?t=7").with_answer(&[("code", "x")]),
            "https://shop.example/cb?t=7&code=x"
        );
    }

    #[test]
    fn origins_end_before_the_path() {
        assert_eq!(uri("https://shop.example:8443/cb?x=1").origin(), "https://shop.example:8443");
        assert_eq!(uri("http://[::1]:9000/cb").origin(), "http://[::1]:9000");
    }
}
