//! The refunds, transfers, top-ups and withdrawals of an application, a page for each kind; in the
//! sandbox with a form that makes one.

use super::{
    book_page::BookPage,
    movement_form::{FormKind, MovementForm},
    movement_status::MovementBadge,
    paths::{movements_path, object_path},
    world::{in_world, world_in_address},
};
use crate::{
    components::{ButtonLink, Column, EmptyState, IconName, Moment, Table},
    forms::FormFlash,
    pages::console::{
        application::payments_path,
        list_place::{ListPlace, PAGE_ROWS, neighbours, page_of},
        member_page::{id_in_path, member_page},
        money_text::money_text,
        notice,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    ids::{AppId, ObjectId},
    movement::{Movement, MovementKind, MovementName},
};
use tallyport_service::{ApplicationOfMember, console::power_to_move, movements::MovementFilter};

#[component]
pub(crate) fn RefundsPage() -> impl IntoView {
    movements_page(MovementName::Refund)
}

#[component]
pub(crate) fn TransfersPage() -> impl IntoView {
    movements_page(MovementName::Transfer)
}

#[component]
pub(crate) fn TopUpsPage() -> impl IntoView {
    movements_page(MovementName::TopUp)
}

#[component]
pub(crate) fn WithdrawalsPage() -> impl IntoView {
    movements_page(MovementName::Withdrawal)
}

/// Everything that the page shows.
struct Shown {
    found: ApplicationOfMember,
    kind: MovementName,
    environment: Environment,
    place: ListPlace,
    movements: Vec<Movement>,
    form: Option<(FormKind, FormFlash, String)>,
    notice: Option<AnyView>,
}

fn movements_page(kind: MovementName) -> AnyView {
    let id = id_in_path::<AppId>("application");
    let (place, environment) = (ListPlace::current::<ObjectId>(), world_in_address());
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(found) = services.find_application_of_member(&member, id).await? else { return Ok(None) };
        let filter = MovementFilter { kind, status: None, payment: None };
        let movements =
            services.list_member_movements(&member, id, environment, filter, place.before(), PAGE_ROWS + 1).await?;
        let is_open = found.application.closed_at_ms.is_none();
        let may = environment == Environment::Sandbox && is_open && found.role.may(power_to_move(environment));
        let form = match FormKind::of(kind).filter(|_| may) {
            Some(kind) => Some((kind, FormFlash::take(kind.name()).await, super::confirmed_form::fresh_key(&services))),
            None => None,
        };
        let notice = notice::take().await;
        Ok(Some(page(Shown { found, kind, environment, place, movements, form, notice })))
    })
}

fn page(shown: Shown) -> AnyView {
    let own = &texts().money;
    let Shown { found, kind, environment, place, movements, form, notice } = shown;
    let application = found.application;
    let (id, title) = (application.id, own.movements(kind));
    let path = movements_path(id, kind);
    let content = if movements.is_empty() {
        empty(id, kind, environment, &place)
    } else {
        list(kind, &place, movements, &in_world(&path, environment))
    };
    let form = form.map(|(kind, flash, key)| view! { <MovementForm application=id kind=kind flash=flash key=key /> });
    view! {
        <BookPage title=title lead=own.movements_lead(kind) path=path application=application environment=environment>
            {notice} {content} {form}
        </BookPage>
    }
    .into_any()
}

fn empty(id: AppId, kind: MovementName, environment: Environment, place: &ListPlace) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    if !place.is_first() {
        let first = in_world(&movements_path(id, kind), environment);
        return view! {
            <EmptyState icon=IconName::Repeat title=console.no_older_title text=console.no_older_text>
                <ButtonLink href=first>{console.to_first_page}</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    // A refund begins at its payment; the other kinds have their form below.
    let step = (kind == MovementName::Refund).then(|| {
        let href = in_world(&payments_path(id), environment);
        view! { <ButtonLink href=href>{console.all_payments}</ButtonLink> }
    });
    view! {
        <EmptyState icon=IconName::Repeat title=own.no_movements(kind) text=own.no_movements_text(kind)>
            {step}
        </EmptyState>
    }
    .into_any()
}

fn list(kind: MovementName, place: &ListPlace, found: Vec<Movement>, here: &str) -> AnyView {
    let (movements, more) = page_of(found);
    let last = movements.last().filter(|_| more);
    let older = last.map(|last| place.older(here, &last.id.to_string()));
    view! {
        <div class="stack-tight">
            {movement_table(texts().money.movements(kind), &movements)}
            {neighbours(place.newer(here), older)}
        </div>
    }
    .into_any()
}

/// Movements as rows, each leading to its own page. What matters most stands first, for narrow screens
/// show no more.
pub(in crate::pages::console) fn movement_table(caption: &'static str, movements: &[Movement]) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let columns = vec![
        Column::number(console.amount),
        Column::text(console.state),
        Column::text(own.way),
        Column::text(console.created),
        Column::text(console.id),
    ];
    let rows = movements.iter().map(row).collect();
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}

fn row(movement: &Movement) -> Vec<AnyView> {
    let (href, id, status) = (object_path(movement.id), movement.id.to_string(), movement.state.status());
    let (amount, at_ms) = (movement.amount, movement.created_at_ms);
    vec![
        view! { <a class="table-link" href=href>{money_text(amount)}</a> }.into_any(),
        view! { <MovementBadge status=status /> }.into_any(),
        way(movement.kind),
        view! { <Moment at_ms=at_ms /> }.into_any(),
        view! { <code>{id}</code> }.into_any(),
    ]
}

/// Which way the money goes.
fn way(kind: MovementKind) -> AnyView {
    match kind {
        MovementKind::Transfer { to, .. } => view! { <code>{to.to_string()}</code> }.into_any(),
        MovementKind::Refund { channel, .. }
        | MovementKind::TopUp { channel }
        | MovementKind::Withdrawal { channel } => view! { <code>{channel.as_str()}</code> }.into_any(),
    }
}
