//! Texts of the page where a team asks for live permissions.

use tallyport_domain::approval::ApprovalStatus;

/// Texts of the page where a team asks for live permissions.
pub(crate) struct PermissionsPageTexts {
    pub(crate) lead: &'static str,
    pub(crate) form_title: &'static str,
    pub(crate) further_title: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) save: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) choose_file: &'static str,
    pub(crate) upload: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) withdraw_title: &'static str,
    pub(crate) withdraw_text: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) not_now: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) answers: &'static str,
    pub(crate) suspended_title: &'static str,
    pub(crate) suspended_text: &'static str,
    pub(crate) closed_text: &'static str,
    pub(crate) see_why: &'static str,

    draft: &'static str,
    submitted: &'static str,
    in_review: &'static str,
    changes_requested: &'static str,
    rejected: &'static str,
    approved: &'static str,
}

impl PermissionsPageTexts {
    /// What the state means for the team, and what to do next.
    pub(crate) const fn explained(&self, status: ApprovalStatus) -> &'static str {
        match status {
            ApprovalStatus::Draft => self.draft,
            ApprovalStatus::Submitted => self.submitted,
            ApprovalStatus::InReview => self.in_review,
            ApprovalStatus::ChangesRequested => self.changes_requested,
            ApprovalStatus::Rejected => self.rejected,
            ApprovalStatus::Approved => self.approved,
            ApprovalStatus::Suspended => self.suspended_text,
            ApprovalStatus::Closed => self.closed_text,
        }
    }
}

pub(super) const EN: PermissionsPageTexts = PermissionsPageTexts {
    lead: "The sandbox is always open. In the live environment real money moves, so an administrator approves each permission first.",
    form_title: "Ask for approval",
    further_title: "Ask for further permissions",
    progress: "answered",
    save: "Save draft",
    submit: "Submit for approval",
    choose_file: "Add a document",
    upload: "Upload",
    remove: "Remove",
    withdraw: "Withdraw submission",
    withdraw_title: "Withdraw this submission?",
    withdraw_text: "It leaves the queue, and you can change it and submit it again. The administrators are told.",
    saved: "The draft is saved.",
    sent: "Submitted. You are told by mail as soon as somebody has looked at it.",
    withdrawn: "Withdrawn. You can change your answers and submit them again.",
    not_now: "That is no longer possible: the state has changed meanwhile.",
    viewer: "Your role in the team lets you see this, not change it.",
    answers: "What was submitted",
    suspended_title: "Live calls are suspended",
    suspended_text: "Live calls are refused until an administrator lifts the suspension. The sandbox goes on.",
    closed_text: "This application is closed. Live calls are refused for good.",
    see_why: "See why",

    draft: "Nothing has been submitted yet. Answer the questions below, add documents and submit.",
    submitted: "Your submission waits for an administrator.",
    in_review: "An administrator is looking at your submission.",
    changes_requested: "An administrator asks for changes. You find the remarks beside the answers; change them and submit again.",
    rejected: "The submission was rejected. The reason stands in the timeline.",
    approved: "The application may call the live environment with the permissions below.",
};

pub(super) const ZH: PermissionsPageTexts = PermissionsPageTexts {
    lead: "沙箱始终开放。正式环境涉及真实资金，每项权限须先由管理员审核。",
    form_title: "申请审核",
    further_title: "申请更多权限",
    progress: "项已完成",
    save: "保存草稿",
    submit: "提交审核",
    choose_file: "添加资料",
    upload: "上传",
    remove: "移除",
    withdraw: "撤回申请",
    withdraw_title: "确定撤回这次申请？",
    withdraw_text: "申请将退出审核队列，您可以修改后重新提交。管理员会收到通知。",
    saved: "草稿已保存。",
    sent: "已提交。审核有进展时，我们会通过邮件通知您。",
    withdrawn: "已撤回。您可以修改后重新提交。",
    not_now: "状态已发生变化，无法执行此操作。",
    viewer: "您在团队中的角色只能查看，不能修改。",
    answers: "已提交的内容",
    suspended_title: "正式环境调用已暂停",
    suspended_text: "在管理员解除暂停之前，正式环境的调用会被拒绝；沙箱不受影响。",
    closed_text: "该应用已关闭，正式环境的调用将永久被拒绝。",
    see_why: "查看原因",

    draft: "尚未提交申请。请回答以下问题、上传资料，然后提交。",
    submitted: "申请已提交，等待管理员审核。",
    in_review: "管理员正在审核您的申请。",
    changes_requested: "管理员要求修改。请根据各项旁边的意见修改后重新提交。",
    rejected: "申请已被驳回，原因见审核进度。",
    approved: "应用可以使用以下已通过的权限调用正式环境。",
};
