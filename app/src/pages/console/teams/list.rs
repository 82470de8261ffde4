//! The teams that the reader is in, and those that they are invited to.

use super::{TEAMS_PATH, team::team_path};
use crate::{
    components::{Button, ButtonKind, Card, Column, Moment, PageHead, Table},
    forms::{Field, Form, FormFlash},
    islands::LocalTimes,
    pages::console::{frame::MemberFrame, member_page::member_page, notice},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::{MembershipRecord, OpenInvitation};

/// The form of a new team.
pub(crate) const NEW_TEAM_FORM: &str = "new_team";

#[component]
pub(crate) fn TeamsPage() -> impl IntoView {
    member_page(|services, member| async move {
        let teams = services.list_teams(&member).await?;
        let invitations = services.list_own_invitations(&member).await?;
        let flash = FormFlash::take(NEW_TEAM_FORM).await;
        Ok(Some(page(teams, invitations, flash, notice::take().await)))
    })
}

fn page(
    teams: Vec<MembershipRecord>,
    invitations: Vec<OpenInvitation>,
    flash: FormFlash,
    notice: Option<AnyView>,
) -> AnyView {
    let own = &texts().teams;
    let console = &texts().console;
    let columns = vec![Column::text(console.name), Column::text(own.your_role), Column::text(console.created)];
    let rows = teams.into_iter().map(row).collect();
    view! {
        <MemberFrame title=own.teams current=TEAMS_PATH>
            <PageHead title=own.teams lead=own.lead />
            <div class="console-sections">
                {notice} {own_invitations(invitations)}
                <Table caption=own.teams columns=columns rows=rows /> <Card title=own.new_team>
                    <Form name=NEW_TEAM_FORM action="/ui/make_team" flash=flash>
                        <Field
                            name="name"
                            label=console.name
                            hint=own.new_team_hint
                            autocomplete="organization"
                        />
                        <div class="form-actions">
                            <Button>{own.make}</Button>
                        </div>
                    </Form>
                </Card>
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn row(membership: MembershipRecord) -> Vec<AnyView> {
    let href = team_path(membership.team.id);
    let at_ms = membership.team.created_at_ms;
    vec![
        view! { <a class="table-link" href=href>{membership.team.name}</a> }.into_any(),
        texts().teams.role_name(membership.role).into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}

fn own_invitations(invitations: Vec<OpenInvitation>) -> Option<AnyView> {
    let own = &texts().teams;
    if invitations.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text(texts().applications.team),
        Column::text(own.role),
        Column::text(own.invited_by),
        Column::text(own.expires),
        Column::text(own.accept),
    ];
    let rows = invitations
        .into_iter()
        .map(|found| {
            let invitation = found.invitation;
            let at_ms = invitation.expires_at_ms;
            let label = format!("{}{}{}", own.accept, own.colon, found.team_name);
            vec![
                found.team_name.into_any(),
                own.role_name(invitation.role).into_any(),
                found.invited_by_name.into_any(),
                view! { <Moment at_ms=at_ms /> }.into_any(),
                view! {
                    <form method="post" action="/ui/accept_invitation" aria-label=label>
                        <input type="hidden" name="invitation" value=invitation.id.to_string() />
                        <Button kind=ButtonKind::Small>{own.accept}</Button>
                    </form>
                }
                .into_any(),
            ]
        })
        .collect();
    Some(view! { <Table caption=own.own_invitations columns=columns rows=rows /> }.into_any())
}
