//! Texts of approval that both sides read: states, permissions, questions, steps, documents.

use tallyport_domain::approval::{
    ApprovalStatus, DocumentFault, Field, FieldFault, Permission, PermissionStatus, Step, Volume,
};

/// A name and what it means.
pub(crate) type Named = (&'static str, &'static str);

/// Texts of approval that both sides read.
pub(crate) struct ApprovalTexts {
    pub(crate) permissions: &'static str,
    pub(crate) permission: &'static str,
    pub(crate) allows: &'static str,
    pub(crate) scopes: &'static str,
    pub(crate) no_scopes: &'static str,
    pub(crate) state: &'static str,
    pub(crate) decided: &'static str,
    pub(crate) change: &'static str,
    pub(crate) documents: &'static str,
    pub(crate) no_documents: &'static str,
    pub(crate) timeline: &'static str,
    pub(crate) no_steps: &'static str,
    pub(crate) submission: &'static str,
    pub(crate) by: &'static str,
    pub(crate) reviewer: &'static str,
    pub(crate) operator: &'static str,
    pub(crate) remark: &'static str,
    pub(crate) not_answered: &'static str,
    pub(crate) between: &'static str,
    pub(crate) colon: &'static str,
    pub(crate) sha256: &'static str,

    draft: &'static str,
    submitted: &'static str,
    in_review: &'static str,
    changes_requested: &'static str,
    rejected: &'static str,
    approved: &'static str,
    suspended: &'static str,
    closed: &'static str,
    not_asked: &'static str,
    not_approved: &'static str,

    payments: Named,
    refunds: Named,
    accounts: Named,
    transfers: Named,
    webhooks: Named,

    purpose: Named,
    wanted: Named,
    legal_name: Named,
    registration_number: Named,
    country: Named,
    website: Named,
    contact_name: Named,
    contact_email: Named,
    monthly_volume: Named,
    papers: Named,

    pub(crate) choose: &'static str,
    under_10k: &'static str,
    to_100k: &'static str,
    to_1m: &'static str,
    to_10m: &'static str,
    over_10m: &'static str,

    missing: &'static str,
    too_short: &'static str,
    too_long: &'static str,
    malformed: &'static str,
    nothing_new: &'static str,
    malformed_country: &'static str,
    malformed_website: &'static str,
    malformed_email: &'static str,
    missing_permissions: &'static str,
    missing_documents: &'static str,

    document_empty: &'static str,
    document_too_large: &'static str,
    document_type: &'static str,
    documents_too_many: &'static str,
    documents_too_large: &'static str,
    document_twice: &'static str,

    step_submitted: &'static str,
    step_withdrawn: &'static str,
    step_review_started: &'static str,
    step_taken_over: &'static str,
    step_changes: &'static str,
    step_approved: &'static str,
    step_rejected: &'static str,
    step_suspended: &'static str,
    step_reinstated: &'static str,
    step_permission_suspended: &'static str,
    step_permission_reinstated: &'static str,
    step_closed: &'static str,
}

impl ApprovalTexts {
    /// Where an application stands, in a word or two.
    pub(crate) const fn status(&self, status: ApprovalStatus) -> &'static str {
        match status {
            ApprovalStatus::Draft => self.draft,
            ApprovalStatus::Submitted => self.submitted,
            ApprovalStatus::InReview => self.in_review,
            ApprovalStatus::ChangesRequested => self.changes_requested,
            ApprovalStatus::Rejected => self.rejected,
            ApprovalStatus::Approved => self.approved,
            ApprovalStatus::Suspended => self.suspended,
            ApprovalStatus::Closed => self.closed,
        }
    }

    /// Where a permission stands.
    pub(crate) const fn permission_status(&self, status: PermissionStatus) -> &'static str {
        match status {
            PermissionStatus::NotAsked => self.not_asked,
            PermissionStatus::Submitted => self.submitted,
            PermissionStatus::InReview => self.in_review,
            PermissionStatus::ChangesRequested => self.changes_requested,
            PermissionStatus::Rejected => self.not_approved,
            PermissionStatus::Approved => self.approved,
            PermissionStatus::Suspended => self.suspended,
            PermissionStatus::Closed => self.closed,
        }
    }

    /// A permission and what it allows.
    pub(crate) const fn permission(&self, permission: Permission) -> Named {
        match permission {
            Permission::Payments => self.payments,
            Permission::Refunds => self.refunds,
            Permission::Accounts => self.accounts,
            Permission::Transfers => self.transfers,
            Permission::Webhooks => self.webhooks,
        }
    }

    /// A question and what helps to answer it.
    pub(crate) const fn question(&self, field: Field) -> Named {
        match field {
            Field::Purpose => self.purpose,
            Field::Permissions => self.wanted,
            Field::LegalName => self.legal_name,
            Field::RegistrationNumber => self.registration_number,
            Field::Country => self.country,
            Field::Website => self.website,
            Field::ContactName => self.contact_name,
            Field::ContactEmail => self.contact_email,
            Field::MonthlyVolume => self.monthly_volume,
            Field::Documents => self.papers,
        }
    }

    /// An expected volume.
    pub(crate) const fn volume(&self, volume: Volume) -> &'static str {
        match volume {
            Volume::Small => self.under_10k,
            Volume::Medium => self.to_100k,
            Volume::Large => self.to_1m,
            Volume::Great => self.to_10m,
            Volume::Huge => self.over_10m,
        }
    }

    /// What is wrong with an answer, with the question's name, for the list of all faults.
    pub(crate) fn fault(&self, field: Field, fault: FieldFault) -> String {
        format!("{}{}{}", self.question(field).0, self.colon, self.bare_fault(field, fault))
    }

    const fn bare_fault(&self, field: Field, fault: FieldFault) -> &'static str {
        match (fault, field) {
            (FieldFault::Missing, Field::Permissions) => self.missing_permissions,
            (FieldFault::Missing, Field::Documents) => self.missing_documents,
            (FieldFault::Missing, _) => self.missing,
            (FieldFault::TooShort, _) => self.too_short,
            (FieldFault::TooLong, _) => self.too_long,
            (FieldFault::NothingNew, _) => self.nothing_new,
            (FieldFault::Malformed, Field::Country) => self.malformed_country,
            (FieldFault::Malformed, Field::Website) => self.malformed_website,
            (FieldFault::Malformed, Field::ContactEmail) => self.malformed_email,
            (FieldFault::Malformed, _) => self.malformed,
        }
    }

    /// Why a document is not taken.
    pub(crate) const fn document_fault(&self, fault: DocumentFault) -> &'static str {
        match fault {
            DocumentFault::Empty => self.document_empty,
            DocumentFault::TooLarge => self.document_too_large,
            DocumentFault::Type => self.document_type,
            DocumentFault::TooMany => self.documents_too_many,
            DocumentFault::TooLargeTogether => self.documents_too_large,
            DocumentFault::Twice => self.document_twice,
        }
    }

    /// A step of the timeline.
    pub(crate) const fn step(&self, step: Step) -> &'static str {
        match step {
            Step::Submitted => self.step_submitted,
            Step::Withdrawn => self.step_withdrawn,
            Step::ReviewStarted => self.step_review_started,
            Step::ReviewTakenOver => self.step_taken_over,
            Step::ChangesRequested => self.step_changes,
            Step::Approved => self.step_approved,
            Step::Rejected => self.step_rejected,
            Step::Suspended => self.step_suspended,
            Step::Reinstated => self.step_reinstated,
            Step::PermissionSuspended => self.step_permission_suspended,
            Step::PermissionReinstated => self.step_permission_reinstated,
            Step::Closed => self.step_closed,
        }
    }
}

pub(super) const EN: ApprovalTexts = ApprovalTexts {
    permissions: "Live permissions",
    permission: "Permission",
    allows: "What it allows",
    scopes: "Scopes",
    no_scopes: "None yet",
    state: "State",
    decided: "Decided",
    change: "Change",
    documents: "Documents",
    no_documents: "No documents.",
    timeline: "Timeline",
    no_steps: "Nothing has happened yet.",
    submission: "Submission",
    by: "by ",
    reviewer: "Review team",
    operator: "Operator",
    remark: "To be changed",
    not_answered: "Not answered",
    between: ", ",
    colon: ": ",
    sha256: "SHA-256",

    draft: "Not submitted",
    submitted: "Submitted",
    in_review: "In review",
    changes_requested: "Changes requested",
    rejected: "Rejected",
    approved: "Approved",
    suspended: "Suspended",
    closed: "Closed",
    not_asked: "Not asked for",
    not_approved: "Not approved",

    payments: ("Payments", "Take payments and look them up."),
    refunds: ("Refunds", "Give back what was paid, in full or in part."),
    accounts: ("Accounts", "Read balances, statements and what is booked."),
    transfers: ("Transfers", "Move money between accounts and pay it out."),
    webhooks: ("Webhooks", "Read events. They are not sent to an address of yours yet."),

    purpose: (
        "What the application does",
        "Who pays, for what, and how the money moves. At least 30 characters; reviewers read this first.",
    ),
    wanted: ("Permissions", "Ask for what the application needs now; you may ask for more later."),
    legal_name: ("Company name", "As it is registered."),
    registration_number: ("Registration number", "Of the company register or the tax office."),
    country: ("Country", "Where the company is registered, as two letters: CN, DE, SG."),
    website: ("Website", "Where customers find you, beginning with https://."),
    contact_name: ("Contact person", "Who answers our questions."),
    contact_email: ("Contact e-mail", "Where that person is reached."),
    monthly_volume: ("Expected volume per month", "All payments together, converted to US dollars."),
    papers: (
        "Documents",
        "Company registration, licences, identity of the owners. PDF, PNG or JPEG, 5 MB each, at most 10.",
    ),

    choose: "Please choose",
    under_10k: "Under 10,000",
    to_100k: "10,000 to 100,000",
    to_1m: "100,000 to 1 million",
    to_10m: "1 to 10 million",
    over_10m: "Over 10 million",

    missing: "please answer this.",
    too_short: "please say more, at least 30 characters.",
    too_long: "this is too long.",
    malformed: "this is not a value that fits here.",
    nothing_new: "the application has these already; choose one that it does not have.",
    malformed_country: "enter two capital letters, such as CN or DE.",
    malformed_website: "enter an address such as https://shop.example.",
    malformed_email: "enter an address such as name@shop.example.",
    missing_permissions: "choose at least one.",
    missing_documents: "add at least one.",

    document_empty: "Choose a file that is not empty.",
    document_too_large: "The file is larger than 5 MB.",
    document_type: "Only PDF, PNG and JPEG are taken, and the file has to be nothing else.",
    documents_too_many: "There are 10 documents already. Remove one first.",
    documents_too_large: "All documents together are too large. Remove one first.",
    document_twice: "This document is there already.",

    step_submitted: "Submitted",
    step_withdrawn: "Withdrawn",
    step_review_started: "Review started",
    step_taken_over: "Review taken over",
    step_changes: "Changes requested",
    step_approved: "Approved",
    step_rejected: "Rejected",
    step_suspended: "Suspended",
    step_reinstated: "Suspension lifted",
    step_permission_suspended: "Permission suspended",
    step_permission_reinstated: "Permission given back",
    step_closed: "Closed",
};

pub(super) const ZH: ApprovalTexts = ApprovalTexts {
    permissions: "正式环境权限",
    permission: "权限",
    allows: "用途",
    scopes: "权限范围",
    no_scopes: "暂无",
    state: "状态",
    decided: "决定时间",
    change: "操作",
    documents: "资料",
    no_documents: "没有资料。",
    timeline: "审核进度",
    no_steps: "还没有任何记录。",
    submission: "申请",
    by: "操作人：",
    reviewer: "审核团队",
    operator: "运维人员",
    remark: "需要修改",
    not_answered: "未填写",
    between: "、",
    colon: "：",
    sha256: "SHA-256",

    draft: "未提交",
    submitted: "已提交",
    in_review: "审核中",
    changes_requested: "待修改",
    rejected: "已驳回",
    approved: "已通过",
    suspended: "已暂停",
    closed: "已关闭",
    not_asked: "未申请",
    not_approved: "未通过",

    payments: ("支付", "发起支付并查询支付结果。"),
    refunds: ("退款", "将已收款项全部或部分退回。"),
    accounts: ("账户", "查询余额、账单和账务明细。"),
    transfers: ("转账", "在账户之间转账以及提现。"),
    webhooks: ("回调通知", "查询事件。目前尚不推送到您的地址。"),

    purpose: ("应用用途", "谁付款、为什么付款、资金如何流转。至少 30 个字符，审核人员会首先阅读这一项。"),
    wanted: ("申请的权限", "只申请当前需要的权限，以后可以追加。"),
    legal_name: ("公司名称", "与工商登记一致。"),
    registration_number: ("注册号", "统一社会信用代码、商业登记号或税号。"),
    country: ("国家或地区", "公司注册地的两位字母代码，例如 CN、SG、DE。"),
    website: ("网站", "客户访问的网址，以 https:// 开头。"),
    contact_name: ("联系人", "负责答复审核问题的人。"),
    contact_email: ("联系邮箱", "联系人的邮箱地址。"),
    monthly_volume: ("预计月交易额", "所有支付合计，折合美元。"),
    papers: ("资料", "营业执照、许可证、实际控制人身份证明等。支持 PDF、PNG、JPEG，每份不超过 5 MB，最多 10 份。"),

    choose: "请选择",
    under_10k: "1 万以下",
    to_100k: "1 万至 10 万",
    to_1m: "10 万至 100 万",
    to_10m: "100 万至 1000 万",
    over_10m: "1000 万以上",

    missing: "请填写此项。",
    too_short: "请说明得更详细一些，至少 30 个字符。",
    too_long: "内容过长。",
    malformed: "内容不符合要求。",
    nothing_new: "应用已拥有这些权限，请选择尚未拥有的权限。",
    malformed_country: "请填写两位大写字母代码，例如 CN 或 SG。",
    malformed_website: "请填写网址，例如 https://shop.example。",
    malformed_email: "请填写邮箱地址，例如 name@shop.example。",
    missing_permissions: "请至少选择一项权限。",
    missing_documents: "请至少上传一份资料。",

    document_empty: "请选择一个非空文件。",
    document_too_large: "文件超过 5 MB。",
    document_type: "仅支持 PDF、PNG 和 JPEG，且文件中不能夹带其他内容。",
    documents_too_many: "已有 10 份资料，请先移除一份。",
    documents_too_large: "资料总大小超出上限，请先移除一份。",
    document_twice: "这份资料已经上传过了。",

    step_submitted: "已提交",
    step_withdrawn: "已撤回",
    step_review_started: "开始审核",
    step_taken_over: "更换审核人",
    step_changes: "要求修改",
    step_approved: "审核通过",
    step_rejected: "已驳回",
    step_suspended: "已暂停",
    step_reinstated: "暂停已解除",
    step_permission_suspended: "权限已暂停",
    step_permission_reinstated: "权限已恢复",
    step_closed: "已关闭",
};
