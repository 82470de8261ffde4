//! One team: its members, invitations and name.

use super::{
    TEAMS_PATH,
    invitations::{InvitationTable, InviteForm},
    members::MemberTable,
};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, ButtonLink, Card, CopyableId, Crumb, KeyValue, KeyValues},
    forms::{Field, Form, FormFlash},
    islands::LocalTimes,
    pages::console::{
        applications::APPLICATIONS_PATH,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
        notice,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{ids::TeamId, team::Power};
use tallyport_service::{Member, MembershipRecord, OpenInvitation, TeamMemberRecord};

/// The form that renames.
pub(crate) const RENAME_TEAM_FORM: &str = "rename_team";
/// The form that invites.
pub(crate) const INVITE_FORM: &str = "invite";

/// The page's address.
pub(crate) fn team_path(id: TeamId) -> String {
    format!("{TEAMS_PATH}/{id}")
}

/// Everything that the page shows.
struct Shown {
    member: Member,
    membership: MembershipRecord,
    members: Vec<TeamMemberRecord>,
    invitations: Vec<OpenInvitation>,
    rename: FormFlash,
    invite: FormFlash,
    notice: Option<AnyView>,
    now_ms: i64,
}

#[component]
pub(crate) fn TeamPage() -> impl IntoView {
    let id = id_in_path::<TeamId>("team");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(membership) = services.find_team(&member, id).await? else { return Ok(None) };
        let shown = Shown {
            membership,
            members: services.list_team_members(&member, id).await?,
            invitations: services.list_invitations(&member, id).await?,
            rename: FormFlash::take(RENAME_TEAM_FORM).await,
            invite: FormFlash::take(INVITE_FORM).await,
            notice: notice::take().await,
            now_ms: services.clock().now_ms(),
            member,
        };
        Ok(Some(page(shown)))
    })
}

fn page(shown: Shown) -> AnyView {
    let own = &texts().teams;
    let team = shown.membership.team;
    let role = shown.membership.role;
    let id = team.id;
    let owns = role.may(Power::Own);
    let way = vec![Crumb::link(own.teams, TEAMS_PATH), Crumb::here(team.name.clone())];
    let facts = vec![
        KeyValue::new(texts().console.id, view! { <CopyableId id=id.to_string() /> }),
        KeyValue::new(own.your_role, own.role_line(role)),
    ];
    let name = team.name.clone();
    let owner_parts = owns.then(|| {
        view! {
            <InvitationTable team=id invitations=shown.invitations now_ms=shown.now_ms />
            <InviteForm team=id flash=shown.invite />
            <Card title=own.rename>
                <Form name=RENAME_TEAM_FORM action="/ui/rename_team" flash=shown.rename>
                    <input type="hidden" name="team" value=id.to_string() />
                    <Field
                        name="name"
                        label=texts().console.name
                        value=team.name
                        autocomplete="organization"
                    />
                    <div class="form-actions">
                        <Button>{own.save}</Button>
                    </div>
                </Form>
            </Card>
        }
    });
    view! {
        <MemberFrame title=name.clone() current=TEAMS_PATH>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
                <ButtonLink href=format!(
                    "{APPLICATIONS_PATH}?team={id}",
                )>{own.applications_of_team}</ButtonLink>
            </div>
            <div class="console-sections">
                {shown.notice} <Card title=texts().console.details>
                    <KeyValues facts=facts />
                </Card>
                <MemberTable
                    team=id
                    reader=shown.member.developer_id
                    members=shown.members
                    owns=owns
                /> {owner_parts} {leaving(id)}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn leaving(id: TeamId) -> impl IntoView {
    let own = &texts().teams;
    view! {
        <Card title=own.leave>
            <div class="stack">
                <p>{own.leave_text}</p>
                <form method="post" action="/ui/leave_team">
                    <input type="hidden" name="team" value=id.to_string() />
                    <Button kind=ButtonKind::Danger>{own.leave_submit}</Button>
                </form>
            </div>
        </Card>
    }
}
