//! The credentials of an application, without their secrets.

use super::{
    credential_path,
    key_facts::{moment_or, standing_badge},
};
use crate::{
    components::{Column, CopyableId, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{credential::Standing, ids::AppId};
use tallyport_service::ListedCredential;

#[component]
pub(super) fn CredentialTable(id: AppId, credentials: Vec<ListedCredential>, now_ms: i64) -> impl IntoView {
    let own = &texts().keys;
    let console = &texts().console;
    let columns = [console.name, console.api_key, console.state, own.last_used, own.expires, own.created_by]
        .map(Column::text)
        .to_vec();
    let rows = credentials.into_iter().map(|listed| row(id, listed, now_ms)).collect();
    view! {
        <section class="stack-tight" aria-label=own.secrets>
            <Table caption=own.secrets columns=columns rows=rows />
            <p class="small soft">{own.secrets_note}</p>
        </section>
    }
}

fn row(id: AppId, listed: ListedCredential, now_ms: i64) -> Vec<AnyView> {
    let own = &texts().keys;
    let key = listed.credential;
    let standing = Standing::of(key.revoked_at_ms, key.expires_at_ms, now_ms);
    let href = credential_path(id, key.api_key);
    vec![
        view! { <a class="table-link" href=href>{key.name}</a> }.into_any(),
        view! { <CopyableId id=key.api_key.to_string() /> }.into_any(),
        standing_badge(standing, key.successor.is_some()),
        moment_or(key.last_used_at_ms, own.never_used),
        moment_or(key.expires_at_ms, own.never),
        listed.created_by_name.into_any(),
    ]
}
