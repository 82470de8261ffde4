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
        Column::text(money.next_check),
        Column::text(own.id_and_application),
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
    let (names, money) = (&texts().keys, &texts().money);
    let world = match unknown.environment {
        Environment::Sandbox => names.sandbox,
        Environment::Live => names.live,
    };
    vec![
        money_text(unknown.amount).into_any(),
        two(kind(unknown.id), view! { {world} " · " <code>{unknown.by}</code> }),
        two(view! { <Moment at_ms=next_at_ms /> }, money.checked(unknown.checks)),
        two(
            view! { <CopyableId id=unknown.id.to_string() /> },
            view! { <a class="table-link" href=href>{application}</a> },
        ),
        view! { <Moment at_ms=created_at_ms /> }.into_any(),
    ]
}

/// One below the other, because a table that is too wide hides its last columns.
fn two(first: impl IntoView, second: impl IntoView) -> AnyView {
    view! { <span class="stacked-cell"><span>{first}</span><span class="soft small">{second}</span></span> }.into_any()
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
