//! To whoever has just signed up.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// The link that shows an address to be theirs.
pub(crate) fn verify_address(language: Language, link: &str) -> Letter {
    match language {
        Language::En => letter(
            "Verify your address",
            &[
                "Open this link to verify your address and finish signing up at Tallyport:",
                link,
                "It works once, for 24 hours.",
                "If you did not sign up, do nothing: without this link nobody can use the account.",
            ],
        ),
        Language::Zh => letter(
            "验证您的邮箱",
            &[
                "请打开以下链接，验证邮箱并完成 Tallyport 注册：",
                link,
                "链接 24 小时内有效，只能使用一次。",
                "如果您没有注册，请忽略这封邮件：不打开链接，任何人都无法使用该账号。",
            ],
        ),
    }
}
