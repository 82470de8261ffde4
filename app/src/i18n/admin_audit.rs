//! Texts of the audit log.

use super::number::grouped;

/// Texts of the audit log's page and table.
pub(crate) struct AdminAuditTexts {
    pub(crate) time: &'static str,
    pub(crate) actor: &'static str,
    pub(crate) action: &'static str,
    pub(crate) object: &'static str,
    pub(crate) sequence: &'static str,
    pub(crate) person: &'static str,
    pub(crate) holder: &'static str,
    pub(crate) application: &'static str,
    pub(crate) command: &'static str,
    pub(crate) platform: &'static str,

    pub(crate) lead: &'static str,
    pub(crate) actor_hint: &'static str,
    pub(crate) action_hint: &'static str,
    pub(crate) from: &'static str,
    pub(crate) until: &'static str,
    pub(crate) utc_hint: &'static str,
    pub(crate) time_fault: &'static str,
    pub(crate) search: &'static str,
    pub(crate) clear: &'static str,
    pub(crate) download: &'static str,
    pub(crate) verify: &'static str,
    pub(crate) whole_title: &'static str,
    /// `{entries}` is replaced by a number, `{hash}` by the last entry's hash.
    whole_text: &'static str,
    pub(crate) nothing_title: &'static str,
    pub(crate) nothing_text: &'static str,
}

impl AdminAuditTexts {
    /// What a walk over the whole log found.
    pub(crate) fn whole(&self, entries: i64, hash: &str) -> String {
        self.whole_text.replace("{entries}", &grouped(entries)).replace("{hash}", hash)
    }
}

pub(super) const EN: AdminAuditTexts = AdminAuditTexts {
    time: "Time",
    actor: "Who",
    action: "What",
    object: "To what",
    sequence: "Entry",
    person: "person",
    holder: "Account holder",
    application: "application",
    command: "command",
    platform: "platform",

    lead: "Every change that a person or a command made. Entries are chained by their hashes, so none can be changed or taken out unseen.",
    actor_hint: "An email address, an id or a command.",
    action_hint: "Such as developer.suspended.",
    from: "From",
    until: "Until",
    utc_hint: "Times are UTC.",
    time_fault: "This is no time. Write it as 2026-01-31T09:30.",
    search: "Search",
    clear: "Show everything",
    download: "Download CSV",
    verify: "Check the whole log",
    whole_title: "The log is whole",
    whole_text: "{entries} entries follow from each other. Keep the last one's hash elsewhere to prove later that nothing was cut off: {hash}",
    nothing_title: "Nothing found",
    nothing_text: "No entry of the log fits what you look for.",
};

pub(super) const ZH: AdminAuditTexts = AdminAuditTexts {
    time: "时间",
    actor: "操作者",
    action: "操作",
    object: "对象",
    sequence: "序号",
    person: "用户",
    holder: "账户持有人",
    application: "应用",
    command: "命令",
    platform: "平台",

    lead: "人员和命令所做的每一次变更。各条记录以哈希相连，任何改动或删除都会被发现。",
    actor_hint: "邮箱、编号或命令。",
    action_hint: "例如 developer.suspended。",
    from: "开始时间",
    until: "结束时间",
    utc_hint: "时间均为 UTC。",
    time_fault: "时间格式不正确，请按 2026-01-31T09:30 填写。",
    search: "查询",
    clear: "显示全部",
    download: "下载 CSV",
    verify: "校验全部日志",
    whole_title: "日志完整",
    whole_text: "共 {entries} 条记录，前后相连。请将最后一条记录的哈希保存到别处，以便日后证明没有记录被截去：{hash}",
    nothing_title: "没有找到",
    nothing_text: "没有符合条件的记录。",
};
