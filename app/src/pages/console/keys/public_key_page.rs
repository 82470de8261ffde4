//! One public key: what is known of it, and changing and ending it.

use super::{
    CHANGE_KEY_FORM,
    credential_page::overlap_options,
    key_facts::{moment_or, networks, standing_badge},
    keys_path,
    new_key_form::NetworksField,
};
use crate::{
    components::{Breadcrumbs, Button, ButtonKind, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment},
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
    ids::{AppId, PublicKeyId},
    public_key::PublicKeyKind,
};
use tallyport_service::{
    ApplicationOfMember, Member, PublicKeyOfApplication, PublicKeyRecord, ServiceError, Services,
    credentials::power_over, encryption::KEY_ALGORITHM,
};

#[component]
pub(crate) fn PublicKeyPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let key = id_in_path::<PublicKeyId>("key");
    member_page(move |services, member| async move {
        let (Some(id), Some(key)) = (id, key) else { return Ok(None) };
        let Some(found) = services.find_application_of_member(&member, id).await? else { return Ok(None) };
        let Some(key) = find(&services, &member, id, key).await? else { return Ok(None) };
        let flash = FormFlash::take(CHANGE_KEY_FORM).await;
        let now_ms = services.clock().now_ms();
        Ok(Some(page(found, key, flash, notice::take().await, now_ms)))
    })
}

async fn find(
    services: &Services,
    member: &Member,
    id: AppId,
    key: PublicKeyId,
) -> Result<Option<PublicKeyOfApplication>, ServiceError> {
    for environment in Environment::ALL {
        let listed = services.list_public_keys(member, id, *environment).await?;
        if let Some(found) = listed.into_iter().find(|listed| listed.key.id == key) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn page(
    found: ApplicationOfMember,
    listed: PublicKeyOfApplication,
    flash: FormFlash,
    notice: Option<AnyView>,
    now_ms: i64,
) -> AnyView {
    let own = &texts().keys;
    let application = found.application;
    let key = listed.key.clone();
    let id = application.id;
    let standing = Standing::of(key.revoked_at_ms, key.expires_at_ms, now_ms);
    let may = found.role.may(power_over(key.environment)) && application.closed_at_ms.is_none();
    let way = vec![
        Crumb::link(texts().console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::link(own.title, keys_path(id, key.environment)),
        Crumb::here(key.name.clone()),
    ];
    let facts = facts(&listed, standing);
    let change = may.then(|| change(id, key.clone(), flash));
    let ending = (may && standing.is_usable()).then(|| ending(id, key.clone()));
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
                </Card> {change} {ending}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

fn facts(listed: &PublicKeyOfApplication, standing: Standing) -> Vec<KeyValue> {
    let own = &texts().keys;
    let console = &texts().console;
    let key = &listed.key;
    let created_at_ms = key.created_at_ms;
    let (used, algorithms) = if key.kind == PublicKeyKind::RsaEncryption {
        (own.encrypts, KEY_ALGORITHM.to_owned())
    } else {
        let names: Vec<&str> = key.kind.algorithms().iter().map(|algorithm| algorithm.name()).collect();
        (own.algorithms, names.join(", "))
    };
    let end = match standing {
        Standing::Usable { until_ms } => KeyValue::new(own.expires, moment_or(until_ms, own.never)),
        Standing::Expired { since_ms } | Standing::Revoked { since_ms } => {
            KeyValue::new(own.stopped_at, view! { <Moment at_ms=since_ms /> })
        }
    };
    vec![
        KeyValue::new(own.key_id, view! { <CopyableId id=key.id.to_string() /> }),
        KeyValue::new(own.kind, format!("{} · {}", own.kind_name(key.kind), key.bits)),
        KeyValue::new(used, view! { <code>{algorithms}</code> }),
        KeyValue::new(own.fingerprint, view! { <CopyableId id=key.fingerprint.clone() /> }),
        KeyValue::new(console.state, standing_badge(standing, false)),
        KeyValue::new(own.last_used, moment_or(key.last_used_at_ms, own.never_used)),
        end,
        KeyValue::new(texts().applications.networks, networks(&key.networks)),
        KeyValue::new(own.created_by, listed.created_by_name.clone()),
        KeyValue::new(console.created, view! { <Moment at_ms=created_at_ms /> }),
    ]
}

fn change(id: AppId, key: PublicKeyRecord, flash: FormFlash) -> impl IntoView {
    view! {
        <Card title=texts().keys.change>
            <Form name=CHANGE_KEY_FORM action="/ui/change_public_key" flash=flash>
                <input type="hidden" name="application" value=id.to_string() />
                <input type="hidden" name="key" value=key.id.to_string() />
                <Field
                    name="name"
                    label=texts().console.name
                    value=key.name
                    autocomplete="off"
                />
                <NetworksField value=key.networks.to_string() />
                <div class="form-actions">
                    <Button>{texts().applications.save}</Button>
                </div>
            </Form>
        </Card>
    }
}

fn ending(id: AppId, key: PublicKeyRecord) -> impl IntoView {
    let own = &texts().keys;
    let overlaps = overlap_options(Overlap::ALL);
    let is_for_encryption = key.kind == PublicKeyKind::RsaEncryption;
    let text = if is_for_encryption { own.end_encryption_key_text } else { own.end_key_text };
    view! {
        <Card title=own.end_key>
            <div class="stack">
                <p>{text}</p>
                <Form name="end_key" action="/ui/end_public_key">
                    <input type="hidden" name="application" value=id.to_string() />
                    <input type="hidden" name="key" value=key.id.to_string() />
                    <Select name="overlap" label=own.overlap options=overlaps />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Danger>{own.end_key_submit}</Button>
                    </div>
                </Form>
            </div>
        </Card>
    }
}
