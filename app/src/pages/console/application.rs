//! One application: its facts and its keys.

use super::{
    applications::APPLICATIONS_PATH,
    credential_table::CredentialTable,
    frame::MemberFrame,
    fresh_secret::{self, FreshSecret, FreshSecretCard},
    member_page::{id_in_path, member_page},
};
use crate::{
    components::{Breadcrumbs, ButtonLink, Card, CopyableId, Crumb, KeyValue, KeyValues, Moment},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, ids::AppId};
use tallyport_service::{ApplicationRecord, CredentialRecord};

/// The page's address.
pub(crate) fn application_path(id: AppId) -> String {
    format!("{APPLICATIONS_PATH}/{id}")
}

/// The address of the application's payments.
pub(super) fn payments_path(id: AppId) -> String {
    format!("{APPLICATIONS_PATH}/{id}/payments")
}

#[component]
pub(crate) fn ApplicationPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let credentials = services.list_credentials(&member, id, Environment::Sandbox).await?;
        let fresh = fresh_secret::take(&services, id).await?;
        let now_ms = services.clock().now_ms();
        Ok(Some(page(application, fresh, credentials, now_ms)))
    })
}

fn page(
    application: ApplicationRecord,
    fresh: Option<FreshSecret>,
    credentials: Vec<CredentialRecord>,
    now_ms: i64,
) -> AnyView {
    let texts = &texts().console;
    let name = application.name.clone();
    let (id, at_ms) = (application.id, application.created_at_ms);
    let way = vec![Crumb::link(texts.applications, APPLICATIONS_PATH), Crumb::here(name.clone())];
    let facts = vec![
        KeyValue::new(texts.id, view! { <CopyableId id=id.to_string() /> }),
        KeyValue::new(texts.created, view! { <Moment at_ms=at_ms /> }),
    ];
    view! {
        <MemberFrame title=name.clone() current=application_path(id) application=Some(application)>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{name}</h1>
                <ButtonLink href=payments_path(id)>{texts.payments}</ButtonLink>
            </div>
            <div class="console-sections">
                {fresh.map(|fresh| view! { <FreshSecretCard fresh=fresh /> })}
                <Card title=texts.details>
                    <KeyValues facts=facts />
                </Card>
                <CredentialTable credentials=credentials now_ms=now_ms />
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}
