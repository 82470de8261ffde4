//! To whoever has forgotten the password.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// The link that lets its reader choose another password.
pub(crate) fn reset_password(language: Language, link: &str) -> Letter {
    match language {
        Language::En => letter(
            "Choose a new password",
            &[
                "Open this link to choose a new password for your Tallyport account:",
                link,
                "It works once, for one hour. Every session of the account ends when the password changes.",
                "If you did not ask for this, do nothing: your password stays as it is.",
            ],
        ),
        Language::Zh => letter(
            "重设密码",
            &[
                "请打开以下链接，为您的 Tallyport 账号设置新密码：",
                link,
                "链接 1 小时内有效，只能使用一次。密码更改后，该账号的所有会话都会结束。",
                "如果这不是您的请求，请忽略这封邮件：密码不会改变。",
            ],
        ),
    }
}
