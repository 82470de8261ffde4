//! To whoever's second step at sign-in was changed.

use tallyport_domain::Language;

use super::letter;
use crate::mail::Letter;

/// What happened to the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecondStepChange {
    /// It was turned on.
    On,
    /// It was turned off.
    Off,
    /// A recovery code was used in its place.
    RecoveryCodeUsed,
    /// The recovery codes were replaced.
    RecoveryCodesReplaced,
}

/// Tells the owner, who may not have been the one.
pub(crate) fn second_step_changed(language: Language, change: SecondStepChange, forgot: &str) -> Letter {
    let (subject, what) = words(language, change);
    let otherwise = match language {
        Language::En => "If it was not you, choose a new password now and look at the sessions of your account:",
        Language::Zh => "如果不是您本人操作，请立即重设密码，并检查账号的会话：",
    };
    letter(subject, &[what, otherwise, forgot])
}

const fn words(language: Language, change: SecondStepChange) -> (&'static str, &'static str) {
    match (language, change) {
        (Language::En, SecondStepChange::On) => (
            "Two-step sign-in is on",
            "Two-step sign-in was turned on for your Tallyport account. From now on, signing in asks for a code of your authenticator as well.",
        ),
        (Language::En, SecondStepChange::Off) => {
            ("Two-step sign-in is off", "Two-step sign-in was turned off for your Tallyport account.")
        }
        (Language::En, SecondStepChange::RecoveryCodeUsed) => (
            "A recovery code was used",
            "Somebody signed in to your Tallyport account with one of its recovery codes. That code does not work again.",
        ),
        (Language::En, SecondStepChange::RecoveryCodesReplaced) => (
            "Your recovery codes were replaced",
            "New recovery codes were made for your Tallyport account. The old ones do not work any more.",
        ),
        (Language::Zh, SecondStepChange::On) => {
            ("两步验证已开启", "您的 Tallyport 账号已开启两步验证。今后登录时还需输入身份验证器中的验证码。")
        }
        (Language::Zh, SecondStepChange::Off) => ("两步验证已关闭", "您的 Tallyport 账号已关闭两步验证。"),
        (Language::Zh, SecondStepChange::RecoveryCodeUsed) => {
            ("恢复码已被使用", "有人使用恢复码登录了您的 Tallyport 账号。该恢复码不能再次使用。")
        }
        (Language::Zh, SecondStepChange::RecoveryCodesReplaced) => {
            ("恢复码已更换", "您的 Tallyport 账号已生成新的恢复码，旧的恢复码不再有效。")
        }
    }
}
