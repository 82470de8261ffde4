//! Settings that administrators change while the platform runs: which there are, what each may be and
//! what it is without anybody's choice. Owns no storage and no cache.

mod link;
mod table;

pub use link::HttpsLink;
pub use table::{Setting, SettingGroup, SettingKind, SettingSpec, Words};

use crate::text_enum::text_enum;

text_enum! {
    /// Who may make an account.
    SignUpPolicy {
        /// Everybody.
        Open => "open",
        /// Whoever got an invitation by mail.
        Invitation => "invitation",
        /// Nobody; administrators make accounts at the command line.
        Closed => "closed",
    }
}

/// Why a text cannot be the value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    /// None of the words that it may be.
    #[error("expected one of {0:?}")]
    Choice(&'static [&'static str]),
    /// No whole number, or one outside of the bounds.
    #[error("expected a whole number from {min} to {max}")]
    Number {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
    },
    /// Too long, or with control characters.
    #[error("expected a text of at most {length_max} characters")]
    Text {
        /// The most characters.
        length_max: usize,
    },
    /// No address of a page.
    #[error("expected an https:// or mailto: address, or nothing")]
    Link,
}

/// Every setting with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Who may make an account.
    pub sign_up: SignUpPolicy,
    /// The name that mails come from; empty for the one that the operator set.
    pub mail_from_name: String,
    /// How many applications a team may have.
    pub applications_per_team: u32,
    /// How many usable credentials an application may have in each environment.
    pub credentials_per_application: u32,
    /// How many reading calls an application may make per second and environment.
    pub reads_per_second: u32,
    /// How many writing calls an application may make per second and environment.
    pub writes_per_second: u32,
    /// Where readers find help.
    pub support_link: Option<HttpsLink>,
    /// Where the terms of use are.
    pub terms_link: Option<HttpsLink>,
    /// Where it says what happens to personal data.
    pub privacy_link: Option<HttpsLink>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sign_up: SignUpPolicy::Open,
            mail_from_name: String::new(),
            applications_per_team: 50,
            credentials_per_application: 20,
            reads_per_second: 100,
            writes_per_second: 50,
            support_link: None,
            terms_link: None,
            privacy_link: None,
        }
    }
}

impl Settings {
    /// The value of a setting as text; a link that is not set is empty.
    #[must_use]
    pub fn text(&self, setting: Setting) -> String {
        let link = |link: &Option<HttpsLink>| link.as_ref().map(ToString::to_string).unwrap_or_default();
        match setting {
            Setting::SignUp => self.sign_up.as_str().to_owned(),
            Setting::MailFromName => self.mail_from_name.clone(),
            Setting::ApplicationsPerTeam => self.applications_per_team.to_string(),
            Setting::CredentialsPerApplication => self.credentials_per_application.to_string(),
            Setting::ReadsPerSecond => self.reads_per_second.to_string(),
            Setting::WritesPerSecond => self.writes_per_second.to_string(),
            Setting::SupportLink => link(&self.support_link),
            Setting::TermsLink => link(&self.terms_link),
            Setting::PrivacyLink => link(&self.privacy_link),
        }
    }

    /// The same settings with one of them changed.
    pub fn with(mut self, setting: Setting, text: &str) -> Result<Self, SettingFault> {
        let spec = setting.spec();
        let text = text.trim();
        match setting {
            Setting::SignUp => self.sign_up = text.parse().map_err(|_| spec.fault())?,
            Setting::MailFromName => self.mail_from_name = spec.line(text)?,
            Setting::ApplicationsPerTeam => self.applications_per_team = spec.number(text)?,
            Setting::CredentialsPerApplication => self.credentials_per_application = spec.number(text)?,
            Setting::ReadsPerSecond => self.reads_per_second = spec.number(text)?,
            Setting::WritesPerSecond => self.writes_per_second = spec.number(text)?,
            Setting::SupportLink => self.support_link = spec.link(text)?,
            Setting::TermsLink => self.terms_link = spec.link(text)?,
            Setting::PrivacyLink => self.privacy_link = spec.link(text)?,
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
