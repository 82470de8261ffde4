//! Texts of the pages where the platform itself is set up: settings and announcements.

use tallyport_domain::{
    announcement::{AnnouncementFault, AnnouncementTone},
    settings::{SettingFault, SettingGroup, SignUpPolicy},
};

/// Texts of settings and announcements.
pub(crate) struct AdminPlatformTexts {
    pub(crate) settings_lead: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) saved_text: &'static str,
    pub(crate) settings_history: &'static str,
    pub(crate) default: &'static str,
    group_sign_up: &'static str,
    group_mail: &'static str,
    group_limits: &'static str,
    group_links: &'static str,
    open: &'static str,
    invitation: &'static str,
    closed: &'static str,
    fault_choice: &'static str,
    /// `{min}` and `{max}` are replaced by numbers.
    fault_number: &'static str,
    /// `{max}` is replaced by a number.
    fault_text: &'static str,
    fault_link: &'static str,

    pub(crate) announcements_lead: &'static str,
    pub(crate) new_announcement: &'static str,
    pub(crate) text_en: &'static str,
    pub(crate) text_zh: &'static str,
    pub(crate) text_hint: &'static str,
    pub(crate) tone: &'static str,
    info: &'static str,
    warning: &'static str,
    pub(crate) from: &'static str,
    pub(crate) until: &'static str,
    pub(crate) time_hint: &'static str,
    pub(crate) on_landing: &'static str,
    pub(crate) on_landing_hint: &'static str,
    pub(crate) announce: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) decide: &'static str,
    pub(crate) no_announcements_title: &'static str,
    pub(crate) no_announcements_text: &'static str,
    pub(crate) text: &'static str,
    pub(crate) state: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) to_come: &'static str,
    pub(crate) over: &'static str,
    pub(crate) no_end: &'static str,
    pub(crate) now: &'static str,
    pub(crate) endless: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) time_fault: &'static str,
    fault_text_en: &'static str,
    fault_text_zh: &'static str,
    fault_until: &'static str,
}

impl AdminPlatformTexts {
    pub(crate) const fn group_name(&self, group: SettingGroup) -> &'static str {
        match group {
            SettingGroup::SignUp => self.group_sign_up,
            SettingGroup::Mail => self.group_mail,
            SettingGroup::Limits => self.group_limits,
            SettingGroup::Links => self.group_links,
        }
    }

    /// A word that a setting may be, as a reader knows it.
    pub(crate) fn choice_name(&self, word: &'static str) -> &'static str {
        match word.parse() {
            Ok(SignUpPolicy::Open) => self.open,
            Ok(SignUpPolicy::Invitation) => self.invitation,
            Ok(SignUpPolicy::Closed) => self.closed,
            Err(_) => word,
        }
    }

    pub(crate) fn setting_fault(&self, fault: &SettingFault) -> String {
        match fault {
            SettingFault::Choice(_) => self.fault_choice.to_owned(),
            SettingFault::Number { min, max } => {
                self.fault_number.replace("{min}", &min.to_string()).replace("{max}", &max.to_string())
            }
            SettingFault::Text { length_max } => self.fault_text.replace("{max}", &length_max.to_string()),
            SettingFault::Link => self.fault_link.to_owned(),
        }
    }

    pub(crate) const fn tone_name(&self, tone: AnnouncementTone) -> &'static str {
        match tone {
            AnnouncementTone::Info => self.info,
            AnnouncementTone::Warning => self.warning,
        }
    }

    /// The field that a fault is about, and what to say beside it.
    pub(crate) const fn announcement_fault(&self, fault: AnnouncementFault) -> (&'static str, &'static str) {
        match fault {
            AnnouncementFault::TextEn => ("text_en", self.fault_text_en),
            AnnouncementFault::TextZh => ("text_zh", self.fault_text_zh),
            AnnouncementFault::Until => ("until", self.fault_until),
        }
    }
}

pub(super) const EN: AdminPlatformTexts = AdminPlatformTexts {
    settings_lead: "Changes count on every server within a second. Each is written to the audit log with what was there before.",
    save: "Save settings",
    saved: "Saved",
    saved_text: "The settings count from now on.",
    settings_history: "Changes of settings",
    default: "Default: ",
    group_sign_up: "Sign-up",
    group_mail: "Mail",
    group_limits: "Limits",
    group_links: "Links in the footer",
    open: "Open to everybody",
    invitation: "By invitation",
    closed: "Closed",
    fault_choice: "Choose one of the listed values.",
    fault_number: "Enter a whole number from {min} to {max}.",
    fault_text: "Enter at most {max} characters on one line.",
    fault_link: "Enter an address that begins with https:// or mailto:, or nothing.",

    announcements_lead: "A line at the top of the console and, if you like, of the start page. Readers can hide it.",
    new_announcement: "New announcement",
    text_en: "Text in English",
    text_zh: "Text in Chinese",
    text_hint: "Plain text, up to 400 characters.",
    tone: "Tone",
    info: "Information",
    warning: "Warning",
    from: "Shown from",
    until: "Shown until",
    time_hint: "UTC, such as 2026-01-31T09:30. Empty means",
    on_landing: "Show it on the start page as well",
    on_landing_hint: "Visitors who are not signed in see it, too.",
    announce: "Announce",
    withdraw: "Withdraw",
    decide: "Action",
    no_announcements_title: "No announcements",
    no_announcements_text: "What you announce appears here, and at the top of everybody's pages.",
    text: "Text",
    state: "State",
    shown: "Shown",
    to_come: "To come",
    over: "Over",
    no_end: "No end",
    now: "now.",
    endless: "until it is withdrawn.",
    too_many: "There are as many announcements as there may be. Withdraw one first.",
    time_fault: "This is no time. Write it as 2026-01-31T09:30.",
    fault_text_en: "Enter 1 to 400 characters in English.",
    fault_text_zh: "Enter 1 to 400 characters in Chinese.",
    fault_until: "The end has to be later than the beginning.",
};

pub(super) const ZH: AdminPlatformTexts = AdminPlatformTexts {
    settings_lead: "更改在一秒内对所有服务器生效，每次更改连同原值都会写入审计日志。",
    save: "保存设置",
    saved: "已保存",
    saved_text: "新的设置已经生效。",
    settings_history: "设置更改记录",
    default: "默认值：",
    group_sign_up: "注册",
    group_mail: "邮件",
    group_limits: "限额",
    group_links: "页脚链接",
    open: "对所有人开放",
    invitation: "仅凭邀请",
    closed: "关闭",
    fault_choice: "请选择列出的值。",
    fault_number: "请填写 {min} 到 {max} 之间的整数。",
    fault_text: "请在一行内填写，最多 {max} 个字符。",
    fault_link: "请填写以 https:// 或 mailto: 开头的地址，或留空。",

    announcements_lead: "显示在控制台顶部的一行文字，也可以显示在首页。读者可以将其隐藏。",
    new_announcement: "新公告",
    text_en: "英文内容",
    text_zh: "中文内容",
    text_hint: "纯文本，最多 400 个字符。",
    tone: "类型",
    info: "通知",
    warning: "警告",
    from: "开始显示",
    until: "停止显示",
    time_hint: "UTC 时间，例如 2026-01-31T09:30。留空表示",
    on_landing: "同时显示在首页",
    on_landing_hint: "未登录的访客也会看到。",
    announce: "发布公告",
    withdraw: "撤回",
    decide: "操作",
    no_announcements_title: "没有公告",
    no_announcements_text: "您发布的公告会显示在这里，以及所有人的页面顶部。",
    text: "内容",
    state: "状态",
    shown: "显示中",
    to_come: "尚未开始",
    over: "已结束",
    no_end: "不限",
    now: "立即。",
    endless: "直到撤回。",
    too_many: "公告数量已达上限，请先撤回一条。",
    time_fault: "时间格式不正确，请按 2026-01-31T09:30 填写。",
    fault_text_en: "请填写 1 到 400 个字符的英文内容。",
    fault_text_zh: "请填写 1 到 400 个字符的中文内容。",
    fault_until: "停止时间必须晚于开始时间。",
};
