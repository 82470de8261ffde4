//! The parameters of a request to the authorization server.

use std::fmt;

use tallyport_domain::oauth::OauthError;

use super::{OauthFault, refuse};

/// How many parameters a request may have.
const COUNT_MAX: usize = 50;

/// Parameters, each at most once.
#[derive(Clone, Default)]
pub struct Parameters(Vec<(String, String)>);

impl fmt::Debug for Parameters {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are secrets as often as not.
        out.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Parameters {
    /// Takes them as they came. A parameter that comes twice is refused: two readers might take
    /// different ones (RFC 6749, 3.1).
    pub fn new(pairs: Vec<(String, String)>) -> Result<Self, OauthFault> {
        if pairs.len() > COUNT_MAX {
            return Err(refuse(OauthError::InvalidRequest, "There are too many parameters."));
        }
        for (position, (name, _)) in pairs.iter().enumerate() {
            if pairs[..position].iter().any(|(earlier, _)| earlier == name) {
                return Err(refuse(OauthError::InvalidRequest, "Send each parameter once."));
            }
        }
        Ok(Self(pairs))
    }

    /// The value as it came, empty ones too.
    #[must_use]
    pub fn as_sent(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| &**value)
    }

    /// The value; one that is empty counts as left out (RFC 6749, 3.1).
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        self.as_sent(name).filter(|value| !value.is_empty())
    }

    /// The value of a parameter that has to be there.
    pub fn get(&self, name: &str) -> Result<&str, OauthFault> {
        self.find(name).ok_or_else(|| refuse(OauthError::InvalidRequest, format_args!("Send {name}.")))
    }
}
