//! Every line of one account of an application, with the balance after it.

use super::{
    book_page::BookPage,
    paths::{balances_path, ledger_path, object_path},
    world::{WORLD, in_world, world_in_address},
};
use crate::{
    components::{Button, ButtonLink, Column, EmptyState, IconName, Moment, Table},
    pages::console::{
        list_place::{ListPlace, PAGE_ROWS, neighbours, page_of},
        member_page::{id_in_path, member_page},
        money_text::money_text,
    },
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_domain::{Currency, Environment, ids::AppId, ledger::AccountPurpose};
use tallyport_service::{
    ApplicationRecord,
    ledger::{AccountRecord, StatementLine},
};

/// The page of one account.
pub(super) fn address(path: &str, environment: Environment, currency: Currency, purpose: AccountPurpose) -> String {
    let account = format!("{path}?currency={currency}&purpose={}", purpose.as_str());
    match environment {
        Environment::Sandbox => account,
        Environment::Live => format!("{account}&{WORLD}={environment}"),
    }
}

/// Which account the address asks for, whether or not there is one. Without a currency it is the first.
#[derive(Clone, Copy)]
struct Asked {
    currency: Option<Currency>,
    purpose: AccountPurpose,
}

impl Asked {
    fn in_address() -> Self {
        let query = use_query_map().get_untracked();
        let purpose = query.get("purpose").and_then(|name| name.parse().ok());
        Self {
            currency: query.get("currency").and_then(|code| code.parse().ok()),
            purpose: purpose
                .filter(|of| AccountPurpose::OF_APPLICATIONS.contains(of))
                .unwrap_or(AccountPurpose::Available),
        }
    }

    fn is_for(self, account: &AccountRecord) -> bool {
        account.purpose == self.purpose && self.currency.is_none_or(|of| account.balance.currency() == of)
    }
}

/// Everything that the page shows.
struct Shown {
    application: ApplicationRecord,
    environment: Environment,
    accounts: Vec<AccountRecord>,
    asked: Asked,
    /// The account that is looked at, with one more line than fits.
    current: Option<(AccountRecord, Vec<StatementLine>)>,
    place: ListPlace,
}

#[component]
pub(crate) fn LedgerPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let (environment, place) = (world_in_address(), ListPlace::current::<i64>());
    let asked = Asked::in_address();
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let accounts = services.list_member_accounts(&member, id, environment).await?;
        let current = match accounts.iter().find(|account| asked.is_for(account)).cloned() {
            Some(account) => {
                let lines = services.list_member_lines(&member, id, &account, place.before(), PAGE_ROWS + 1).await?;
                Some((account, lines))
            }
            None => None,
        };
        Ok(Some(page(Shown { application, environment, accounts, asked, current, place })))
    })
}

fn page(shown: Shown) -> AnyView {
    let own = &texts().money;
    let (id, environment) = (shown.application.id, shown.environment);
    let application = shown.application.clone();
    let path = ledger_path(id);
    let form = (!shown.accounts.is_empty()).then(|| account_form(&path, &shown));
    let content = match shown.current {
        Some((account, lines)) if !lines.is_empty() => list(&path, environment, &shown.place, &account, lines),
        _ => view! {
            <EmptyState icon=IconName::Ledger title=own.no_lines text=own.no_lines_text>
                <ButtonLink href=in_world(&balances_path(id), environment)>{own.balances}</ButtonLink>
            </EmptyState>
        }
        .into_any(),
    };
    view! {
        <BookPage title=own.ledger lead=own.ledger_lead path=path application=application environment=environment>
            {form} {content}
        </BookPage>
    }
    .into_any()
}

/// Which account is looked at; sent by GET, so that it stands in the address.
fn account_form(path: &str, shown: &Shown) -> AnyView {
    let own = &texts().money;
    let found = shown.current.as_ref().map(|(account, _)| account.balance.currency());
    let chosen = shown.asked.currency.or(found);
    let mut currencies: Vec<Currency> = shown.accounts.iter().map(|account| account.balance.currency()).collect();
    currencies.dedup();
    currencies.extend(shown.asked.currency.filter(|asked| !currencies.contains(asked)));
    let currencies = currencies
        .into_iter()
        .map(|currency| {
            let selected = chosen == Some(currency);
            view! { <option value=currency.code() selected=selected>{currency.code()}</option> }
        })
        .collect_view();
    let purposes = AccountPurpose::OF_APPLICATIONS
        .into_iter()
        .map(|purpose| {
            let selected = shown.asked.purpose == purpose;
            view! { <option value=purpose.as_str() selected=selected>{texts().try_it.purpose(purpose)}</option> }
        })
        .collect_view();
    let world = (shown.environment == Environment::Live)
        .then(|| view! { <input type="hidden" name=WORLD value=Environment::Live.as_str() /> });
    view! {
        <form class="filter" method="get" action=path.to_owned()>
            {world}
            <label class="filter-field">
                <span class="field-label">{own.currency}</span>
                <select class="field-input" name="currency">{currencies}</select>
            </label>
            <label class="filter-field">
                <span class="field-label">{texts().try_it.account}</span>
                <select class="field-input" name="purpose">{purposes}</select>
            </label>
            <div class="filter-actions">
                <Button>{texts().applications.apply}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn list(
    path: &str,
    environment: Environment,
    place: &ListPlace,
    account: &AccountRecord,
    found: Vec<StatementLine>,
) -> AnyView {
    let (own, words) = (&texts().money, &texts().try_it);
    let here = address(path, environment, account.balance.currency(), account.purpose);
    let (lines, more) = page_of(found);
    let last = lines.last().filter(|_| more);
    let older = last.map(|last| place.older(&here, &last.sequence.to_string()));
    let columns = vec![
        Column::number(own.number),
        Column::text(own.rule),
        Column::text(own.about),
        Column::number(texts().console.amount),
        Column::number(words.balance_after),
        Column::text(texts().console.created),
    ];
    let caption = own.account_caption(words.purpose(account.purpose), &money_text(account.balance));
    let rows = lines.iter().map(row).collect();
    view! {
        <div class="stack-tight">
            <Table caption=caption columns=columns rows=rows />
            {neighbours(place.newer(&here), older)}
        </div>
    }
    .into_any()
}

fn row(line: &StatementLine) -> Vec<AnyView> {
    let (href, object, at_ms) = (object_path(line.object_id), line.object_id.to_string(), line.created_at_ms);
    vec![
        line.sequence.into_any(),
        texts().try_it.rule(line.rule).into_any(),
        view! { <a class="table-link" href=href>{object}</a> }.into_any(),
        money_text(line.amount).into_any(),
        money_text(line.balance_after).into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}
