//! To an address with an account, when somebody tries to move another account to it.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// Says what the page does not: that the address is taken.
pub(crate) fn address_taken(language: Language, sign_in: &str) -> Letter {
    match language {
        Language::En => letter(
            "This address has an account already",
            &[
                "Somebody, probably you, tried to move another Tallyport account to this address. It has an account already, and nothing was changed. To sign in to it:",
                sign_in,
                "If it was not you, there is nothing to do.",
            ],
        ),
        Language::Zh => letter(
            "此邮箱已有账号",
            &[
                "有人（可能是您本人）想将另一个 Tallyport 账号改用这个邮箱。该邮箱已有账号，未做任何更改。登录该账号：",
                sign_in,
                "如果不是您本人操作，无需处理。",
            ],
        ),
    }
}
