//! To the address that an account has left.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// Tells the owner, who may not have been the one.
pub(crate) fn address_changed(language: Language, new_email: &str, sign_in: &str) -> Letter {
    match language {
        Language::En => letter(
            "Your address was changed",
            &[
                "Your Tallyport account has moved to another address:",
                new_email,
                "Mail no longer goes to this one. If it was not you, sign in with your password, change it and move the account back; if you cannot, write to whoever runs this platform.",
                sign_in,
            ],
        ),
        Language::Zh => letter(
            "您的邮箱已更改",
            &[
                "您的 Tallyport 账号已改用另一个邮箱：",
                new_email,
                "今后的邮件不再发送到此邮箱。如果不是您本人操作，请用密码登录并更改密码、改回邮箱；如果无法登录，请联系平台运营者。",
                sign_in,
            ],
        ),
    }
}
