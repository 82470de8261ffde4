//! The platform's money: every currency's book, which sums to zero, the write lane, and what nobody
//! knows the outcome of.

use super::{door::admin_page, frame::AdminFrame, paths, unknown_outcomes::unknown_outcomes};
use crate::{
    components::{Badge, Banner, Column, EmptyState, IconName, PageHead, Stat, Table, Tone},
    i18n::number::grouped,
    islands::LocalTimes,
    pages::console::money_text::minor_text,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::ledger::AccountPurpose;
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
    let (books, lane, unknown) = (books(&overview.books), lane(overview), unknown_outcomes(&overview.unknown));
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
