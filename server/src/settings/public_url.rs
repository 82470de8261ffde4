//! The origin under which browsers and partners reach this installation.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use ::http::Uri;

/// An origin: scheme, host and perhaps a port, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The origin for an installation that was not told one: its own address. An address that
    /// stands for all of the machine's is reached as `localhost`.
    #[must_use]
    pub fn of_listener(address: SocketAddr, tls: bool) -> Self {
        let scheme = if tls { "https" } else { "http" };
        if address.ip().is_unspecified() {
            return Self(format!("{scheme}://localhost:{}", address.port()));
        }
        Self(format!("{scheme}://{address}"))
    }

    /// The text, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether browsers reach this installation by TLS, here or at a proxy.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "expected an origin such as https://pay.example.com, without a path".to_owned();
        let uri: Uri = text.parse().map_err(|_| expected())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(expected());
        };
        let is_origin = matches!(scheme, "http" | "https")
            && matches!(uri.path(), "" | "/")
            && uri.query().is_none()
            && !text.contains('#')
            && !authority.host().is_empty()
            && !authority.as_str().contains('@');
        if !is_origin {
            return Err(expected());
        }
        // Browsers send hosts in lower case, and origins are compared as text.
        Ok(Self(format!("{scheme}://{}", authority.as_str().to_ascii_lowercase())))
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn an_origin_is_kept_without_its_slash() {
        let url: PublicUrl = "https://Pay.Example.com:8443/".parse().unwrap();
        assert_eq!(url.as_str(), "https://pay.example.com:8443");
        assert!(url.is_https());
    }

    #[test]
    fn anything_but_an_origin_is_refused() {
        for text in [
            "",
            "pay.example.com",
            "/pay",
            "ftp://pay.example.com",
            "https://pay.example.com/portal",
            "https://pay.example.com/?a=b",
            "https://pay.example.com/#a",
            "https://user@pay.example.com",
        ] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn a_listener_on_every_address_is_reached_as_localhost() {
        let url = PublicUrl::of_listener("0.0.0.0:3000".parse().unwrap(), false);
        assert_eq!(url.as_str(), "http://localhost:3000");
        let url = PublicUrl::of_listener("127.0.0.1:3000".parse().unwrap(), true);
        assert_eq!(url.as_str(), "https://127.0.0.1:3000");
    }
}
