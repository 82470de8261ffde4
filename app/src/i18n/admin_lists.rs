//! Texts of the administration's lists of people and applications.

use super::number::grouped;
use tallyport_domain::{
    Role, TeamRole,
    administration::{AccountState, ListOrder},
};

/// Texts of lists, and of what stands in them.
pub(crate) struct AdminListTexts {
    pub(crate) search: &'static str,
    pub(crate) clear: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    /// `{from}`, `{to}` and `{total}` are replaced by numbers.
    range_text: &'static str,
    pub(crate) nothing_title: &'static str,
    pub(crate) nothing_text: &'static str,
    pub(crate) all: &'static str,

    pub(crate) person_search: &'static str,
    pub(crate) application_search: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) role: &'static str,
    pub(crate) state: &'static str,
    pub(crate) order: &'static str,
    pub(crate) team: &'static str,
    pub(crate) created: &'static str,
    pub(crate) id: &'static str,
    newest: &'static str,
    oldest: &'static str,
    by_name: &'static str,
    developer: &'static str,
    administrator: &'static str,
    active: &'static str,
    unverified: &'static str,
    suspended: &'static str,
    closed: &'static str,
    owner: &'static str,
    viewer: &'static str,
}

impl AdminListTexts {
    /// Which rows of how many a page shows.
    pub(crate) fn range(&self, from: u64, to: u64, total: u64) -> String {
        let text = self.range_text.replace("{from}", &grouped(from)).replace("{to}", &grouped(to));
        text.replace("{total}", &grouped(total))
    }

    pub(crate) const fn role_name(&self, role: Role) -> &'static str {
        match role {
            Role::Developer => self.developer,
            Role::Administrator => self.administrator,
        }
    }

    pub(crate) const fn state_name(&self, state: AccountState) -> &'static str {
        match state {
            AccountState::Active => self.active,
            AccountState::Unverified => self.unverified,
            AccountState::Suspended => self.suspended,
            AccountState::Closed => self.closed,
        }
    }

    pub(crate) const fn order_name(&self, order: ListOrder) -> &'static str {
        match order {
            ListOrder::Newest => self.newest,
            ListOrder::Oldest => self.oldest,
            ListOrder::Name => self.by_name,
        }
    }

    pub(crate) const fn team_role_name(&self, role: TeamRole) -> &'static str {
        match role {
            TeamRole::Owner => self.owner,
            TeamRole::Developer => self.developer,
            TeamRole::Viewer => self.viewer,
        }
    }
}

pub(super) const EN: AdminListTexts = AdminListTexts {
    search: "Search",
    clear: "Show all",
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    range_text: "{from}–{to} of {total}",
    nothing_title: "Nothing found",
    nothing_text: "Nothing fits what you look for.",
    all: "All",

    person_search: "Name, email or id",
    application_search: "Name, or the id of an application or a team",
    name: "Name",
    email: "Email",
    role: "Role",
    state: "State",
    order: "Order",
    team: "Team",
    created: "Created",
    id: "Id",
    newest: "Newest first",
    oldest: "Oldest first",
    by_name: "By name",
    developer: "Developer",
    administrator: "Administrator",
    active: "Active",
    unverified: "Not verified",
    suspended: "Suspended",
    closed: "Closed",
    owner: "Owner",
    viewer: "Viewer",
};

pub(super) const ZH: AdminListTexts = AdminListTexts {
    search: "查询",
    clear: "显示全部",
    pages: "翻页",
    previous: "上一页",
    next: "下一页",
    range_text: "第 {from}–{to} 条，共 {total} 条",
    nothing_title: "没有找到",
    nothing_text: "没有符合条件的内容。",
    all: "全部",

    person_search: "姓名、邮箱或编号",
    application_search: "名称、应用编号或团队编号",
    name: "名称",
    email: "邮箱",
    role: "角色",
    state: "状态",
    order: "排序",
    team: "团队",
    created: "创建时间",
    id: "编号",
    newest: "最新在前",
    oldest: "最早在前",
    by_name: "按名称",
    developer: "开发者",
    administrator: "管理员",
    active: "正常",
    unverified: "邮箱未验证",
    suspended: "已停用",
    closed: "已注销",
    owner: "所有者",
    viewer: "只读成员",
};
