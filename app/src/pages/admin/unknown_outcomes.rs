//! What nobody knows the outcome of, as a table of payments and movements.

use super::paths;
use crate::{
    components::{Column, CopyableId, EmptyState, IconName, Moment, Table},
    pages::console::money_text::money_text,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, ids::ObjectId, movement::MovementName};
use tallyport_service::admin::{UNKNOWN_MAX, UnknownOutcome, UnknownOutcomes};

pub(super) fn unknown_outcomes(unknown: &UnknownOutcomes) -> AnyView {
    let (own, console, money) = (&texts().admin_money, &texts().console, &texts().money);
    if unknown.first.is_empty() {
        return view! {
            <EmptyState icon=IconName::Check title=own.no_unknown text=own.no_unknown_text>
                ""
            </EmptyState>
        }
        .into_any();
    }
    let columns = vec![
        Column::number(console.amount),
        Column::text(own.kind),
        Column::text(money.worlds),
        Column::text(money.next_check),
        Column::number(own.checks),
        Column::text(own.by),
        Column::text(console.id),
        Column::text(console.application),
        Column::text(console.created),
    ];
    let rows = unknown.first.iter().map(row).collect();
    let cut = unknown.has_more.then(|| view! { <p class="soft small">{own.only_first(UNKNOWN_MAX)}</p> });
    view! {
        <div class="stack-tight">
            <Table caption=own.unknown columns=columns rows=rows />
            {cut}
        </div>
    }
    .into_any()
}

fn row(unknown: &UnknownOutcome) -> Vec<AnyView> {
    let (href, application) = (paths::application(unknown.application_id), unknown.application_id.to_string());
    let (next_at_ms, created_at_ms) = (unknown.next_check_at_ms, unknown.created_at_ms);
    let names = &texts().keys;
    let world = match unknown.environment {
        Environment::Sandbox => names.sandbox,
        Environment::Live => names.live,
    };
    vec![
        money_text(unknown.amount).into_any(),
        kind(unknown.id).into_any(),
        world.into_any(),
        view! { <Moment at_ms=next_at_ms /> }.into_any(),
        unknown.checks.into_any(),
        view! { <code>{unknown.by}</code> }.into_any(),
        view! { <CopyableId id=unknown.id.to_string() /> }.into_any(),
        view! { <a class="table-link" href=href>{application}</a> }.into_any(),
        view! { <Moment at_ms=created_at_ms /> }.into_any(),
    ]
}

fn kind(id: ObjectId) -> &'static str {
    let money = &texts().money;
    match id {
        ObjectId::Payment(_) => money.payment,
        ObjectId::Refund(_) => money.movement(MovementName::Refund),
        ObjectId::Transfer(_) => money.movement(MovementName::Transfer),
        ObjectId::TopUp(_) => money.movement(MovementName::TopUp),
        ObjectId::Withdrawal(_) => money.movement(MovementName::Withdrawal),
    }
}
