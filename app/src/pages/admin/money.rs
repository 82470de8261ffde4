//! The platform's money: every currency's book, which sums to zero, the write lane, and the payments
//! that nobody knows the outcome of.

use super::{door::admin_page, frame::AdminFrame, paths};
use crate::{
    components::{Badge, Banner, Column, EmptyState, IconName, Moment, PageHead, Stat, Table, Tone},
    i18n::number::grouped,
    islands::LocalTimes,
    pages::console::money_text::{minor_text, money_text},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    ledger::AccountPurpose,
    payment::{Payment, PaymentState},
};
use tallyport_service::{
    admin::{CurrencyBook, MoneyOverview},
    lane::WAITING_MAX,
};

#[component]
pub(crate) fn AdminMoneyPage() -> impl IntoView {
    admin_page(|services, administrator| async move {
        let overview = services.money_overview(&administrator).await?;
        Ok(Some(page(&overview)))
    })
}

fn page(overview: &MoneyOverview) -> AnyView {
    let own = &texts().admin_money;
    let broken: Vec<String> = overview.books.iter().filter(|book| book.sum_minor() != 0).map(name).collect();
    let alarm = (!broken.is_empty()).then(|| {
        let which = broken.join(", ");
        view! {
            <Banner tone=Tone::Bad title=own.broken_title>
                <p>{own.broken_text} <strong>{which}</strong></p>
            </Banner>
        }
    });
    let (books, lane, unknown) = (books(&overview.books), lane(overview), unknown(&overview.unknown));
    view! {
        <AdminFrame title=own.title current=paths::MONEY>
            <PageHead title=own.title lead=own.lead />
            <div class="console-sections">{alarm} {lane} {books} {unknown}</div>
            <LocalTimes />
        </AdminFrame>
    }
    .into_any()
}

fn name(book: &CurrencyBook) -> String {
    format!("{} {}", book.environment, book.currency)
}

fn books(books: &[CurrencyBook]) -> AnyView {
    let own = &texts().admin_money;
    if books.is_empty() {
        return view! {
            <EmptyState icon=IconName::Ledger title=own.no_books text=own.no_books_text>
                ""
            </EmptyState>
        }
        .into_any();
    }
    let mut columns = vec![Column::text(own.book), Column::number(own.accounts)];
    columns.extend(AccountPurpose::ALL.iter().map(|purpose| Column::number(texts().try_it.purpose(*purpose))));
    columns.push(Column::number(texts().try_it.sum));
    view! { <Table caption=own.books columns=columns rows=books.iter().map(row).collect() /> }.into_any()
}

fn row(book: &CurrencyBook) -> Vec<AnyView> {
    let own = &texts().admin_money;
    let held = |purpose: AccountPurpose| {
        let found = book.totals.iter().find(|(of, _)| *of == purpose);
        found.map_or(0, |(_, minor)| *minor)
    };
    let sum = book.sum_minor();
    let (tone, text) = if sum == 0 { (Tone::Good, own.whole) } else { (Tone::Bad, own.broken) };
    let name = view! {
        <span class="stacked-cell">
            {name(book)}
            <Badge tone=tone text=text />
        </span>
    };
    let mut cells = vec![name.into_any(), grouped(book.accounts).into_any()];
    cells.extend(AccountPurpose::ALL.iter().map(|purpose| minor_text(held(*purpose), book.currency).into_any()));
    cells.push(minor_text(sum, book.currency).into_any());
    cells
}

fn lane(overview: &MoneyOverview) -> AnyView {
    let own = &texts().admin_money;
    let lane = overview.lane;
    let tenths = (lane.commands * 10).checked_div(lane.batches).unwrap_or(0);
    view! {
        <section class="stack-tight" aria-label=own.lane>
            <h2>{own.lane}</h2>
            <div class="tiles">
                <Stat name=own.waiting value=grouped(lane.waiting) note=own.of_at_most(WAITING_MAX) />
                <Stat
                    name=own.per_batch
                    value=format!("{}.{}", grouped(tenths / 10), tenths % 10)
                    note=own.commands_in(lane.commands, lane.batches)
                />
                <Stat name=own.last_batch value=format!("{} ms", grouped(lane.last_batch.as_millis())) />
                <Stat name=own.overdue value=grouped(overview.overdue) note=own.overdue_note />
            </div>
            <p class="soft small">{own.lane_note}</p>
        </section>
    }
    .into_any()
}

fn unknown(payments: &[Payment]) -> AnyView {
    let (own, console) = (&texts().admin_money, &texts().console);
    if payments.is_empty() {
        return view! {
            <EmptyState icon=IconName::Check title=own.no_unknown text=own.no_unknown_text>
                ""
            </EmptyState>
        }
        .into_any();
    }
    let columns = vec![
        Column::number(console.amount),
        Column::text(texts().money.next_check),
        Column::number(own.checks),
        Column::text(console.method),
        Column::text(console.application),
        Column::text(console.id),
        Column::text(console.created),
    ];
    let rows = payments.iter().map(unknown_row).collect();
    view! { <Table caption=own.unknown columns=columns rows=rows /> }.into_any()
}

fn unknown_row(payment: &Payment) -> Vec<AnyView> {
    let asked = &payment.asked;
    let (checks, next) = match payment.state {
        PaymentState::Unknown { checks, next_check_at_ms } => (checks, Some(next_check_at_ms)),
        _ => (0, None),
    };
    let (href, application) = (paths::application(asked.application_id), asked.application_id.to_string());
    let created_at_ms = payment.created_at_ms;
    vec![
        money_text(asked.amount).into_any(),
        next.map(|at_ms| view! { <Moment at_ms=at_ms /> }).into_any(),
        checks.into_any(),
        view! { <code>{asked.method.as_str()}</code> }.into_any(),
        view! { <a class="table-link" href=href>{application}</a> }.into_any(),
        view! { <code>{asked.id.to_string()}</code> }.into_any(),
        view! { <Moment at_ms=created_at_ms /> }.into_any(),
    ]
}
