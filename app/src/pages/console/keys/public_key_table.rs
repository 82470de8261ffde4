//! The public keys of an application.

use super::{
    key_facts::{moment_or, standing_badge},
    new_public_key_path, public_key_path,
};
use crate::{
    components::{ButtonLink, Column, CopyableId, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, credential::Standing, ids::AppId};
use tallyport_service::PublicKeyOfApplication;

#[component]
pub(super) fn PublicKeyTable(
    id: AppId,
    environment: Environment,
    keys: Vec<PublicKeyOfApplication>,
    may_add: bool,
    now_ms: i64,
) -> impl IntoView {
    let own = &texts().keys;
    let console = &texts().console;
    let columns = [console.name, own.key_id, own.kind, console.state, own.last_used, own.expires, own.created_by]
        .map(Column::text)
        .to_vec();
    let add = may_add.then(|| {
        view! {
            <div class="row">
                <ButtonLink href=new_public_key_path(id, environment)>{own.add_public_key}</ButtonLink>
            </div>
        }
    });
    let content = if keys.is_empty() {
        view! { <p>{own.no_public_keys}</p> }.into_any()
    } else {
        let rows = keys.into_iter().map(|key| row(id, key, now_ms)).collect();
        view! { <Table caption=own.public_keys columns=columns rows=rows /> }.into_any()
    };
    view! {
        <section class="stack-tight" aria-label=own.public_keys>
            <h2>{own.public_keys}</h2>
            <p class="soft">{own.public_keys_note}</p>
            {content}
            {add}
        </section>
    }
}

fn row(id: AppId, found: PublicKeyOfApplication, now_ms: i64) -> Vec<AnyView> {
    let own = &texts().keys;
    let key = found.key;
    let standing = Standing::of(key.revoked_at_ms, key.expires_at_ms, now_ms);
    let href = public_key_path(id, key.id);
    vec![
        view! { <a class="table-link" href=href>{key.name}</a> }.into_any(),
        view! { <CopyableId id=key.id.to_string() /> }.into_any(),
        format!("{} · {}", own.kind_name(key.kind), key.bits).into_any(),
        standing_badge(standing, false),
        moment_or(key.last_used_at_ms, own.never_used),
        moment_or(key.expires_at_ms, own.never),
        found.created_by_name.into_any(),
    ]
}
