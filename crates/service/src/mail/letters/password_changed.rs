//! To whoever's password was changed.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// Tells the owner, who may not have been the one.
pub(crate) fn password_changed(language: Language, forgot: &str) -> Letter {
    match language {
        Language::En => letter(
            "Your password was changed",
            &[
                "The password of your Tallyport account was changed, and the account's other sessions were ended.",
                "If it was not you, choose a new password now:",
                forgot,
            ],
        ),
        Language::Zh => letter(
            "您的密码已更改",
            &[
                "您的 Tallyport 账号密码已更改，该账号的其他会话已结束。",
                "如果不是您本人操作，请立即重设密码：",
                forgot,
            ],
        ),
    }
}
