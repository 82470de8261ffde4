//! To whoever signs up with an address that has an account already.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// Says what the sign-up page does not: that the account is there.
pub(crate) fn sign_up_known(language: Language, sign_in: &str, forgot: &str) -> Letter {
    match language {
        Language::En => letter(
            "You have an account already",
            &[
                "Somebody, probably you, tried to sign up at Tallyport with this address. It has an account already, and nothing was changed.",
                "To sign in:",
                sign_in,
                "If you no longer know the password:",
                forgot,
                "If it was not you, there is nothing to do.",
            ],
        ),
        Language::Zh => letter(
            "您已经有账号了",
            &[
                "有人（可能是您本人）用这个邮箱在 Tallyport 注册。该邮箱已有账号，未做任何更改。",
                "登录：",
                sign_in,
                "如果忘记了密码：",
                forgot,
                "如果不是您本人操作，无需处理。",
            ],
        ),
    }
}
