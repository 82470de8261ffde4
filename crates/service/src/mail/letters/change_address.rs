//! To the address that an account is about to move to.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// The link that moves the account.
pub(crate) fn change_address(language: Language, link: &str) -> Letter {
    match language {
        Language::En => letter(
            "Confirm your new address",
            &[
                "Open this link to move your Tallyport account to this address:",
                link,
                "It works once, for one hour.",
                "If you did not ask for this, do nothing: nothing was changed.",
            ],
        ),
        Language::Zh => letter(
            "确认新邮箱",
            &[
                "请打开以下链接，将您的 Tallyport 账号改用这个邮箱：",
                link,
                "链接 1 小时内有效，只能使用一次。",
                "如果这不是您的请求，请忽略这封邮件：未做任何更改。",
            ],
        ),
    }
}
