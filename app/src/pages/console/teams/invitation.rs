//! Where the link of an invitation leads. Looking changes nothing; only the button accepts.

use super::TEAMS_PATH;
use crate::{
    components::{Banner, Button, ButtonKind, ButtonLink, Tone},
    functions::entry::{here, services, sign_in_path},
    layout::PublicFrame,
    pages::loaded::{keep_no_copy, loaded},
    percent_encoding::percent_encoded,
    visit::{texts, visit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_service::{Member, OpenInvitation, identity::EmailAddress};

/// The page's address, with the token of the mail.
pub(crate) fn invitation_path(token: &str) -> String {
    format!("/invitation?token={}", percent_encoded(token))
}

#[component]
pub(crate) fn InvitationPage() -> impl IntoView {
    let token = use_query_map().get_untracked().get("token").unwrap_or_default();
    let member = visit().signed_in;
    keep_no_copy();
    loaded(async move {
        let found = services()?.find_invitation(&token).await?;
        Ok(page(found, member, &token))
    })
}

fn page(found: Option<OpenInvitation>, member: Option<Member>, token: &str) -> AnyView {
    let own = &texts().teams;
    let Some(found) = found else {
        return view! {
            <PublicFrame title=own.dead_title narrow=true>
                <div class="account">
                    <h1>{own.dead_title}</h1>
                    <p class="lead">{own.dead_text}</p>
                    <ButtonLink href=TEAMS_PATH>{own.teams}</ButtonLink>
                </div>
            </PublicFrame>
        }
        .into_any();
    };
    let title = format!("{} {} {}", found.invited_by_name, own.invitation_title, found.team_name);
    let role = found.invitation.role;
    let action = action(&found, member, token);
    view! {
        <PublicFrame title=title.clone() narrow=true>
            <div class="account">
                <div class="stack-tight">
                    <h1>{title}</h1>
                    <p class="lead">
                        {own.invitation_as} <strong>{own.role_name(role)}</strong> {own.colon} {own.role_text(role)}
                    </p>
                </div>
                {action}
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn action(found: &OpenInvitation, member: Option<Member>, token: &str) -> AnyView {
    let own = &texts().teams;
    let Some(member) = member else {
        let back = invitation_path(token);
        let sign_up = format!("/signup?return_to={}", percent_encoded(&back));
        return view! {
            <div class="stack">
                <p>{own.sign_in_first}</p>
                <div class="row">
                    <ButtonLink
                        href=sign_in_path(&here(&back)).as_str()
                        kind=ButtonKind::Primary
                    >
                        {own.sign_in}
                    </ButtonLink>
                    <ButtonLink href=sign_up>{own.sign_up}</ButtonLink>
                </div>
            </div>
        }
        .into_any();
    };
    let own_key = member.email.parse::<EmailAddress>().ok().map(|address| address.key());
    if own_key.as_ref() != Some(&found.invitation.email_key) {
        return view! {
            <Banner tone=Tone::Caution title=own.other_title>
                <p>{own.other_text}</p>
            </Banner>
        }
        .into_any();
    }
    view! {
        <form method="post" action="/ui/accept_invitation">
            <input type="hidden" name="token" value=token.to_owned() />
            <Button kind=ButtonKind::PrimaryWide>{own.accept}</Button>
        </form>
    }
    .into_any()
}
