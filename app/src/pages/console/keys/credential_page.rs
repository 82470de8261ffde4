//! One credential: what is known of it, and rotating, changing and revoking it.

use super::{
    CHANGE_KEY_FORM, credential_path,
    key_facts::{moment_or, networks, standing_badge},
    keys_path,
    new_key_form::NetworksField,
};
use crate::{
    components::{Badge, Breadcrumbs, Button, ButtonKind, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment, Tone},
    forms::{Field, Form, FormFlash, Select},
    islands::LocalTimes,
    pages::console::{
        application::application_path,
        applications::APPLICATIONS_PATH,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
        notice,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    credential::{Overlap, Standing},
    ids::{ApiKey, AppId},
};
use tallyport_service::{
    ApplicationOfMember, CredentialRecord, ListedCredential, Member, ServiceError, Services, credentials::power_over,
};

#[component]
pub(crate) fn CredentialPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let api_key = id_in_path::<ApiKey>("api_key");
    member_page(move |services, member| async move {
        let (Some(id), Some(api_key)) = (id, api_key) else { return Ok(None) };
        let Some(found) = services.find_application_of_member(&member, id).await? else { return Ok(None) };
        let Some(listed) = find(&services, &member, id, api_key).await? else { return Ok(None) };
        let flash = FormFlash::take(CHANGE_KEY_FORM).await;
        let now_ms = services.clock().now_ms();
        Ok(Some(page(found, listed, flash, notice::take().await, now_ms)))
    })
}

async fn find(
    services: &Services,
    member: &Member,
    id: AppId,
    api_key: ApiKey,
) -> Result<Option<ListedCredential>, ServiceError> {
    for environment in Environment::ALL {
        let listed = services.list_credentials(member, id, *environment).await?;
        if let Some(found) = listed.into_iter().find(|listed| listed.credential.api_key == api_key) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn page(
    found: ApplicationOfMember,
    listed: ListedCredential,
    flash: FormFlash,
    notice: Option<AnyView>,
    now_ms: i64,
) -> AnyView {
    let own = &texts().keys;
    let application = found.application;
    let key = listed.credential.clone();
    let id = application.id;
    let standing = Standing::of(key.revoked_at_ms, key.expires_at_ms, now_ms);
    let may = found.role.may(power_over(key.environment)) && application.closed_at_ms.is_none();
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::link(own.title, keys_path(id, key.environment)),
        Crumb::here(key.name.clone()),
    ];
    let facts = facts(id, &listed, standing);
    let rotation = (may && standing.is_usable() && key.successor.is_none()).then(|| rotation(id, key.clone()));
    let revocation = (may && standing.is_usable()).then(|| revocation(id, key.clone()));
    let change = may.then(|| change(id, key.clone(), flash));
    let (name, environment) = (key.name.clone(), key.environment);
    view! {
        <MemberFrame
            title=name.clone()
            current=keys_path(id, Environment::Sandbox)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
            </div>
            <div class="console-sections">
                {notice} <Card title=own.details>
                    <KeyValues facts=facts />
                </Card> {rotation} {change} {revocation}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn facts(id: AppId, listed: &ListedCredential, standing: Standing) -> Vec<KeyValue> {
    let own = &texts().keys;
    let console = &texts().console;
    let key = &listed.credential;
    let created_at_ms = key.created_at_ms;
    let mut facts = vec![
        KeyValue::new(console.api_key, view! { <CopyableId id=key.api_key.to_string() /> }),
        KeyValue::new(console.state, standing_badge(standing, key.successor.is_some())),
        KeyValue::new(own.last_used, moment_or(key.last_used_at_ms, own.never_used)),
    ];
    facts.push(match standing {
        Standing::Usable { until_ms: None } => KeyValue::new(own.expires, own.never),
        Standing::Usable { until_ms } => KeyValue::new(own.stops_at, moment_or(until_ms, own.never)),
        Standing::Expired { since_ms } | Standing::Revoked { since_ms } => {
            KeyValue::new(own.stopped_at, view! { <Moment at_ms=since_ms /> })
        }
    });
    if let Some(successor) = key.successor {
        let is_used = key.last_used_at_ms.is_some_and(|used| used >= successor.made_at_ms());
        let (text, tone) = if is_used { (own.still_used, Tone::Caution) } else { (own.not_used_since, Tone::Good) };
        let href = credential_path(id, successor);
        facts.push(KeyValue::new(
            own.replaced_by,
            view! {
                <span class="row">
                    <a href=href>
                        <code>{successor.to_string()}</code>
                    </a>
                    <Badge text=text tone=tone />
                </span>
            },
        ));
    }
    facts.push(KeyValue::new(texts().applications.networks, networks(&key.networks)));
    facts.push(KeyValue::new(own.created_by, listed.created_by_name.clone()));
    facts.push(KeyValue::new(console.created, view! { <Moment at_ms=created_at_ms /> }));
    facts
}

fn rotation(id: AppId, key: CredentialRecord) -> impl IntoView {
    let own = &texts().keys;
    let overlaps = overlap_options(&[Overlap::Day, Overlap::Hour, Overlap::Week, Overlap::Now]);
    view! {
        <Card title=own.rotate>
            <div class="stack">
                <p>{own.rotate_text}</p>
                <Form name="rotate_key" action="/ui/rotate_credential">
                    <input type="hidden" name="application" value=id.to_string() />
                    <input type="hidden" name="environment" value=key.environment.as_str() />
                    <input type="hidden" name="api_key" value=key.api_key.to_string() />
                    <Select name="overlap" label=own.overlap options=overlaps />
                    <div class="form-actions">
                        <Button>{own.rotate_submit}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}

/// For how long a key goes on, to choose from.
pub(super) fn overlap_options(overlaps: &[Overlap]) -> Vec<(String, String)> {
    let own = &texts().keys;
    overlaps.iter().map(|overlap| (overlap.as_str().to_owned(), own.overlap_name(*overlap).to_owned())).collect()
}

fn change(id: AppId, key: CredentialRecord, flash: FormFlash) -> impl IntoView {
    let console = &texts().console;
    view! {
        <Card title=texts().keys.change>
            <Form name=CHANGE_KEY_FORM action="/ui/change_credential" flash=flash>
                <input type="hidden" name="application" value=id.to_string() />
                <input type="hidden" name="api_key" value=key.api_key.to_string() />
                <Field name="name" label=console.name value=key.name autocomplete="off" />
                <NetworksField value=key.networks.to_string() />
                <div class="form-actions">
                    <Button>{texts().applications.save}</Button>
                </div>
            </Form>
        </Card>
    }
}

fn revocation(id: AppId, key: CredentialRecord) -> impl IntoView {
    let own = &texts().keys;
    view! {
        <Card title=own.revoke>
            <div class="stack">
                <p>{own.revoke_text}</p>
                <form method="post" action="/ui/revoke_credential">
                    <input type="hidden" name="application" value=id.to_string() />
                    <input type="hidden" name="api_key" value=key.api_key.to_string() />
                    <Button kind=ButtonKind::Danger>{own.revoke_submit}</Button>
                </form>
            </div>
        </Card>
    }
}
