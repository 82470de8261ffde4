//! Redirect URIs: where an authorization server may send a browser with a code. They are compared
//! character by character, so each is registered in the one form in which clients will send it.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::fmt;
use std::str::FromStr;

/// How many one application may have.
pub const REDIRECT_URIS_MAX: usize = 20;
/// How long one may be.
pub const REDIRECT_URI_BYTES_MAX: usize = 512;

/// A registered redirect URI.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RedirectUri(String);

/// Why a text is not taken as a redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirectUri {
    /// It does not begin with `https://` or `http://` and a host.
    #[error("not an absolute https address")]
    NotAbsolute,
    /// Plain `http` to another machine: anybody on the way could take the code.
    #[error("http is for loopback addresses only")]
    HttpBeyondLoopback,
    /// It has a fragment, which RFC 6749, 3.1.2 forbids.
    #[error("a fragment is not allowed")]
    Fragment,
    /// It carries a user's name or password.
    #[error("user information is not allowed")]
    UserInformation,
    /// It has a wildcard. Only one exact address is ever compared.
    #[error("a wildcard is not allowed")]
    Wildcard,
    /// The host or port cannot be one.
    #[error("the host or port is not valid")]
    Host,
    /// It has a character or an escape that an address cannot have.
    #[error("a character is not allowed")]
    Character,
    /// Browsers would write the same address otherwise, so it would never match.
    #[error("not in normal form: write it as browsers do")]
    NotNormal,
    /// It is longer than [`REDIRECT_URI_BYTES_MAX`].
    #[error("longer than {REDIRECT_URI_BYTES_MAX} characters")]
    TooLong,
}

impl RedirectUri {
    /// The address, as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for RedirectUri {
    type Err = InvalidRedirectUri;

    fn from_str(text: &str) -> Result<Self, InvalidRedirectUri> {
        check(text).map(|()| Self(text.to_owned()))
    }
}

/// The redirect URIs of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedirectUris(Vec<RedirectUri>);

/// Why a text is not a list of redirect URIs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirectUris {
    /// A line is not taken.
    #[error("{line:?}: {why}")]
    Line {
        /// The line as it was typed.
        line: String,
        /// What is wrong with it.
        why: InvalidRedirectUri,
    },
    /// There are more than [`REDIRECT_URIS_MAX`].
    #[error("more than {REDIRECT_URIS_MAX} redirect URIs")]
    TooMany,
}

impl RedirectUris {
    /// The addresses, in the order of the list.
    #[must_use]
    pub fn as_slice(&self) -> &[RedirectUri] {
        &self.0
    }

    /// Whether this very text is registered.
    #[must_use]
    pub fn contain(&self, uri: &str) -> bool {
        self.0.iter().any(|own| own.0 == uri)
    }
}

impl FromStr for RedirectUris {
    type Err = InvalidRedirectUris;

    /// Reads one address per line. Empty lines and repetitions do not count.
    fn from_str(text: &str) -> Result<Self, InvalidRedirectUris> {
        let mut uris = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let uri = line.parse().map_err(|why| InvalidRedirectUris::Line { line: line.to_owned(), why })?;
            if uris.contains(&uri) {
                continue;
            }
            if uris.len() == REDIRECT_URIS_MAX {
                return Err(InvalidRedirectUris::TooMany);
            }
            uris.push(uri);
        }
        Ok(Self(uris))
    }
}

impl fmt::Display for RedirectUris {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<&str> = self.0.iter().map(RedirectUri::as_str).collect();
        out.write_str(&lines.join("\n"))
    }
}

fn check(text: &str) -> Result<(), InvalidRedirectUri> {
    use InvalidRedirectUri as Refusal;
    if text.len() > REDIRECT_URI_BYTES_MAX {
        return Err(Refusal::TooLong);
    }
    let (scheme, rest) = text.split_once("://").ok_or(Refusal::NotAbsolute)?;
    let is_https = match scheme {
        "https" => true,
        "http" => false,
        other if other.eq_ignore_ascii_case("https") || other.eq_ignore_ascii_case("http") => {
            return Err(Refusal::NotNormal);
        }
        _ => return Err(Refusal::NotAbsolute),
    };
    if text.contains('#') {
        return Err(Refusal::Fragment);
    }
    if text.contains('*') {
        return Err(Refusal::Wildcard);
    }
    let end = rest.find(['/', '?', '\\']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    if authority.contains('@') {
        return Err(Refusal::UserInformation);
    }
    let host = host_of(authority, if is_https { 443 } else { 80 })?;
    if !is_https && !host.is_loopback() {
        return Err(Refusal::HttpBeyondLoopback);
    }
    // Browsers add the slash of an empty path.
    if !target.starts_with('/') {
        return Err(if target.starts_with('\\') { Refusal::Character } else { Refusal::NotNormal });
    }
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    check_escapes(path)?;
    check_escapes(query.unwrap_or_default())?;
    if path.split('/').any(|segment| segment == "." || segment == "..") {
        return Err(Refusal::NotNormal);
    }
    Ok(())
}

enum Host<'a> {
    V4(Ipv4Addr),
    V6(Ipv6Addr),
    Name(&'a str),
}

impl Host<'_> {
    fn is_loopback(&self) -> bool {
        match self {
            Self::V4(address) => address.is_loopback(),
            Self::V6(address) => address.is_loopback(),
            Self::Name(name) => *name == "localhost",
        }
    }
}

fn host_of(authority: &str, default_port: u16) -> Result<Host<'_>, InvalidRedirectUri> {
    use InvalidRedirectUri as Refusal;
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (inside, after) = rest.split_once(']').ok_or(Refusal::Host)?;
        let address: Ipv6Addr = inside.parse().map_err(|_| Refusal::Host)?;
        if address.to_string() != inside {
            return Err(Refusal::NotNormal);
        }
        let port = if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or(Refusal::Host)?) };
        (Host::V6(address), port)
    } else {
        let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        (name_or_v4(host)?, port)
    };
    if let Some(port) = port {
        let number: u16 = port.parse().map_err(|_| Refusal::Host)?;
        if number == 0 {
            return Err(Refusal::Host);
        }
        if number == default_port || number.to_string() != port {
            return Err(Refusal::NotNormal);
        }
    }
    Ok(host)
}

fn name_or_v4(host: &str) -> Result<Host<'_>, InvalidRedirectUri> {
    use InvalidRedirectUri as Refusal;
    if host.is_empty() {
        return Err(Refusal::NotAbsolute);
    }
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(Refusal::NotNormal);
    }
    if let Ok(address) = host.parse() {
        return Ok(Host::V4(address));
    }
    let label_is_valid = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // Browsers read a host that ends in a number as an odd notation of an address.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && (last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x"));
    if host.len() > 253 || is_number || !host.split('.').all(label_is_valid) {
        return Err(Refusal::Host);
    }
    Ok(Host::Name(host))
}

/// Only what may stand in a path or a query (RFC 3986, 3.3 and 3.4), with escapes in capital letters
/// and none for a character that needs none.
fn check_escapes(part: &str) -> Result<(), InvalidRedirectUri> {
    use InvalidRedirectUri as Refusal;
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { return Err(Refusal::Character) };
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let (Some(high_value), Some(low_value)) = (digit(high), digit(low)) else {
                return Err(Refusal::Character);
            };
            let needs_none = is_unreserved(high_value << 4 | low_value);
            if high.is_ascii_lowercase() || low.is_ascii_lowercase() || needs_none {
                return Err(Refusal::NotNormal);
            }
        } else if !is_unreserved(byte) && !b"!$&'()+,;=:@/?".contains(&byte) {
            return Err(Refusal::Character);
        }
    }
    Ok(())
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}
