//! What people are written about their teams, in their language.

use tallyport_domain::{Language, TeamRole};

use crate::mail::Letter;

const fn role_name(language: Language, role: TeamRole) -> &'static str {
    match (language, role) {
        (Language::En, TeamRole::Owner) => "owner",
        (Language::En, TeamRole::Developer) => "developer",
        (Language::En, TeamRole::Viewer) => "viewer",
        (Language::Zh, TeamRole::Owner) => "所有者",
        (Language::Zh, TeamRole::Developer) => "开发者",
        (Language::Zh, TeamRole::Viewer) => "查看者",
    }
}

/// Somebody is asked into a team; the link lets the reader accept.
pub(super) fn invitation(language: Language, team: &str, by: &str, role: TeamRole, link: &str) -> Letter {
    let role = role_name(language, role);
    match language {
        Language::En => Letter {
            subject: format!("{by} invites you to the team {team}"),
            text: format!(
                "{by} invites you to the team {team} on Tallyport, as {role}.\n\n\
                 Open this link within seven days to accept; it works once:\n{link}\n\n\
                 If you do not know {by}, do nothing: without you nothing happens.\n"
            ),
        },
        Language::Zh => Letter {
            subject: format!("{by} 邀请您加入团队“{team}”"),
            text: format!(
                "{by} 邀请您以{role}的身份加入 Tallyport 上的团队“{team}”。\n\n\
                 请在七天内打开以下链接接受邀请，链接仅可使用一次：\n{link}\n\n\
                 如果您不认识 {by}，无需理会此邮件，不会发生任何变化。\n"
            ),
        },
    }
}

/// The one who invited hears that it was accepted.
pub(super) fn accepted(language: Language, team: &str, who: &str) -> Letter {
    match language {
        Language::En => Letter {
            subject: format!("{who} joined the team {team}"),
            text: format!("{who} accepted your invitation and is now in the team {team}.\n"),
        },
        Language::Zh => Letter {
            subject: format!("{who} 已加入团队“{team}”"),
            text: format!("{who} 接受了您的邀请，现已加入团队“{team}”。\n"),
        },
    }
}

/// A member got another role.
pub(super) fn role_changed(language: Language, team: &str, by: &str, role: TeamRole) -> Letter {
    let role = role_name(language, role);
    match language {
        Language::En => Letter {
            subject: format!("Your role in the team {team} is now {role}"),
            text: format!("{by} changed your role in the team {team} to {role}.\n"),
        },
        Language::Zh => Letter {
            subject: format!("您在团队“{team}”中的角色已变为{role}"),
            text: format!("{by} 将您在团队“{team}”中的角色改为{role}。\n"),
        },
    }
}

/// A member was taken out.
pub(super) fn removed(language: Language, team: &str, by: &str) -> Letter {
    match language {
        Language::En => Letter {
            subject: format!("You are no longer in the team {team}"),
            text: format!("{by} removed you from the team {team}. Its applications are no longer shown to you.\n"),
        },
        Language::Zh => Letter {
            subject: format!("您已不在团队“{team}”中"),
            text: format!("{by} 已将您移出团队“{team}”，您将无法再看到该团队的应用。\n"),
        },
    }
}

/// An application of the team is no more.
pub(super) fn application_closed(language: Language, application: &str, by: &str) -> Letter {
    match language {
        Language::En => Letter {
            subject: format!("The application {application} was closed"),
            text: format!(
                "{by} closed the application {application}. Its keys have stopped working for good; its payments \
                 remain visible.\n"
            ),
        },
        Language::Zh => Letter {
            subject: format!("应用“{application}”已关闭"),
            text: format!("{by} 关闭了应用“{application}”。其密钥已永久失效，支付记录仍可查看。\n"),
        },
    }
}
