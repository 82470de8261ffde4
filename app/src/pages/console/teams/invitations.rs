//! The open invitations of a team, and the form that invites.

use super::team::INVITE_FORM;
use crate::{
    components::{Badge, Button, ButtonKind, Card, Column, Moment, Table, Tone},
    forms::{Field, FieldKind, Form, FormFlash, Select},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{TeamRole, ids::TeamId};
use tallyport_service::OpenInvitation;

#[component]
pub(super) fn InviteForm(team: TeamId, flash: FormFlash) -> impl IntoView {
    let own = &texts().teams;
    let roles = [TeamRole::Developer, TeamRole::Viewer, TeamRole::Owner]
        .iter()
        .map(|role| (role.as_str().to_owned(), own.role_line(*role)))
        .collect::<Vec<_>>();
    view! {
        <Card title=own.invite>
            <div class="stack">
                <p class="soft">{own.invite_text}</p>
                <Form name=INVITE_FORM action="/ui/invite_member" flash=flash>
                    <input type="hidden" name="team" value=team.to_string() />
                    <Field
                        name="email"
                        label=own.email
                        kind=FieldKind::Email
                        autocomplete="off"
                    />
                    <Select name="role" label=own.role options=roles />
                    <div class="form-actions">
                        <Button>{own.invite_submit}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}

#[component]
pub(super) fn InvitationTable(team: TeamId, invitations: Vec<OpenInvitation>, now_ms: i64) -> impl IntoView {
    let own = &texts().teams;
    if invitations.is_empty() {
        return view! { <p class="soft">{own.no_invitations}</p> }.into_any();
    }
    let columns = [own.email, own.role, own.invited_by, own.expires, own.resend].map(Column::text).to_vec();
    let rows = invitations.into_iter().map(|found| row(team, found, now_ms)).collect();
    view! { <Table caption=own.invitations columns=columns rows=rows /> }.into_any()
}

fn row(team: TeamId, found: OpenInvitation, now_ms: i64) -> Vec<AnyView> {
    let own = &texts().teams;
    let invitation = found.invitation;
    let at_ms = invitation.expires_at_ms;
    let expires = if at_ms <= now_ms {
        view! { <Badge text=own.expired tone=Tone::Caution /> }.into_any()
    } else {
        view! { <Moment at_ms=at_ms /> }.into_any()
    };
    let form = |action: &'static str, text: &'static str| {
        let label = format!("{text}: {}", invitation.email);
        view! {
            <form method="post" action=action aria-label=label>
                <input type="hidden" name="team" value=team.to_string() />
                <input type="hidden" name="invitation" value=invitation.id.to_string() />
                <Button kind=ButtonKind::Small>{text}</Button>
            </form>
        }
    };
    let forms = view! {
        <div class="row row-fixed">
            {form("/ui/resend_invitation", own.resend)} {form("/ui/withdraw_invitation", own.withdraw)}
        </div>
    };
    vec![
        invitation.email.clone().into_any(),
        own.role_name(invitation.role).into_any(),
        found.invited_by_name.into_any(),
        expires,
        forms.into_any(),
    ]
}
