//! Texts for account holders: signing in, being asked, and what they gave.

use tallyport_domain::oauth::HolderScope;

/// Texts of the holders' pages.
pub(crate) struct HolderTexts {
    pub(crate) sign_in_title: &'static str,
    pub(crate) sign_in_lead: &'static str,
    pub(crate) sign_in_again: &'static str,
    pub(crate) sign_in_first: &'static str,
    pub(crate) signed_out: &'static str,

    pub(crate) consent_title: &'static str,
    /// `{application}` is the name that its developers gave it.
    consent_lead: &'static str,
    pub(crate) signed_in_as: &'static str,
    pub(crate) may_title: &'static str,
    pub(crate) pays_title: &'static str,
    /// `{amount}` and `{payee}`.
    pays: &'static str,
    pub(crate) until_title: &'static str,
    /// `{date}`.
    until: &'static str,
    pub(crate) until_hour: &'static str,
    pub(crate) asks_title: &'static str,
    pub(crate) returns_to: &'static str,
    pub(crate) withdraw_note: &'static str,
    pub(crate) allow: &'static str,
    pub(crate) refuse: &'static str,

    pub(crate) gone_title: &'static str,
    pub(crate) gone_text: &'static str,
    pub(crate) refused_title: &'static str,
    pub(crate) refused_text: &'static str,
    pub(crate) refused_code: &'static str,
    pub(crate) other_text: &'static str,

    pub(crate) device_title: &'static str,
    pub(crate) device_lead: &'static str,
    pub(crate) device_code: &'static str,
    pub(crate) device_hint: &'static str,
    pub(crate) device_next: &'static str,
    pub(crate) device_unknown: &'static str,
    pub(crate) device_check: &'static str,
    pub(crate) device_allowed_title: &'static str,
    pub(crate) device_allowed_text: &'static str,
    pub(crate) device_refused_title: &'static str,
    pub(crate) device_refused_text: &'static str,

    pub(crate) grants_title: &'static str,
    pub(crate) grants_lead: &'static str,
    pub(crate) grants_empty_title: &'static str,
    pub(crate) grants_empty_text: &'static str,
    pub(crate) given_at: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) more: &'static str,

    pub(crate) test_title: &'static str,
    pub(crate) test_lead: &'static str,
    pub(crate) test_buyer: &'static str,
    pub(crate) test_seller: &'static str,
    pub(crate) test_where: &'static str,
    about_holder: [&'static str; 5],
    pub(crate) sees_payments: &'static str,
}

impl HolderTexts {
    /// Who asks.
    pub(crate) fn asks(&self, application: &str) -> String {
        self.consent_lead.replace("{application}", application)
    }

    /// One payment that is asked for.
    pub(crate) fn pays(&self, amount: &str, payee: &str) -> String {
        self.pays.replace("{amount}", amount).replace("{payee}", payee)
    }

    /// For how long.
    pub(crate) fn until(&self, date: &str) -> String {
        self.until.replace("{date}", date)
    }

    /// What a scope about the holder means.
    pub(crate) const fn about_holder(&self, scope: HolderScope) -> &'static str {
        self.about_holder[scope as usize]
    }
}

pub(super) const EN: HolderTexts = HolderTexts {
    sign_in_title: "Sign in to your account",
    sign_in_lead: "With the address and the password of your payment account.",
    sign_in_again: "The application asks you to sign in again.",
    sign_in_first: "Sign in to decide.",
    signed_out: "You are signed out.",
    consent_title: "Allow access?",
    consent_lead: "{application} asks for access to your account.",
    signed_in_as: "You are",
    may_title: "It would be able to",
    pays_title: "Payments it would make from your wallet, each once",
    pays: "{amount} to {payee}",
    until_title: "For how long",
    until: "Until {date} at the latest, also while you are not there",
    until_hour: "For this visit: at most an hour, and never while you are away",
    asks_title: "Who asks",
    returns_to: "Takes you back to",
    withdraw_note: "You can take this back at any time in your account.",
    allow: "Allow",
    refuse: "Refuse",
    gone_title: "This request is over",
    gone_text: "It was decided before, or it waited for too long. Go back to the application and start again.",
    refused_title: "The application made a mistake",
    refused_text: "Its request cannot be answered, and nothing was given. Tell whoever runs the application.",
    refused_code: "What to tell them",
    other_text: "The application works in another environment than your account, or with other test accounts. Sign in \
                 with another account.",
    device_title: "Connect a device",
    device_lead: "Type the code that your device shows.",
    device_code: "Code",
    device_hint: "Eight letters, such as BCDF-GHJK",
    device_next: "Next",
    device_unknown: "There is no device with this code, or it waited for too long.",
    device_check: "Allow this only if your device shows this very code:",
    device_allowed_title: "Your device is connected",
    device_allowed_text: "You can close this page and go on with your device.",
    device_refused_title: "Your device was refused",
    device_refused_text: "It got no access. You can close this page.",
    grants_title: "Your consents",
    grants_lead: "Applications that have access to your account. What you take back ends at once.",
    grants_empty_title: "No application has access",
    grants_empty_text: "When you allow an application something, it is listed here.",
    given_at: "Given",
    withdraw: "Take back",
    withdrawn: "Taken back. The application has no access any more.",
    more: "Older ones",
    test_title: "Test account holders",
    test_lead: "Two people of the sandbox who can sign in and consent to this application. Their passwords are no \
                secrets: they open nothing but the sandbox.",
    test_buyer: "Buyer",
    test_seller: "Seller",
    test_where: "They sign in at",
    about_holder: [
        "know that it is you, by an id",
        "see your name",
        "see your email address",
        "see your telephone number",
        "act while you are not there",
    ],
    sees_payments: "see the payments that you made through it",
};

pub(super) const ZH: HolderTexts = HolderTexts {
    sign_in_title: "登录您的账户",
    sign_in_lead: "请使用您支付账户的邮箱和密码。",
    sign_in_again: "应用要求您重新登录。",
    sign_in_first: "登录后即可决定。",
    signed_out: "您已退出登录。",
    consent_title: "是否允许访问？",
    consent_lead: "“{application}”请求访问您的账户。",
    signed_in_as: "当前账户",
    may_title: "允许后，它可以",
    pays_title: "它将从您的钱包付款（每笔一次）",
    pays: "向 {payee} 付款 {amount}",
    until_title: "有效期",
    until: "最晚至 {date}，您不在场时同样有效",
    until_hour: "仅限本次访问：最长一小时，您离开后不再有效",
    asks_title: "请求方",
    returns_to: "之后返回",
    withdraw_note: "您可以随时在账户中撤回。",
    allow: "允许",
    refuse: "拒绝",
    gone_title: "此请求已失效",
    gone_text: "它已被处理，或等待时间过长。请回到应用重新开始。",
    refused_title: "应用的请求有误",
    refused_text: "该请求无法处理，没有授予任何权限。请告知应用的运营者。",
    refused_code: "请向其提供",
    other_text: "该应用所在环境与您的账户不同，或使用其他测试账户。请换一个账户登录。",
    device_title: "连接设备",
    device_lead: "请输入设备上显示的代码。",
    device_code: "代码",
    device_hint: "八个字母，例如 BCDF-GHJK",
    device_next: "下一步",
    device_unknown: "没有使用此代码的设备，或等待时间过长。",
    device_check: "仅当您的设备显示的正是此代码时才允许：",
    device_allowed_title: "设备已连接",
    device_allowed_text: "您可以关闭此页面，在设备上继续。",
    device_refused_title: "已拒绝该设备",
    device_refused_text: "它没有获得访问权限。您可以关闭此页面。",
    grants_title: "您的授权",
    grants_lead: "可以访问您账户的应用。撤回后立即失效。",
    grants_empty_title: "没有应用可以访问",
    grants_empty_text: "您允许应用访问后，会列在这里。",
    given_at: "授权时间",
    withdraw: "撤回",
    withdrawn: "已撤回，该应用不再拥有访问权限。",
    more: "更早的授权",
    test_title: "测试账户",
    test_lead: "沙箱中的两位账户持有人，可以登录并授权此应用。他们的密码不是秘密，只能用于沙箱。",
    test_buyer: "买家",
    test_seller: "卖家",
    test_where: "登录地址",
    about_holder: ["通过编号确认您的身份", "查看您的姓名", "查看您的邮箱地址", "查看您的电话号码", "在您不在场时操作"],
    sees_payments: "查看您通过它完成的付款",
};
