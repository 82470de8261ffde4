//! Texts of plans: how often applications may call.

use tallyport_domain::plan::{BURST_SECONDS_MAX, PER_SECOND_MAX, PlanFault, PlanNumber};
use tallyport_domain::rate::CallClass;

/// Texts about plans.
pub(crate) struct AdminPlanTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) name: &'static str,
    pub(crate) reads: &'static str,
    pub(crate) writes: &'static str,
    pub(crate) used_by: &'static str,
    pub(crate) rate: &'static str,
    pub(crate) none_title: &'static str,
    pub(crate) none_text: &'static str,
    pub(crate) new_plan: &'static str,
    pub(crate) reads_per_second: &'static str,
    pub(crate) reads_burst: &'static str,
    pub(crate) writes_per_second: &'static str,
    pub(crate) writes_burst: &'static str,
    burst_hint: &'static str,
    pub(crate) make: &'static str,
    pub(crate) save: &'static str,
    pub(crate) details: &'static str,
    pub(crate) change_text: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_text: &'static str,
    pub(crate) delete_name: &'static str,
    pub(crate) delete_submit: &'static str,
    pub(crate) delete_other_name: &'static str,
    pub(crate) in_use: &'static str,
    pub(crate) name_taken: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) plan_text: &'static str,
    pub(crate) by_settings: &'static str,
    pub(crate) give: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) done: &'static str,
    fault_name: &'static str,
    fault_per_second: &'static str,
    fault_burst: &'static str,
}

impl AdminPlanTexts {
    /// How many calls may come at once.
    pub(crate) fn burst_hint(&self) -> String {
        self.burst_hint.replace("{max}", &BURST_SECONDS_MAX.to_string())
    }

    /// The field that a fault is in, and what to say beside it.
    pub(crate) fn fault(&self, fault: PlanFault) -> (&'static str, String) {
        match fault {
            PlanFault::Name => ("name", self.fault_name.to_owned()),
            PlanFault::Number(class, PlanNumber::PerSecond) => {
                let field = match class {
                    CallClass::Read => "reads_per_second",
                    CallClass::Write => "writes_per_second",
                };
                (field, self.fault_per_second.replace("{max}", &PER_SECOND_MAX.to_string()))
            }
            PlanFault::Number(class, PlanNumber::Burst) => {
                let field = match class {
                    CallClass::Read => "reads_burst",
                    CallClass::Write => "writes_burst",
                };
                (field, self.fault_burst.replace("{max}", &BURST_SECONDS_MAX.to_string()))
            }
        }
    }
}

pub(super) const EN: AdminPlanTexts = AdminPlanTexts {
    title: "Plans",
    lead: "How often applications may call the API, in each environment. An application without a plan goes by the settings.",
    name: "Name",
    reads: "Reading calls",
    writes: "Writing calls",
    used_by: "Applications",
    rate: "{per_second} per second, {burst} at once",
    none_title: "No plans",
    none_text: "Every application goes by the settings. Make a plan for those that may call more often, or less.",
    new_plan: "New plan",
    reads_per_second: "Reading calls per second",
    reads_burst: "Reading calls at once",
    writes_per_second: "Writing calls per second",
    writes_burst: "Writing calls at once",
    burst_hint: "At least those of one second, at most those of {max} seconds.",
    make: "Make the plan",
    save: "Save",
    details: "Limits",
    change_text: "Every application that has the plan goes by a change within a second.",
    delete: "Delete the plan",
    delete_text: "A plan can be deleted when no application has it.",
    delete_name: "Type the name of the plan to confirm",
    delete_submit: "Delete",
    delete_other_name: "This is not the name of the plan.",
    in_use: "Applications have this plan. Give them another one first.",
    name_taken: "Another plan has this name.",
    too_many: "There are as many plans as there may be. Delete one first.",
    plan: "Plan",
    plan_text: "How often this application may call the API, in each environment.",
    by_settings: "None: by the settings",
    give: "Save the plan",
    gone: "This plan is gone. Choose another one.",
    done: "Saved",
    fault_name: "Enter a name of 1 to 80 characters.",
    fault_per_second: "Enter a whole number from 1 to {max}.",
    fault_burst: "Enter a whole number: at least the calls of one second, at most those of {max}.",
};

pub(super) const ZH: AdminPlanTexts = AdminPlanTexts {
    title: "调用套餐",
    lead: "应用在每个环境中调用 API 的频率上限。没有套餐的应用按平台设置执行。",
    name: "名称",
    reads: "读取类调用",
    writes: "写入类调用",
    used_by: "应用数",
    rate: "每秒 {per_second} 次，可连续 {burst} 次",
    none_title: "没有套餐",
    none_text: "所有应用都按平台设置执行。如需允许某些应用更频繁或更少地调用，请新建套餐。",
    new_plan: "新建套餐",
    reads_per_second: "每秒读取类调用次数",
    reads_burst: "可连续发起的读取类调用次数",
    writes_per_second: "每秒写入类调用次数",
    writes_burst: "可连续发起的写入类调用次数",
    burst_hint: "不少于一秒的次数，不超过 {max} 秒的次数。",
    make: "创建套餐",
    save: "保存",
    details: "限额",
    change_text: "更改会在一秒内对使用该套餐的所有应用生效。",
    delete: "删除套餐",
    delete_text: "没有应用使用时才能删除套餐。",
    delete_name: "请输入套餐名称以确认",
    delete_submit: "删除",
    delete_other_name: "这不是该套餐的名称。",
    in_use: "仍有应用使用此套餐，请先为它们更换套餐。",
    name_taken: "已有同名的套餐。",
    too_many: "套餐数量已达上限，请先删除一个。",
    plan: "套餐",
    plan_text: "此应用在每个环境中调用 API 的频率上限。",
    by_settings: "无：按平台设置",
    give: "保存套餐",
    gone: "该套餐已不存在，请选择其他套餐。",
    done: "已保存",
    fault_name: "请输入 1 至 80 个字符的名称。",
    fault_per_second: "请输入 1 到 {max} 的整数。",
    fault_burst: "请输入整数：不少于一秒的次数，不超过 {max} 秒的次数。",
};
