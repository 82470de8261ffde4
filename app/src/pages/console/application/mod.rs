//! One application: its facts, and the forms that change it for those who may.

mod closing;
mod picture;
mod settings;

use super::{
    applications::APPLICATIONS_PATH,
    client_settings::client_settings_path,
    frame::MemberFrame,
    keys::keys_path,
    member_page::{id_in_path, member_page},
    notice,
    test_holders::test_holders_path,
};
use crate::{
    components::{Badge, Banner, Breadcrumbs, ButtonLink, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment, Tone},
    forms::FormFlash,
    islands::LocalTimes,
    visit::texts,
};
use closing::Closing;
use leptos::prelude::*;
pub(super) use picture::ApplicationIcon;
use picture::IconForm;
use settings::{NetworksForm, ProfileForm, RedirectUrisForm, SignatureForm};
use tallyport_domain::{Environment, TeamRole, ids::AppId, team::Power};
use tallyport_service::{ApplicationRecord, Member, ServiceError, Services, TeamRecord};

/// The form of name and description.
pub(crate) const PROFILE_FORM: &str = "application_profile";
/// The form of the icon.
pub(crate) const ICON_FORM: &str = "application_icon";
/// The form of the redirect URIs.
pub(crate) const REDIRECT_URIS_FORM: &str = "application_redirect_uris";
/// The form of the allowed networks.
pub(crate) const NETWORKS_FORM: &str = "application_networks";
/// The form of the sandbox's signatures.
pub(crate) const SIGNATURE_FORM: &str = "application_signature";
/// The form that closes.
pub(crate) const CLOSE_FORM: &str = "application_close";

/// The page's address.
pub(crate) fn application_path(id: AppId) -> String {
    format!("{APPLICATIONS_PATH}/{id}")
}

/// The address of the application's payments.
pub(super) fn payments_path(id: AppId) -> String {
    format!("{APPLICATIONS_PATH}/{id}/payments")
}

/// Everything that the page shows.
struct Shown {
    application: ApplicationRecord,
    role: TeamRole,
    team: Option<TeamRecord>,
    icon_revision: Option<String>,
    profile: FormFlash,
    icon: FormFlash,
    redirect_uris: FormFlash,
    networks: FormFlash,
    close: FormFlash,
    notice: Option<AnyView>,
}

impl Shown {
    /// Whether the reader may change something here.
    fn may(&self, power: Power) -> bool {
        self.role.may(power) && self.application.closed_at_ms.is_none()
    }
}

#[component]
pub(crate) fn ApplicationPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        Ok(load(&services, &member, id).await?.map(page))
    })
}

async fn load(services: &Services, member: &Member, id: AppId) -> Result<Option<Shown>, ServiceError> {
    let Some(found) = services.find_application_of_member(member, id).await? else { return Ok(None) };
    let team = services.find_team(member, found.application.team_id).await?;
    Ok(Some(Shown {
        role: found.role,
        team: team.map(|membership| membership.team),
        icon_revision: services.find_icon_revision(member, id).await?,
        profile: FormFlash::take(PROFILE_FORM).await,
        icon: FormFlash::take(ICON_FORM).await,
        redirect_uris: FormFlash::take(REDIRECT_URIS_FORM).await,
        networks: FormFlash::take(NETWORKS_FORM).await,
        close: FormFlash::take(CLOSE_FORM).await,
        notice: notice::take().await,
        application: found.application,
    }))
}

fn page(shown: Shown) -> AnyView {
    let console = &texts().console;
    let own = &texts().applications;
    let application = shown.application.clone();
    let (id, name) = (application.id, application.name.clone());
    let way = vec![Crumb::link(console.applications, APPLICATIONS_PATH), Crumb::here(name.clone())];
    let closed = application.closed_at_ms.is_some().then(|| {
        view! {
            <Banner tone=Tone::Caution title=own.closed_title>
                <p>{own.closed_text}</p>
            </Banner>
        }
    });
    let facts = facts(&shown);
    let revision = shown.icon_revision.clone();
    let sections = sections(&shown);
    view! {
        <MemberFrame title=name.clone() current=application_path(id) application=Some(application)>
            <Breadcrumbs way=way />
            <div class="page-head">
                <div class="application-title">
                    <ApplicationIcon id=id revision=revision large=true />
                    <h1>{name}</h1>
                </div>
                <ButtonLink href=keys_path(id, Environment::Sandbox)>{texts().keys.title}</ButtonLink>
            </div>
            <div class="console-sections">
                {shown.notice} {closed} <Card title=console.details>
                    <KeyValues facts=facts />
                </Card> {sections}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

/// What everybody in the team sees; whoever may change it sees it in the forms instead.
fn facts(shown: &Shown) -> Vec<KeyValue> {
    let console = &texts().console;
    let own = &texts().applications;
    let application = &shown.application;
    let (id, at_ms) = (application.id, application.created_at_ms);
    let (state, tone) =
        if application.closed_at_ms.is_some() { (own.closed, Tone::Plain) } else { (own.open, Tone::Good) };
    let mut facts = vec![
        KeyValue::new(console.id, view! { <CopyableId id=id.to_string() /> }),
        KeyValue::new(console.state, view! { <Badge text=state tone=tone /> }),
    ];
    facts.extend(shown.team.as_ref().map(|team| {
        let href = super::teams::team::team_path(team.id);
        KeyValue::new(own.team, view! { <a href=href>{team.name.clone()}</a> })
    }));
    facts.push(KeyValue::new(own.made_by_role, texts().teams.role_name(shown.role)));
    facts.push(KeyValue::new(console.created, view! { <Moment at_ms=at_ms /> }));
    if !shown.may(Power::Develop) {
        let or = |text: String, none: &'static str| if text.is_empty() { none.to_owned() } else { text };
        let lines = |text: String| view! { <span class="lines">{text}</span> };
        facts.push(KeyValue::new(console.description, lines(or(application.description.clone(), own.none))));
        facts.push(KeyValue::new(own.redirect_uris, lines(or(application.redirect_uris.to_string(), own.none))));
        facts.push(KeyValue::new(own.networks, lines(or(application.networks.to_string(), own.everywhere))));
    }
    facts
}

fn sections(shown: &Shown) -> AnyView {
    let application = &shown.application;
    let id = application.id;
    let develops = shown.may(Power::Develop).then(|| {
        view! {
            <ProfileForm application=application.clone() flash=shown.profile.clone() />
            <IconForm id=id revision=shown.icon_revision.clone() flash=shown.icon.clone() />
            <RedirectUrisForm application=application.clone() flash=shown.redirect_uris.clone() />
            <NetworksForm application=application.clone() flash=shown.networks.clone() />
            <SignatureForm application=application.clone() />
        }
    });
    let oauth = oauth(id, shown.role.may(Power::Develop));
    let owns = shown.may(Power::Own).then(|| view! { <Closing id=id flash=shown.close.clone() /> });
    view! {
        {oauth}
        {develops}
        {owns}
    }
    .into_any()
}

/// The ways to what the authorization server knows of the application.
fn oauth(id: AppId, develops: bool) -> AnyView {
    let own = &texts().client_settings;
    let holders = develops.then(|| {
        view! { <ButtonLink href=test_holders_path(id)>{texts().holder.test_title}</ButtonLink> }
    });
    view! {
        <Card title=own.title>
            <p>{own.lead}</p>
            <div class="form-actions">
                <ButtonLink href=client_settings_path(id, Environment::Sandbox)>{own.title}</ButtonLink>
                {holders}
            </div>
        </Card>
    }
    .into_any()
}
