//! Inviting into a team, and accepting.

use super::about::{about, done, not_done, refused};
use super::entry::{here, poster, services};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::teams::{
        TEAMS_PATH,
        invitation::invitation_path,
        team::{INVITE_FORM, team_path},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    TeamRole,
    ids::{InvitationId, TeamId},
};
use tallyport_service::{
    Member,
    teams::{AcceptRefusal, InvitationChangeRefusal, InviteRefusal},
};

/// Asks somebody into a team.
#[server(prefix = "/ui", endpoint = "invite_member")]
pub(crate) async fn invite_member(
    #[server(default)] team: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
) -> Result<(), ServerFnError> {
    about(&team, team_path, async |services, member, id: TeamId| {
        let own = &texts().teams;
        let role_chosen = role.parse().unwrap_or(TeamRole::Viewer);
        let fault = match services.invite(&member, id, &email, role_chosen).await {
            Ok(()) => return done(&team_path(id), own.done_invited).await,
            Err(InviteRefusal::Email) => own.email_fault,
            Err(InviteRefusal::MemberAlready) => own.member_already,
            Err(InviteRefusal::TooMany) => own.too_many_invitations,
            Err(InviteRefusal::Access(refusal)) => return refused(refusal),
        };
        let mut kept = FormFlash::new().keep("email", &email).keep("role", &role);
        kept.refuse("email", fault);
        kept.send_back(INVITE_FORM, &here(&format!("{}#{INVITE_FORM}", team_path(id)))).await
    })
    .await
}

/// Mails an invitation again.
#[server(prefix = "/ui", endpoint = "resend_invitation")]
pub(crate) async fn resend_invitation(
    #[server(default)] team: String,
    #[server(default)] invitation: String,
) -> Result<(), ServerFnError> {
    about(
        &invitation,
        |_: InvitationId| TEAMS_PATH.to_owned(),
        async |services, member, id| {
            let resent = services.resend_invitation(&member, id).await;
            changed(resent, &team, texts().teams.done_invited).await
        },
    )
    .await
}

/// Takes an invitation back.
#[server(prefix = "/ui", endpoint = "withdraw_invitation")]
pub(crate) async fn withdraw_invitation(
    #[server(default)] team: String,
    #[server(default)] invitation: String,
) -> Result<(), ServerFnError> {
    about(
        &invitation,
        |_: InvitationId| TEAMS_PATH.to_owned(),
        async |services, member, id| {
            let withdrawn = services.withdraw_invitation(&member, id).await;
            changed(withdrawn, &team, texts().teams.done_withdrawn).await
        },
    )
    .await
}

async fn changed(changed: Result<(), InvitationChangeRefusal>, team: &str, notice: &str) -> Result<(), Fault> {
    // The team is only where to go back to; what was allowed was decided by the invitation.
    let page = team.parse().map_or_else(|_| TEAMS_PATH.to_owned(), team_path);
    match changed {
        Ok(()) => done(&page, notice).await,
        Err(InvitationChangeRefusal::Gone) => not_done(&page, texts().teams.gone).await,
        Err(InvitationChangeRefusal::TooSoon) => not_done(&page, texts().teams.too_soon).await,
        Err(InvitationChangeRefusal::Access(refusal)) => refused(refusal),
    }
}

/// Accepts an invitation by the token of its link, or one of the reader's own by its id.
#[server(prefix = "/ui", endpoint = "accept_invitation")]
pub(crate) async fn accept_invitation(
    #[server(default)] token: String,
    #[server(default)] invitation: String,
) -> Result<(), ServerFnError> {
    let page = if token.is_empty() { TEAMS_PATH.to_owned() } else { invitation_path(&token) };
    let Some(member) = poster(&page) else { return Ok(()) };
    if let Err(fault) = accepted(&member, &token, &invitation).await {
        fault.report();
    }
    Ok(())
}

async fn accepted(member: &Member, token: &str, invitation: &str) -> Result<(), Fault> {
    let services = services()?;
    let joined = match invitation.parse() {
        Ok(id) if token.is_empty() => services.accept_own_invitation(member, id).await,
        _ => services.accept_invitation(member, token).await,
    };
    let own = &texts().teams;
    let why = match joined {
        Ok(team) => return done(&team_path(team), own.done_joined).await,
        Err(AcceptRefusal::Gone) => own.gone,
        Err(AcceptRefusal::OtherAddress) => own.other_text,
        Err(AcceptRefusal::Unverified) => own.unverified,
        Err(AcceptRefusal::Full) => own.full,
        Err(AcceptRefusal::Service(error)) => return Err(error.into()),
    };
    not_done(TEAMS_PATH, why).await
}
