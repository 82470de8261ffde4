//! Texts of signing up, signing in and setting up the first administrator.

use tallyport_service::identity::SignUpFault;

/// Texts of the account pages.
pub(crate) struct AccountTexts {
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) fault_name: &'static str,
    pub(crate) fault_email: &'static str,
    pub(crate) fault_password_short: &'static str,
    pub(crate) fault_password_long: &'static str,
    pub(crate) fault_password_common: &'static str,
    pub(crate) strength: &'static str,
    pub(crate) strength_weak: &'static str,
    pub(crate) strength_fair: &'static str,
    pub(crate) strength_good: &'static str,
    pub(crate) strength_strong: &'static str,

    pub(crate) sign_up_title: &'static str,
    pub(crate) sign_up_lead: &'static str,
    pub(crate) sign_up_submit: &'static str,
    pub(crate) have_account: &'static str,

    pub(crate) sign_in_title: &'static str,
    pub(crate) sign_in_lead: &'static str,
    pub(crate) sign_in_submit: &'static str,
    pub(crate) no_account: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) too_many_title: &'static str,
    /// `{minutes}` is replaced by a number.
    too_many_text: &'static str,
    pub(crate) unverified_title: &'static str,
    pub(crate) unverified_mailed: &'static str,
    pub(crate) unverified_not_mailed: &'static str,
    pub(crate) suspended_title: &'static str,
    pub(crate) suspended_text: &'static str,
    pub(crate) signed_out_title: &'static str,
    pub(crate) signed_out_text: &'static str,
    pub(crate) reset_done_title: &'static str,
    pub(crate) reset_done_text: &'static str,
    pub(crate) closed_title: &'static str,
    pub(crate) closed_text: &'static str,
    pub(crate) sign_in_first_title: &'static str,
    pub(crate) sign_in_first_text: &'static str,

    pub(crate) setup_title: &'static str,
    pub(crate) setup_lead: &'static str,
    pub(crate) setup_submit: &'static str,
    pub(crate) setup_taken: &'static str,
    pub(crate) setup_dead_title: &'static str,
    pub(crate) setup_dead_text: &'static str,
    pub(crate) setup_dead_hint: &'static str,
}

impl AccountTexts {
    /// When somebody who tried too often may try again.
    pub(crate) fn too_many(&self, minutes: i64) -> String {
        self.too_many_text.replace("{minutes}", &minutes.to_string())
    }

    /// The field that a fault is about, and what to say beside it.
    pub(crate) const fn fault(&self, fault: SignUpFault) -> (&'static str, &'static str) {
        match fault {
            SignUpFault::Name => ("name", self.fault_name),
            SignUpFault::Email => ("email", self.fault_email),
            SignUpFault::PasswordShort => ("password", self.fault_password_short),
            SignUpFault::PasswordLong => ("password", self.fault_password_long),
            SignUpFault::PasswordCommon => ("password", self.fault_password_common),
        }
    }
}

pub(super) const EN: AccountTexts = AccountTexts {
    name: "Name",
    email: "Email",
    password: "Password",
    password_hint: "At least 10 characters. A phrase of a few words is easy to remember.",
    fault_name: "Enter a name of 1 to 80 characters.",
    fault_email: "Enter an address with a domain, such as lin@example.com.",
    fault_password_short: "Choose a password of at least 10 characters.",
    fault_password_long: "Choose a password of at most 256 bytes.",
    fault_password_common: "This password is easy to guess. Choose one that is not a common word or number, or your name.",
    strength: "Strength",
    strength_weak: "Weak",
    strength_fair: "Fair",
    strength_good: "Good",
    strength_strong: "Strong",

    sign_up_title: "Create your account",
    sign_up_lead: "Free, and the sandbox is yours at once. No money moves there.",
    sign_up_submit: "Create account",
    have_account: "Already have an account?",

    sign_in_title: "Sign in",
    sign_in_lead: "To your console.",
    sign_in_submit: "Sign in",
    no_account: "New here?",
    wrong: "The address or the password is wrong.",
    too_many_title: "Too many tries",
    too_many_text: "Nothing is wrong with your account. Try again in {minutes} min.",
    unverified_title: "Verify your address first",
    unverified_mailed: "This address was not verified yet. We have mailed you a fresh link: open it to go on.",
    unverified_not_mailed: "This address was not verified yet. Open the link in the last mail that we sent, or try again in an hour.",
    suspended_title: "This account is suspended",
    suspended_text: "An administrator of this platform keeps it from signing in. Write to whoever runs the platform.",
    signed_out_title: "Signed out",
    signed_out_text: "Your session on this browser has ended.",
    reset_done_title: "Your password is changed",
    reset_done_text: "Every session of the account has ended. Sign in with the new password.",
    closed_title: "Your account is closed",
    closed_text: "Nobody can sign in to it any more.",
    sign_in_first_title: "Sign in to go on",
    sign_in_first_text: "The page you asked for is only for signed-in people. You get there right after.",

    setup_title: "Become the first administrator",
    setup_lead: "This installation has no administrator yet. Whoever holds this link becomes the first one; it works once.",
    setup_submit: "Create administrator",
    setup_taken: "This address has an account already. Use another one.",
    setup_dead_title: "This link does not work",
    setup_dead_text: "It was used, has expired, or was replaced by a newer one when the server started again.",
    setup_dead_hint: "As long as there is no administrator, each start of the server prints a fresh link.",
};

pub(super) const ZH: AccountTexts = AccountTexts {
    name: "姓名",
    email: "邮箱",
    password: "密码",
    password_hint: "至少 10 个字符。由几个词组成的短语既安全又好记。",
    fault_name: "请填写 1 到 80 个字符的姓名。",
    fault_email: "请填写带域名的邮箱地址，例如 lin@example.com。",
    fault_password_short: "密码至少需要 10 个字符。",
    fault_password_long: "密码最多 256 字节。",
    fault_password_common: "这个密码太容易被猜到。请不要使用常见的词语、数字或您的姓名。",
    strength: "强度",
    strength_weak: "弱",
    strength_fair: "一般",
    strength_good: "良好",
    strength_strong: "强",

    sign_up_title: "注册账号",
    sign_up_lead: "免费注册，沙箱立即可用，不会动用真实资金。",
    sign_up_submit: "注册",
    have_account: "已有账号？",

    sign_in_title: "登录",
    sign_in_lead: "进入您的控制台。",
    sign_in_submit: "登录",
    no_account: "第一次来？",
    wrong: "邮箱或密码不正确。",
    too_many_title: "尝试次数过多",
    too_many_text: "您的账号没有问题。请在 {minutes} 分钟后重试。",
    unverified_title: "请先验证邮箱",
    unverified_mailed: "这个邮箱还没有验证。我们已重新发送验证链接，请打开邮件中的链接继续。",
    unverified_not_mailed: "这个邮箱还没有验证。请打开我们最近一封邮件中的链接，或在一小时后重试。",
    suspended_title: "此账号已被停用",
    suspended_text: "平台管理员已停止此账号登录。请联系平台运营者。",
    signed_out_title: "已退出",
    signed_out_text: "您在此浏览器上的会话已结束。",
    reset_done_title: "密码已更改",
    reset_done_text: "该账号的所有会话已结束。请使用新密码登录。",
    closed_title: "账号已注销",
    closed_text: "任何人都无法再登录此账号。",
    sign_in_first_title: "请先登录",
    sign_in_first_text: "您要访问的页面仅对已登录用户开放，登录后会直接前往。",

    setup_title: "成为首位管理员",
    setup_lead: "此系统还没有管理员。持有此链接的人将成为首位管理员，链接只能使用一次。",
    setup_submit: "创建管理员",
    setup_taken: "这个邮箱已有账号，请换一个。",
    setup_dead_title: "此链接无法使用",
    setup_dead_text: "它可能已被使用、已过期，或在服务器重启时被新的链接取代。",
    setup_dead_hint: "在还没有管理员时，服务器每次启动都会显示一个新的链接。",
};

#[cfg(test)]
mod tests {
    use super::{EN, ZH};
    use tallyport_service::{
        applications,
        identity::{NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN},
    };

    #[test]
    fn limits_in_texts_are_the_limits_of_the_service() {
        for texts in [EN, ZH] {
            assert!(texts.fault_name.contains(&NAME_LENGTH_MAX.to_string()));
            assert!(texts.password_hint.contains(&PASSWORD_LENGTH_MIN.to_string()));
            assert!(texts.fault_password_short.contains(&PASSWORD_LENGTH_MIN.to_string()));
            assert!(texts.fault_password_long.contains(&PASSWORD_LENGTH_MAX.to_string()));
        }
        assert_eq!(applications::NAME_LENGTH_MAX, NAME_LENGTH_MAX);
    }

    #[test]
    fn waiting_time_stands_in_the_text() {
        assert!(EN.too_many(7).contains("in 7 min"));
        assert!(ZH.too_many(7).contains("7 分钟"));
    }
}
