//! Texts of the administration's page about money.

use super::number::{counted, grouped};

/// Texts of the page.
pub(crate) struct AdminMoneyTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) books: &'static str,
    pub(crate) book: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) whole: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) broken_title: &'static str,
    pub(crate) broken_text: &'static str,
    pub(crate) no_books: &'static str,
    pub(crate) no_books_text: &'static str,
    pub(crate) lane: &'static str,
    pub(crate) lane_note: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) per_batch: &'static str,
    pub(crate) last_batch: &'static str,
    pub(crate) overdue: &'static str,
    pub(crate) overdue_note: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) id_and_application: &'static str,
    pub(crate) no_unknown: &'static str,
    pub(crate) no_unknown_text: &'static str,
    only_first: [&'static str; 2],
    at_most: [&'static str; 2],
    /// What stands between the commands and their transactions.
    within: &'static str,
    commands: [&'static str; 2],
    transactions: [&'static str; 2],
}

impl AdminMoneyTexts {
    /// How many may wait.
    pub(crate) fn of_at_most(&self, most: usize) -> String {
        let [before, behind] = self.at_most;
        format!("{before}{}{behind}", grouped(most))
    }

    /// That there are more than so many.
    pub(crate) fn only_first(&self, most: usize) -> String {
        let [before, behind] = self.only_first;
        format!("{before}{}{behind}", grouped(most))
    }

    /// How much was done.
    pub(crate) fn commands_in(&self, commands: u64, batches: u64) -> String {
        let (commands, transactions) = (counted(commands, self.commands), counted(batches, self.transactions));
        format!("{commands}{}{transactions}", self.within)
    }
}

pub(super) const EN: AdminMoneyTexts = AdminMoneyTexts {
    title: "Money",
    lead: "Every minor unit stands twice in the book, so all balances of a currency sum to zero.",
    books: "Books",
    book: "Book",
    accounts: "Accounts",
    whole: "Sums to zero",
    broken: "Does not sum to zero",
    broken_title: "A book does not sum to zero",
    broken_text: "Stop taking payments and look at the ledger. It concerns: ",
    no_books: "No books yet",
    no_books_text: "A book appears with the first money in its currency.",
    lane: "Write lane",
    lane_note: "The lane of the process that made this page, since it started. /metrics tells more, for every process.",
    waiting: "Commands waiting",
    per_batch: "Commands per transaction",
    last_batch: "Last transaction",
    overdue: "Overdue work",
    overdue_note: "should have been looked at",
    unknown: "Unknown outcomes",
    kind: "Kind",
    id_and_application: "Id and application",
    no_unknown: "No outcome is unknown",
    no_unknown_text: "Every channel has said what it did.",
    only_first: [
        "There are more. These are the first ",
        ": live before the sandbox, those first that are asked about next.",
    ],
    at_most: ["of at most ", ""],
    within: " in ",
    commands: ["command", "commands"],
    transactions: ["transaction", "transactions"],
};

pub(super) const ZH: AdminMoneyTexts = AdminMoneyTexts {
    title: "资金",
    lead: "账本采用复式记账，同一币种的全部余额之和恒为零。",
    books: "账本",
    book: "账本",
    accounts: "账户数",
    whole: "合计为零",
    broken: "合计不为零",
    broken_title: "有账本合计不为零",
    broken_text: "请停止收款并检查账本。涉及：",
    no_books: "还没有账本",
    no_books_text: "某币种收到第一笔资金后，其账本就会出现。",
    lane: "写入通道",
    lane_note: "生成本页的进程自启动以来的写入通道情况。/metrics 提供每个进程的更多指标。",
    waiting: "排队的命令",
    per_batch: "每个事务的命令数",
    last_batch: "最近一个事务",
    overdue: "逾期任务",
    overdue_note: "本应已被处理",
    unknown: "结果未知的支付与资金变动",
    kind: "类型",
    id_and_application: "编号与应用",
    no_unknown: "没有结果未知的支付或资金变动",
    no_unknown_text: "所有渠道都已告知结果。",
    only_first: ["还有更多，这里只显示前 ", " 条：正式环境在沙箱之前，最先再次查询的在前。"],
    at_most: ["上限 ", ""],
    within: "，",
    commands: ["条命令", "条命令"],
    transactions: ["个事务", "个事务"],
};
