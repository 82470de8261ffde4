//! The table of settings: one row each, with its name, kind, bounds and what it is for.

use super::{HttpsLink, SettingFault, SignUpPolicy};
use crate::Language;
use crate::text_enum::text_enum;

text_enum! {
    /// A setting by its name, as it stands in the database and in the audit log.
    Setting {
        /// Who may make an account.
        SignUp => "sign_up",
        /// The name that mails come from.
        MailFromName => "mail_from_name",
        /// How many applications a team may have.
        ApplicationsPerTeam => "applications_per_team",
        /// How many credentials an application may have.
        CredentialsPerApplication => "credentials_per_application",
        /// How many reading calls an application may make.
        ReadsPerSecond => "reads_per_second",
        /// How many writing calls an application may make.
        WritesPerSecond => "writes_per_second",
        /// Where readers find help.
        SupportLink => "support_link",
        /// Where the terms of use are.
        TermsLink => "terms_link",
        /// Where the privacy notice is.
        PrivacyLink => "privacy_link",
    }
}

text_enum! {
    /// What belongs together on the page of settings.
    SettingGroup {
        /// Who may come in.
        SignUp => "sign_up",
        /// Mail.
        Mail => "mail",
        /// How much is too much.
        Limits => "limits",
        /// What the foot of pages leads to.
        Links => "links",
    }
}

/// What a setting may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A whole number.
    Number {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
    },
    /// One line of text, or nothing.
    Line {
        /// The most characters.
        length_max: usize,
    },
    /// An address, or nothing.
    Link,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    en: &'static str,
    zh: &'static str,
}

impl Words {
    /// The text in one of them.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Zh => self.zh,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingSpec {
    /// Where it stands on the page.
    pub group: SettingGroup,
    /// What it may be.
    pub kind: SettingKind,
    /// What people call it.
    pub label: Words,
    /// What it does.
    pub help: Words,
}

const fn words(en: &'static str, zh: &'static str) -> Words {
    Words { en, zh }
}

/// Far more than one machine answers.
const CALLS_PER_SECOND_MAX: u32 = 100_000;

const SIGN_UP_CHOICES: &[&str] =
    &[SignUpPolicy::Open.as_str(), SignUpPolicy::Invitation.as_str(), SignUpPolicy::Closed.as_str()];

impl Setting {
    /// The setting's row.
    #[must_use]
    pub const fn spec(self) -> SettingSpec {
        match self {
            Self::SignUp => SettingSpec {
                group: SettingGroup::SignUp,
                kind: SettingKind::Choice(SIGN_UP_CHOICES),
                label: words("Who may sign up", "谁可以注册"),
                help: words(
                    "Open to everybody, by invitation, or closed. Accounts that exist are not touched.",
                    "对所有人开放、仅凭邀请，或关闭注册。已有账号不受影响。",
                ),
            },
            Self::MailFromName => SettingSpec {
                group: SettingGroup::Mail,
                kind: SettingKind::Line { length_max: 80 },
                label: words("Sender's name", "发件人名称"),
                help: words(
                    "The name that mails come from. Left empty, it is the one of --mail-from.",
                    "邮件所显示的发件人名称。留空则使用 --mail-from 中的名称。",
                ),
            },
            Self::ApplicationsPerTeam => SettingSpec {
                group: SettingGroup::Limits,
                kind: SettingKind::Number { min: 1, max: 10_000 },
                label: words("Applications of a team", "每个团队的应用数"),
                help: words("How many applications one team may have.", "一个团队最多可以拥有的应用数量。"),
            },
            Self::CredentialsPerApplication => SettingSpec {
                group: SettingGroup::Limits,
                kind: SettingKind::Number { min: 2, max: 100 },
                label: words("Credentials of an application", "每个应用的密钥数"),
                help: words(
                    "How many usable credentials an application may have in each environment.",
                    "一个应用在每个环境中最多可以拥有的有效密钥数量。",
                ),
            },
            Self::ReadsPerSecond => SettingSpec {
                group: SettingGroup::Limits,
                kind: SettingKind::Number { min: 1, max: CALLS_PER_SECOND_MAX },
                label: words("Reading calls per second", "每秒读取调用数"),
                help: words(
                    "How many reading calls of the API an application may make per second and environment.",
                    "每个应用在每个环境中每秒最多可以发起的读取类 API 调用数量。",
                ),
            },
            Self::WritesPerSecond => SettingSpec {
                group: SettingGroup::Limits,
                kind: SettingKind::Number { min: 1, max: CALLS_PER_SECOND_MAX },
                label: words("Writing calls per second", "每秒写入调用数"),
                help: words(
                    "How many writing calls of the API an application may make per second and environment.",
                    "每个应用在每个环境中每秒最多可以发起的写入类 API 调用数量。",
                ),
            },
            Self::SupportLink => SettingSpec {
                group: SettingGroup::Links,
                kind: SettingKind::Link,
                label: words("Support", "支持"),
                help: words("Where readers find help: a page or a mailbox.", "读者获得帮助的网页或邮箱。"),
            },
            Self::TermsLink => SettingSpec {
                group: SettingGroup::Links,
                kind: SettingKind::Link,
                label: words("Terms of use", "使用条款"),
                help: words("The page with the terms of use.", "使用条款所在的网页。"),
            },
            Self::PrivacyLink => SettingSpec {
                group: SettingGroup::Links,
                kind: SettingKind::Link,
                label: words("Privacy", "隐私"),
                help: words("The page that says what happens to personal data.", "说明如何处理个人信息的网页。"),
            },
        }
    }
}

impl SettingSpec {
    /// What is wrong with a text that does not fit.
    pub(super) const fn fault(&self) -> SettingFault {
        match self.kind {
            SettingKind::Choice(words) => SettingFault::Choice(words),
            SettingKind::Number { min, max } => SettingFault::Number { min, max },
            SettingKind::Line { length_max } => SettingFault::Text { length_max },
            SettingKind::Link => SettingFault::Link,
        }
    }

    pub(super) fn number(&self, text: &str) -> Result<u32, SettingFault> {
        let SettingKind::Number { min, max } = self.kind else { return Err(self.fault()) };
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        number.ok_or(self.fault())
    }

    pub(super) fn line(&self, text: &str) -> Result<String, SettingFault> {
        let SettingKind::Line { length_max } = self.kind else { return Err(self.fault()) };
        let fits = text.chars().count() <= length_max && !text.chars().any(char::is_control);
        if fits { Ok(text.to_owned()) } else { Err(self.fault()) }
    }

    pub(super) fn link(&self, text: &str) -> Result<Option<HttpsLink>, SettingFault> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
    }
}
