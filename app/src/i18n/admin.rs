//! Texts of the administration: its frame and its overview.

use super::number::counted;

/// Texts of the administration's frame and overview.
pub(crate) struct AdminTexts {
    pub(crate) administration: &'static str,
    pub(crate) platform: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) approvals: &'static str,
    pub(crate) developers: &'static str,
    pub(crate) applications: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) announcements: &'static str,
    pub(crate) audit_log: &'static str,

    pub(crate) forbidden_title: &'static str,
    pub(crate) forbidden_text: &'static str,
    pub(crate) to_console: &'static str,

    pub(crate) suspended: &'static str,
    pub(crate) approvals_waiting: &'static str,
    pub(crate) payments_today: &'static str,
    pub(crate) live: &'static str,
    pub(crate) mails_waiting: &'static str,
    pub(crate) mails_failed: &'static str,
    pub(crate) audit_whole: &'static str,
    pub(crate) audit_broken: &'static str,
    pub(crate) audit_broken_text: &'static str,
    pub(crate) recent_entries: &'static str,
    pub(crate) all_entries: &'static str,
    entries: [&'static str; 2],
}

impl AdminTexts {
    /// How many entries there are.
    pub(crate) fn entries(&self, count: i64) -> String {
        counted(count, self.entries)
    }
}

pub(super) const EN: AdminTexts = AdminTexts {
    administration: "Administration",
    platform: "Platform",
    overview: "Overview",
    approvals: "Approvals",
    developers: "Developers",
    applications: "Applications",
    settings: "Settings",
    announcements: "Announcements",
    audit_log: "Audit log",

    forbidden_title: "For administrators only",
    forbidden_text: "Your account has no part in running this platform. An administrator can change that.",
    to_console: "Go to your console",

    suspended: "suspended",
    approvals_waiting: "Approvals waiting",
    payments_today: "Payments today (UTC)",
    live: "live",
    mails_waiting: "Mails waiting",
    mails_failed: "failed",
    audit_whole: "Whole",
    audit_broken: "Broken",
    audit_broken_text: "The audit log was changed outside of Tallyport. Nothing below can be trusted from this entry on: ",
    recent_entries: "What happened last",
    all_entries: "The whole log",
    entries: ["entry", "entries"],
};

pub(super) const ZH: AdminTexts = AdminTexts {
    administration: "管理后台",
    platform: "平台",
    overview: "总览",
    approvals: "审核",
    developers: "开发者",
    applications: "应用",
    settings: "设置",
    announcements: "公告",
    audit_log: "审计日志",

    forbidden_title: "仅限管理员",
    forbidden_text: "您的账号没有管理本平台的权限。如有需要，请联系管理员。",
    to_console: "前往控制台",

    suspended: "已停用",
    approvals_waiting: "待审核申请",
    payments_today: "今日支付（UTC）",
    live: "正式环境",
    mails_waiting: "待发邮件",
    mails_failed: "发送失败",
    audit_whole: "完整",
    audit_broken: "已损坏",
    audit_broken_text: "审计日志在 Tallyport 之外被改动过。从以下记录开始，其内容不再可信：",
    recent_entries: "最近的操作",
    all_entries: "查看全部日志",
    entries: ["条记录", "条记录"],
};
