//! Pages for account holders: signing in, being asked for consent, connecting a device, and what they
//! gave.

pub(crate) mod consent;
pub(crate) mod device;
pub(crate) mod grants;
mod question;
pub(crate) mod sign_in;

/// Where a holder sees what they gave.
pub(crate) const HOLDER_PATH: &str = "/holder";
/// Where a holder signs in.
pub(crate) const HOLDER_SIGN_IN_PATH: &str = "/holder/signin";
/// Where a holder is asked.
pub(crate) const CONSENT_PATH: &str = "/consent";
/// Where a holder types the code of a device.
pub(crate) const DEVICE_PATH: &str = "/device";

use crate::{percent_encoding::percent_encoded, site_path::SitePath};

/// Why a holder is sent to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInBecause {
    /// Nobody is signed in.
    Nobody,
    /// The application wants a fresh sign-in.
    Stale,
    /// Whoever is signed in cannot decide.
    Other,
}

impl SignInBecause {
    /// The reason in the page's address; a reason shows the form to those who are signed in, too.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::Stale => "stale",
            Self::Other => "other",
        }
    }

    pub(crate) fn of_code(code: &str) -> Self {
        [Self::Stale, Self::Other].into_iter().find(|because| because.code() == code).unwrap_or(Self::Nobody)
    }
}

/// The way to the holders' sign-in page and back.
pub(crate) fn holder_sign_in_path(return_to: &SitePath, because: SignInBecause) -> SitePath {
    let again = match because.code() {
        "" => String::new(),
        code => format!("&because={code}"),
    };
    let path = format!("{HOLDER_SIGN_IN_PATH}?return_to={}{again}", percent_encoded(return_to.as_str()));
    SitePath::parse(&path).or_else(|| SitePath::parse(HOLDER_SIGN_IN_PATH)).unwrap_or_default()
}
