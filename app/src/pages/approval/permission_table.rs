//! Every permission, what it allows and where it stands.

use super::badges::PermissionBadge;
use crate::{
    components::{Column, Moment, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{Approval, Permission};

/// The table; `beside` says what stands in a last column, for those who may change something.
pub(crate) fn permission_table(approval: &Approval, beside: Option<&dyn Fn(Permission) -> AnyView>) -> AnyView {
    let texts = &texts().approval;
    let mut columns = vec![
        Column::text(texts.permission),
        Column::text(texts.state),
        Column::text(texts.allows),
        Column::text(texts.scopes),
        Column::text(texts.decided),
    ];
    if beside.is_some() {
        columns.push(Column::text(texts.change));
    }
    let rows = Permission::ALL
        .iter()
        .map(|permission| {
            let mut cells = row(approval, *permission);
            cells.extend(beside.map(|beside| beside(*permission)));
            cells
        })
        .collect();
    view! { <Table caption=texts.permissions columns=columns rows=rows /> }.into_any()
}

fn row(approval: &Approval, permission: Permission) -> Vec<AnyView> {
    let texts = &texts().approval;
    let (name, allows) = texts.permission(permission);
    let status = approval.permission(permission);
    let scopes = permission.scopes().to_string();
    let scopes = if scopes.is_empty() {
        view! { <span class="soft">{texts.no_scopes}</span> }.into_any()
    } else {
        view! { <code class="scopes">{scopes}</code> }.into_any()
    };
    let decided = approval.rights().and_then(|rights| rights.permissions.get(&permission));
    let decided = decided.map(|state| state.decision().at_ms).map(|at_ms| view! { <Moment at_ms=at_ms /> });
    vec![
        view! { <strong>{name}</strong> }.into_any(),
        view! { <PermissionBadge status=status /> }.into_any(),
        view! { <span class="allows">{allows}</span> }.into_any(),
        scopes,
        decided.into_any(),
    ]
}
