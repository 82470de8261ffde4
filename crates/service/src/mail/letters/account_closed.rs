//! To whoever has closed their account.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// The last letter.
pub(crate) fn account_closed(language: Language) -> Letter {
    match language {
        Language::En => letter(
            "Your account is closed",
            &[
                "Your Tallyport account is closed. Nobody can sign in to it any more, and this address is free for a new one.",
            ],
        ),
        Language::Zh => {
            letter("您的账号已注销", &["您的 Tallyport 账号已注销，任何人都无法再登录。此邮箱可以重新注册。"])
        }
    }
}
