//! Links that administrators set and everybody may click.

use std::fmt;
use std::str::FromStr;

use super::SettingFault;

/// Longer than any address that a person writes.
const LENGTH_MAX: usize = 500;

/// An address that is safe to put into `href`: a page by TLS, or a mailbox. Scripts and data have no
/// way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpsLink(String);

impl HttpsLink {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HttpsLink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for HttpsLink {
    type Err = SettingFault;

    fn from_str(text: &str) -> Result<Self, SettingFault> {
        // Browsers drop tabs and line breaks and read backslashes as slashes, so none may be there.
        let is_plain = |rest: &str| {
            rest.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>'))
        };
        let is_page = text.strip_prefix("https://").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            !host.is_empty() && !host.contains('@') && is_plain(rest)
        });
        let is_mailbox = text.strip_prefix("mailto:").is_some_and(|rest| {
            rest.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
                && is_plain(rest)
        });
        if (is_page || is_mailbox) && text.len() <= LENGTH_MAX {
            Ok(Self(text.to_owned()))
        } else {
            Err(SettingFault::Link)
        }
    }
}
