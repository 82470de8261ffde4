//! Entries of the audit log as rows, each leading to what it is about.

use super::paths;
use crate::{
    components::{Column, Moment, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::audit::ActorKind;
use tallyport_service::audit::AuditEntry;

#[component]
pub(super) fn AuditTable(#[prop(into)] caption: String, entries: Vec<AuditEntry>) -> impl IntoView {
    let texts = &texts().admin_audit;
    let columns = vec![
        Column::text(texts.time),
        Column::text(texts.actor),
        Column::text(texts.action),
        Column::text(texts.object),
        Column::number(texts.sequence),
    ];
    let rows = entries.into_iter().map(row).collect();
    view! { <Table caption=caption columns=columns rows=rows /> }
}

fn row(entry: AuditEntry) -> Vec<AnyView> {
    let at_ms = entry.created_at_ms;
    let actor = match entry.actor_kind {
        ActorKind::Person => object(entry.actor),
        kind => view! { <span class="soft">{actor_kind(kind)}</span> " " <code>{entry.actor}</code> }.into_any(),
    };
    // An empty object says nothing.
    let detail = (entry.detail != "{}").then(|| view! { <code class="audit-detail soft">{entry.detail}</code> });
    let from = (!entry.network.is_empty()).then(|| view! { <p class="soft small">{entry.network}</p> });
    vec![
        view! { <Moment at_ms=at_ms /> }.into_any(),
        view! {
            <div class="audit-id">{actor}</div>
            {from}
        }
        .into_any(),
        view! {
            <code>{entry.action}</code>
            {detail}
        }
        .into_any(),
        view! { <div class="audit-id">{object(entry.object)}</div> }.into_any(),
        entry.sequence.into_any(),
    ]
}

fn actor_kind(kind: ActorKind) -> &'static str {
    let texts = &texts().admin_audit;
    match kind {
        ActorKind::Person => texts.person,
        ActorKind::Holder => texts.holder,
        ActorKind::Application => texts.application,
        ActorKind::Command => texts.command,
        ActorKind::Platform => texts.platform,
    }
}

/// An id, as a link where its object has a page here.
fn object(id: String) -> AnyView {
    let href = id.parse().map(paths::developer).or_else(|_| id.parse().map(paths::application)).ok();
    match href {
        Some(href) => view! { <a class="audit-link" href=href><code>{id}</code></a> }.into_any(),
        None => view! { <code>{id}</code> }.into_any(),
    }
}
