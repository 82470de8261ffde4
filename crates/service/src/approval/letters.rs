//! The mails about each step, in the reader's language.

use tallyport_domain::Language;
use tallyport_domain::approval::{Permission, PermissionSet, Step};
use tallyport_storage::approval::people::RecipientRecord;
use tallyport_storage::approval::subject::SubjectRecord;

use crate::mail::Letter;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The application's owners and developers.
    Team,
    /// The administrators.
    Administrators,
}

/// What a mail is about.
pub(super) struct About<'a> {
    pub(super) subject: &'a SubjectRecord,
    pub(super) step: Step,
    pub(super) note: &'a str,
    pub(super) to: Side,
    pub(super) reader: &'a RecipientRecord,
    pub(super) public_url: &'a str,
}

pub(super) fn write(about: &About<'_>) -> Letter {
    let language = about.reader.language;
    let name = &about.subject.name;
    let (subject, sentence) = words(about.step, language, name);
    let path = match about.to {
        Side::Team => format!("/console/applications/{}/permissions", about.subject.id),
        Side::Administrators => format!("/admin/approvals/{}", about.subject.id),
    };
    let greeting = match language {
        Language::En => format!("Hello {},", about.reader.name),
        Language::Zh => format!("{}，您好：", about.reader.name),
    };
    let mut text = format!("{greeting}\n\n{sentence}\n");
    if !about.note.is_empty() {
        text.push('\n');
        text.push_str(&noted(about.step, language, about.note));
        text.push('\n');
    }
    let see = match language {
        Language::En => "Everything about it is here:",
        Language::Zh => "详情请见：",
    };
    text.push_str(&format!("\n{see}\n{}{path}\n", about.public_url));
    Letter { subject, text }
}

/// The subject and the first sentence.
fn words(step: Step, language: Language, name: &str) -> (String, String) {
    let (en, en_text, zh, zh_text) = match step {
        Step::Submitted => (
            "was submitted for approval",
            "An application waits for your review:",
            "已提交审核",
            "有一个应用等待您审核：",
        ),
        Step::Withdrawn => (
            "was withdrawn",
            "Its team has taken the submission back. Nothing is left to do about:",
            "已撤回申请",
            "团队已撤回申请，无需再处理：",
        ),
        Step::ReviewStarted | Step::ReviewTakenOver => {
            ("is being reviewed", "An administrator has started to review:", "正在审核", "管理员已开始审核：")
        }
        Step::ChangesRequested => (
            "needs changes",
            "An administrator has looked at your submission and asks you to change something about:",
            "需要修改",
            "管理员已查看您的申请，请修改后重新提交：",
        ),
        Step::Approved => (
            "is approved",
            "Permissions in the live environment were approved for:",
            "已通过审核",
            "以下应用的正式环境权限已获批准：",
        ),
        Step::Rejected => {
            ("was rejected", "Your submission was rejected for:", "未通过审核", "以下应用的申请未获通过：")
        }
        Step::Suspended => (
            "is suspended",
            "Its calls in the live environment are refused from now on. The sandbox goes on for:",
            "已被暂停",
            "以下应用的正式环境调用即刻起被拒绝，沙箱不受影响：",
        ),
        Step::Reinstated => (
            "may go on",
            "The suspension is over. Calls in the live environment are accepted again for:",
            "已恢复",
            "暂停已解除，以下应用可继续在正式环境调用：",
        ),
        Step::PermissionSuspended => (
            "has lost a permission for now",
            "A permission in the live environment was suspended for:",
            "的一项权限已被暂停",
            "以下应用在正式环境的一项权限已被暂停：",
        ),
        Step::PermissionReinstated => (
            "has a permission back",
            "A permission in the live environment was given back to:",
            "的一项权限已恢复",
            "以下应用在正式环境的一项权限已恢复：",
        ),
        Step::Closed => ("is closed", "This application is closed for good:", "已关闭", "以下应用已永久关闭："),
    };
    match language {
        Language::En => (format!("{name} {en}"), format!("{en_text}\n{name}")),
        Language::Zh => (format!("「{name}」{zh}"), format!("{zh_text}\n{name}")),
    }
}

/// What stands behind the step: permissions by their names, anything else as it was written.
fn noted(step: Step, language: Language, note: &str) -> String {
    let is_list =
        matches!(step, Step::Submitted | Step::Approved | Step::PermissionSuspended | Step::PermissionReinstated);
    match (is_list.then(|| note.parse::<PermissionSet>()), language) {
        (Some(Ok(permissions)), Language::En) => format!("Permissions: {}", list(&permissions, language, ", ")),
        (Some(Ok(permissions)), Language::Zh) => format!("权限：{}", list(&permissions, language, "、")),
        (_, Language::En) => format!("What was written to it:\n{note}"),
        (_, Language::Zh) => format!("说明：\n{note}"),
    }
}

fn list(permissions: &PermissionSet, language: Language, between: &str) -> String {
    let name = |permission| match (permission, language) {
        (Permission::Payments, Language::En) => "payments",
        (Permission::Refunds, Language::En) => "refunds",
        (Permission::Accounts, Language::En) => "accounts",
        (Permission::Transfers, Language::En) => "transfers",
        (Permission::Webhooks, Language::En) => "webhooks",
        (Permission::Payments, Language::Zh) => "支付",
        (Permission::Refunds, Language::Zh) => "退款",
        (Permission::Accounts, Language::Zh) => "账户",
        (Permission::Transfers, Language::Zh) => "转账",
        (Permission::Webhooks, Language::Zh) => "回调通知",
    };
    permissions.iter().map(name).collect::<Vec<_>>().join(between)
}
