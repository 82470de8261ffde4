//! What an application has, by currency, and how its balance came to be what it is.

use super::{
    book_page::BookPage,
    paths::ledger_path,
    world::{in_world, world_in_address},
};
use crate::{
    components::{ButtonLink, Card, Column, CopyableId, EmptyState, IconName, Plot, PlotUnit, Series, Table},
    fault::Fault,
    pages::{
        console::{
            application::payments_path,
            member_page::{id_in_path, member_page},
            money_text::money_text,
        },
        fee_facts::fee_facts,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_contract::time::utc_minute;
use tallyport_domain::{Currency, Environment, Money, fee::Fee, ids::AppId, ledger::AccountPurpose};
use tallyport_service::{
    ApplicationRecord, Member, Services,
    ledger::{AccountRecord, StatementLine},
};

/// How many of the newest lines a plot shows.
const PLOTTED_LINES: u32 = 100;
/// With more currencies than that, the table alone is easier to read.
const PLOTS_MAX: usize = 6;

/// What the application has in one currency.
struct Holding {
    currency: Currency,
    available: AccountRecord,
    reserved: Money,
    /// The newest lines, newest first.
    lines: Vec<StatementLine>,
}

#[component]
pub(crate) fn BalancesPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let environment = world_in_address();
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let holdings = load(&services, &member, id, environment).await?;
        let fees = services.list_member_fees(&member, id).await?;
        Ok(Some(page(application, environment, &holdings, fees)))
    })
}

async fn load(
    services: &Services,
    member: &Member,
    id: AppId,
    environment: Environment,
) -> Result<Vec<Holding>, Fault> {
    let accounts = services.list_member_accounts(member, id, environment).await?;
    let reserved = |currency: Currency| {
        let found = accounts
            .iter()
            .find(|account| account.purpose == AccountPurpose::Reserved && account.balance.currency() == currency);
        found.map_or(Money::from_minor(0, currency), |account| account.balance)
    };
    let mut holdings = Vec::new();
    for available in accounts.iter().filter(|account| account.purpose == AccountPurpose::Available) {
        let currency = available.balance.currency();
        let lines = if holdings.len() < PLOTS_MAX {
            services.list_member_lines(member, id, available, None, PLOTTED_LINES).await?
        } else {
            Vec::new()
        };
        let available = available.clone();
        holdings.push(Holding { currency, reserved: reserved(currency), available, lines });
    }
    Ok(holdings)
}

fn page(
    application: ApplicationRecord,
    environment: Environment,
    holdings: &[Holding],
    fees: Vec<(Currency, Fee)>,
) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let id = application.id;
    let path = super::paths::balances_path(id);
    let content = if holdings.is_empty() {
        view! {
            <EmptyState icon=IconName::Ledger title=own.no_balances text=own.no_balances_text>
                <ButtonLink href=in_world(&payments_path(id), environment)>{console.all_payments}</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        // One entry is a point and no line.
        let plots = holdings.iter().filter(|holding| holding.lines.len() > 1).map(plot).collect_view();
        view! {
            {table(id, environment, holdings)}
            <div class="balance-plots">{plots}</div>
        }
        .into_any()
    };
    view! {
        <BookPage title=own.balances lead=own.balances_lead path=path application=application environment=environment>
            {content} <Card title=texts().fees.title>
                <div class="stack">
                    <p class="soft">{texts().fees.charged}</p>
                    {fee_facts(fees)}
                </div>
            </Card>
        </BookPage>
    }
    .into_any()
}

fn table(id: AppId, environment: Environment, holdings: &[Holding]) -> AnyView {
    let own = &texts().money;
    let purposes = &texts().try_it;
    let columns = vec![
        Column::text(own.currency),
        Column::number(purposes.purpose(AccountPurpose::Available)),
        Column::number(purposes.purpose(AccountPurpose::Reserved)),
        Column::text(texts().try_it.account),
    ];
    let rows = holdings
        .iter()
        .map(|holding| {
            let href =
                super::ledger::address(&ledger_path(id), environment, holding.currency, AccountPurpose::Available);
            let code = holding.currency.code();
            vec![
                view! { <a class="table-link" href=href>{code}</a> }.into_any(),
                money_text(holding.available.balance).into_any(),
                money_text(holding.reserved).into_any(),
                view! { <CopyableId id=holding.available.id.to_string() /> }.into_any(),
            ]
        })
        .collect();
    view! { <Table caption=own.balances columns=columns rows=rows /> }.into_any()
}

/// The balance after each of the newest lines.
fn plot(holding: &Holding) -> AnyView {
    let own = &texts().money;
    let lines: Vec<&StatementLine> = holding.lines.iter().rev().collect();
    let labels = lines.iter().map(|line| utc_minute(line.created_at_ms).replace('T', " ")).collect();
    let values = lines.iter().map(|line| line.balance_after.minor()).collect();
    let series = vec![Series { name: texts().try_it.purpose(AccountPurpose::Available).to_owned(), values }];
    let title = own.plot_title(holding.currency.code(), lines.len());
    let unit = PlotUnit { decimals: holding.currency.decimals() };
    view! { <Plot title=title labels=labels series=series unit=unit /> }.into_any()
}
