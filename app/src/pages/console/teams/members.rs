//! The members of a team, with the forms that change them for its owners.

use crate::{
    components::{Button, ButtonKind, Column, Moment, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    TeamRole,
    ids::{DeveloperId, TeamId},
};
use tallyport_service::TeamMemberRecord;

#[component]
pub(super) fn MemberTable(
    team: TeamId,
    reader: DeveloperId,
    members: Vec<TeamMemberRecord>,
    owns: bool,
) -> impl IntoView {
    let own = &texts().teams;
    let mut columns = [texts().console.name, own.email, own.role, own.since].map(Column::text).to_vec();
    if owns {
        columns.push(Column::text(own.remove));
    }
    let rows = members.into_iter().map(|member| row(team, reader, member, owns)).collect();
    view! { <Table caption=own.members columns=columns rows=rows /> }
}

fn row(team: TeamId, reader: DeveloperId, member: TeamMemberRecord, owns: bool) -> Vec<AnyView> {
    let own = &texts().teams;
    let at_ms = member.created_at_ms;
    let is_reader = member.developer_id == reader;
    let name = if is_reader { format!("{} ({})", member.name, own.you) } else { member.name.clone() };
    let role = if owns { role_form(team, &member) } else { own.role_name(member.role).into_any() };
    let mut cells =
        vec![view! { <span class="table-text">{name}</span> }.into_any(), member.email.clone().into_any(), role];
    cells.push(view! { <Moment at_ms=at_ms /> }.into_any());
    if owns {
        cells.push(if is_reader { ().into_any() } else { removal_form(team, &member) });
    }
    cells
}

fn role_form(team: TeamId, member: &TeamMemberRecord) -> AnyView {
    let own = &texts().teams;
    let options = TeamRole::ALL
        .iter()
        .map(|role| {
            let selected = *role == member.role;
            view! {
                <option value=role.as_str() selected=selected>
                    {own.role_name(*role)}
                </option>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/ui/change_member_role" class="row row-fixed">
            <input type="hidden" name="team" value=team.to_string() />
            <input type="hidden" name="member" value=member.developer_id.to_string() />
            <select
                class="field-input field-inline"
                name="role"
                autocomplete="off"
                aria-label=format!("{}{}", own.role_of, member.name)
            >
                {options}
            </select>
            <Button kind=ButtonKind::Small>{own.change_role}</Button>
        </form>
    }
    .into_any()
}

fn removal_form(team: TeamId, member: &TeamMemberRecord) -> AnyView {
    let own = &texts().teams;
    view! {
        <form
            method="post"
            action="/ui/remove_member"
            aria-label=format!("{} {}", own.remove, member.name)
        >
            <input type="hidden" name="team" value=team.to_string() />
            <input type="hidden" name="member" value=member.developer_id.to_string() />
            <Button kind=ButtonKind::Small>{own.remove}</Button>
        </form>
    }
    .into_any()
}
