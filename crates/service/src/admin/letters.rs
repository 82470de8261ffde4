//! What people are told by mail when an administrator decides about their account.

use tallyport_domain::Language;
use tallyport_storage::administration::PersonRecord;

use crate::Services;
use crate::mail::Letter;

/// What was decided.
#[derive(Debug, Clone, Copy)]
pub(super) enum Occasion<'a> {
    Suspended { why: &'a str },
    Unsuspended,
    SessionsEnded,
    MadeAdministrator,
    RemovedAdministrator,
    Verify { link: &'a str },
}

/// The letter to a person, in their language.
pub(super) fn about(occasion: Occasion<'_>, person: &PersonRecord, services: &Services) -> Letter {
    let url = services.public_url();
    let (subject, text) = match person.language {
        Language::En => english(occasion, url),
        Language::Zh => chinese(occasion, url),
    };
    let greeting = match person.language {
        Language::En => format!("Hello {},", person.name),
        Language::Zh => format!("{}，您好：", person.name),
    };
    Letter { subject: subject.to_owned(), text: format!("{greeting}\n\n{text}\n") }
}

fn english(occasion: Occasion<'_>, url: &str) -> (&'static str, String) {
    match occasion {
        Occasion::Suspended { why } => (
            "Your Tallyport account was suspended",
            format!(
                "An administrator suspended your account. You cannot sign in until this is lifted.\n\n\
                 Reason: {why}\n\nYour applications were not changed. {url}"
            ),
        ),
        Occasion::Unsuspended => (
            "Your Tallyport account works again",
            format!("An administrator lifted the suspension of your account. You can sign in again:\n\n{url}/signin"),
        ),
        Occasion::SessionsEnded => (
            "You were signed out everywhere",
            format!("An administrator ended all sessions of your account. Sign in again:\n\n{url}/signin"),
        ),
        Occasion::MadeAdministrator => (
            "You are now an administrator",
            format!("You administer this platform from now on. Sign in again to begin:\n\n{url}/admin"),
        ),
        Occasion::RemovedAdministrator => (
            "You are no longer an administrator",
            format!(
                "You no longer administer this platform. Your account and your applications stay:\n\n{url}/console"
            ),
        ),
        Occasion::Verify { link } => (
            "Confirm your email address",
            format!("Open this link within a day to confirm that this address is yours:\n\n{link}"),
        ),
    }
}

fn chinese(occasion: Occasion<'_>, url: &str) -> (&'static str, String) {
    match occasion {
        Occasion::Suspended { why } => (
            "您的 Tallyport 账号已被停用",
            format!("管理员停用了您的账号。恢复之前您无法登录。\n\n原因：{why}\n\n您的应用没有任何变化。{url}"),
        ),
        Occasion::Unsuspended => {
            ("您的 Tallyport 账号已恢复", format!("管理员已恢复您的账号，您可以重新登录：\n\n{url}/signin"))
        }
        Occasion::SessionsEnded => {
            ("您已在所有设备上退出登录", format!("管理员结束了您账号的全部会话。请重新登录：\n\n{url}/signin"))
        }
        Occasion::MadeAdministrator => {
            ("您已成为管理员", format!("您现在可以管理本平台。请重新登录后开始：\n\n{url}/admin"))
        }
        Occasion::Verify { link } => {
            ("请验证您的邮箱", format!("请在一天内打开以下链接，确认这个邮箱属于您：\n\n{link}"))
        }
        Occasion::RemovedAdministrator => {
            ("您已不再是管理员", format!("您不再管理本平台。您的账号和应用保持不变：\n\n{url}/console"))
        }
    }
}

/// The letter to somebody who has no account yet, in the language of whoever invites them.
pub(super) fn invitation(language: Language, link: &str, services: &Services) -> Letter {
    let url = services.public_url();
    let (subject, text) = match language {
        Language::En => (
            "You are invited to Tallyport",
            format!(
                "Hello,\n\nan administrator of {url} invites you to make an account. The link works once, for \
                 seven days:\n\n{link}\n\nIf you did not expect this, ignore it.\n"
            ),
        ),
        Language::Zh => (
            "邀请您注册 Tallyport",
            format!(
                "您好：\n\n{url} 的管理员邀请您注册账号。以下链接七天内有效，仅可使用一次：\n\n{link}\n\n\
                 如果您不清楚缘由，请忽略此邮件。\n"
            ),
        ),
    };
    Letter { subject: subject.to_owned(), text }
}
