//! What an application is to the authorization server, in one environment.

use super::{
    application::application_path,
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
    notice,
};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, Card, CopyableId, Crumb, KeyValue, KeyValues, PageTab, PageTabs},
    forms::{Choice, Field, Form, FormFlash, Select},
    i18n::client_settings::ClientSettingsTexts,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment, TeamRole,
    ids::AppId,
    oauth::{ClientKind, Profile},
    team::Power,
};
use tallyport_service::{
    ApplicationRecord, Member, Services,
    authorization::{ClientSettings, client_settings_power},
    teams::AccessRefusal,
};

/// The form's name, under which a refused one is kept.
pub(crate) const CLIENT_SETTINGS_FORM: &str = "client_settings";
/// Lifetimes of days and months are chosen in hours.
pub(crate) const HOUR_S: u32 = 3_600;

/// The page's address.
pub(crate) fn client_settings_path(id: AppId, environment: Environment) -> String {
    format!("{}/oauth/{environment}", application_path(id))
}

struct Shown {
    application: ApplicationRecord,
    role: TeamRole,
    environment: Environment,
    settings: ClientSettings,
    flash: FormFlash,
    notice: Option<AnyView>,
}

#[component]
pub(crate) fn ClientSettingsPage() -> impl IntoView {
    let (id, environment) = (id_in_path::<AppId>("application"), id_in_path::<Environment>("environment"));
    member_page(move |services, member| async move {
        let (Some(id), Some(environment)) = (id, environment) else { return Ok(None) };
        match load(&services, &member, id, environment).await {
            Ok(shown) => Ok(shown.map(page)),
            Err(AccessRefusal::Service(error)) => Err(error.into()),
            Err(AccessRefusal::Unknown | AccessRefusal::Role | AccessRefusal::Closed) => Ok(None),
        }
    })
}

async fn load(
    services: &Services,
    member: &Member,
    id: AppId,
    environment: Environment,
) -> Result<Option<Shown>, AccessRefusal> {
    let Some(found) = services.find_application_of_member(member, id).await? else { return Ok(None) };
    Ok(Some(Shown {
        role: found.role,
        environment,
        settings: services.find_client_settings(member, id, environment).await?,
        flash: FormFlash::take(CLIENT_SETTINGS_FORM).await,
        notice: notice::take().await,
        application: found.application,
    }))
}

fn page(shown: Shown) -> AnyView {
    let own = &texts().client_settings;
    let application = shown.application.clone();
    let (id, environment) = (application.id, shown.environment);
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::here(own.title),
    ];
    let tabs = [(Environment::Sandbox, texts().keys.sandbox), (Environment::Live, texts().keys.live)]
        .into_iter()
        .map(|(of, text)| PageTab {
            text: text.to_owned(),
            href: client_settings_path(id, of),
            current: of == environment,
        })
        .collect::<Vec<_>>();
    let may = shown.role.may(client_settings_power(environment)) && application.closed_at_ms.is_none();
    let only_owner = (!may && shown.role.may(Power::Develop)).then(|| view! { <p class="lead">{own.only_owner}</p> });
    let form = may.then(|| form(id, environment, shown.settings.clone(), shown.flash));
    let facts = facts(&shown.settings);
    view! {
        <MemberFrame
            title=own.title
            current=application_path(id)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="stack-tight">
                <h1>{own.title}</h1>
                <p class="lead">{own.lead}</p>
                {only_owner}
            </div>
            <PageTabs label=own.environment tabs=tabs />
            <div class="console-sections">
                {shown.notice} {form} <Card title=own.facts>
                    <KeyValues facts=facts />
                </Card>
            </div>
        </MemberFrame>
    }
    .into_any()
}

fn form(id: AppId, environment: Environment, settings: ClientSettings, flash: FormFlash) -> AnyView {
    let own = &texts().client_settings;
    let profiles =
        Profile::ALL.iter().map(|one| (one.as_str().to_owned(), own.profile_name(*one).to_owned())).collect();
    let kinds = ClientKind::ALL.iter().map(|one| (one.as_str().to_owned(), own.kind_name(*one).to_owned())).collect();
    let lifetimes = settings.lifetimes;
    let hours = |seconds: u32| (seconds / HOUR_S).to_string();
    let nonce = if flash.is_clean() {
        settings.demands_dpop_nonce
    } else {
        flash.value("demands_dpop_nonce").is_some_and(|value| !value.is_empty())
    };
    view! {
        <Card title=own.title>
            <Form name=CLIENT_SETTINGS_FORM action="/ui/save_client_settings" flash=flash>
                <input type="hidden" name="application" value=id.to_string() />
                <input type="hidden" name="environment" value=environment.as_str() />
                <Select
                    name="profile"
                    label=own.profile
                    hint=own.profile_hint
                    options=profiles
                    value=settings.profile.as_str()
                />
                <Select name="kind" label=own.kind hint=own.kind_hint options=kinds value=settings.kind.as_str() />
                <Field
                    name="access_token_s"
                    label=own.access_token
                    hint=own.access_token_hint
                    value=lifetimes.access_token_s().to_string()
                    autocomplete="off"
                />
                <Field
                    name="refresh_token_h"
                    label=own.refresh_token
                    hint=own.refresh_token_hint
                    value=hours(lifetimes.refresh_token_s())
                    autocomplete="off"
                />
                <Field
                    name="consent_h"
                    label=own.consent
                    hint=own.consent_hint
                    value=hours(lifetimes.grant_s())
                    autocomplete="off"
                />
                <Choice
                    name="demands_dpop_nonce"
                    value="yes"
                    label=own.nonce
                    hint=own.nonce_hint
                    checked=nonce
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary>{own.save}</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

fn facts(settings: &ClientSettings) -> Vec<KeyValue> {
    let own = &texts().client_settings;
    let ClientSettings { profile, kind, .. } = *settings;
    let bound = if profile.demands_bound_tokens() { own.bound_always } else { own.bound_at_will };
    let discovery = format!("{}/.well-known/openid-configuration", visit().public_url);
    vec![
        KeyValue::new(own.profile, own.profile_name(profile)),
        KeyValue::new(own.kind, own.kind_name(kind)),
        KeyValue::new(own.client_id, own.client_id_text),
        KeyValue::new(own.methods, ClientSettingsTexts::methods_of(profile, kind)),
        KeyValue::new(own.bound, bound),
        KeyValue::new(own.discovery, view! { <CopyableId id=discovery /> }),
    ]
}
