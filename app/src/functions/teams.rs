//! Making and renaming teams, and changing their members.

use super::about::{about, done, go, not_done, refused};
use super::entry::{here, poster, services};
use super::keys::unknown;
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::teams::{
        TEAMS_PATH,
        list::NEW_TEAM_FORM,
        team::{RENAME_TEAM_FORM, team_path},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    TeamRole,
    ids::{DeveloperId, TeamId},
    team::RosterRefusal,
};
use tallyport_service::{
    Member,
    teams::{ChangeMembersRefusal, NameTeamRefusal},
};

/// Makes one more team.
#[server(prefix = "/ui", endpoint = "make_team")]
pub(crate) async fn make_team(#[server(default)] name: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(TEAMS_PATH) else { return Ok(()) };
    if let Err(fault) = made(&member, &name).await {
        fault.report();
    }
    Ok(())
}

async fn made(member: &Member, name: &str) -> Result<(), Fault> {
    let fault = match services()?.make_team(member, name).await {
        Ok(id) => {
            go(&team_path(id));
            return Ok(());
        }
        Err(NameTeamRefusal::Name) => texts().teams.name_fault,
        Err(NameTeamRefusal::TooMany) => texts().teams.too_many_teams,
        Err(NameTeamRefusal::Access(refusal)) => return refused(refusal),
    };
    let mut kept = FormFlash::new().keep("name", name);
    kept.refuse("name", fault);
    kept.send_back(NEW_TEAM_FORM, &here(TEAMS_PATH)).await
}

/// Gives a team another name.
#[server(prefix = "/ui", endpoint = "rename_team")]
pub(crate) async fn rename_team(
    #[server(default)] team: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    about(&team, team_path, async |services, member, id: TeamId| match services.rename_team(&member, id, &name).await {
        Ok(()) => done(&team_path(id), texts().teams.done_saved).await,
        Err(NameTeamRefusal::Name | NameTeamRefusal::TooMany) => {
            let mut kept = FormFlash::new().keep("name", &name);
            kept.refuse("name", texts().teams.name_fault);
            kept.send_back(RENAME_TEAM_FORM, &here(&team_path(id))).await
        }
        Err(NameTeamRefusal::Access(refusal)) => refused(refusal),
    })
    .await
}

/// Gives a member another role.
#[server(prefix = "/ui", endpoint = "change_member_role")]
pub(crate) async fn change_member_role(
    #[server(default)] team: String,
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), ServerFnError> {
    about(&team, team_path, async |services, poster, id: TeamId| {
        let (Ok(who), Ok(role)) = (member.parse::<DeveloperId>(), role.parse::<TeamRole>()) else {
            return unknown();
        };
        let changed = services.change_member_role(&poster, id, who, role).await;
        answered(changed, &team_path(id), &team_path(id), texts().teams.done_saved).await
    })
    .await
}

/// Takes a member out.
#[server(prefix = "/ui", endpoint = "remove_member")]
pub(crate) async fn remove_member(
    #[server(default)] team: String,
    #[server(default)] member: String,
) -> Result<(), ServerFnError> {
    about(&team, team_path, async |services, poster, id: TeamId| {
        let Ok(who) = member.parse::<DeveloperId>() else { return unknown() };
        let removed = services.remove_member(&poster, id, who).await;
        // Whoever takes themselves out does not see the team any more.
        let next = if who == poster.developer_id { TEAMS_PATH.to_owned() } else { team_path(id) };
        answered(removed, &team_path(id), &next, texts().teams.done_removed).await
    })
    .await
}

/// Leaves a team.
#[server(prefix = "/ui", endpoint = "leave_team")]
pub(crate) async fn leave_team(#[server(default)] team: String) -> Result<(), ServerFnError> {
    about(&team, team_path, async |services, member, id: TeamId| {
        let left = services.leave_team(&member, id).await;
        answered(left, &team_path(id), TEAMS_PATH, texts().teams.done_left).await
    })
    .await
}

async fn answered(
    changed: Result<(), ChangeMembersRefusal>,
    page: &str,
    next: &str,
    notice: &str,
) -> Result<(), Fault> {
    match changed {
        Ok(()) => done(next, notice).await,
        Err(ChangeMembersRefusal::Roster(RosterRefusal::LastOwner)) => not_done(page, texts().teams.last_owner).await,
        Err(ChangeMembersRefusal::Roster(RosterRefusal::NotAMember)) => unknown(),
        Err(ChangeMembersRefusal::Access(refusal)) => refused(refusal),
    }
}
