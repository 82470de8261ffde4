//! What a payment or a movement did to the accounts.

use crate::{
    components::{Column, Table},
    pages::console::money_text::money_text,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Money, ids::AppId, ledger::Owner};
use tallyport_service::{ENTRIES_OF_OBJECT_MAX, EntryRecord};

/// Debits beside credits, with their sums below: the two are equal.
pub(in crate::pages::console) fn postings(application: AppId, entries: &[EntryRecord]) -> AnyView {
    let texts = &texts().try_it;
    if entries.is_empty() {
        return view! { <p class="soft">{texts.no_postings}</p> }.into_any();
    }
    let columns = vec![
        Column::text(crate::visit::texts().money.rule),
        Column::text(texts.account),
        Column::number(texts.debit),
        Column::number(texts.credit),
        Column::number(texts.balance_after),
    ];
    let mut posting = None;
    let mut rows: Vec<Vec<AnyView>> = Vec::with_capacity(entries.len() + 1);
    for entry in entries {
        // The fact stands beside the first line of its posting.
        let is_first = posting.replace(entry.posting_id) != Some(entry.posting_id);
        rows.push(row(application, entry, is_first));
    }
    // The sum of a part is the sum of nothing.
    let is_cut = entries.len() >= ENTRIES_OF_OBJECT_MAX;
    rows.extend(sums(entries).filter(|_| !is_cut).map(|(debits, credits)| {
        vec![
            view! { <strong>{texts.sum}</strong> }.into_any(),
            ().into_any(),
            money_text(debits).into_any(),
            money_text(credits).into_any(),
            ().into_any(),
        ]
    }));
    let cut = format!(" {}", texts.postings_cut.replace("{count}", &ENTRIES_OF_OBJECT_MAX.to_string()));
    view! {
        <Table caption=texts.postings columns=columns rows=rows />
        <p class="soft small">{texts.postings_note} {is_cut.then_some(cut)}</p>
    }
    .into_any()
}

fn row(application: AppId, entry: &EntryRecord, is_first: bool) -> Vec<AnyView> {
    let texts = &texts().try_it;
    let owner = match entry.owner {
        Owner::Application(id) if id == application => texts.own_account.to_owned(),
        Owner::Channel { channel, .. } => channel.as_str().to_owned(),
        other => other.to_string(),
    };
    let (debit, credit) =
        if entry.amount.minor() < 0 { (Some(entry.amount), None) } else { (None, Some(entry.amount)) };
    let cell = |amount: Option<Money>| amount.map(money_text).into_any();
    vec![
        is_first.then(|| texts.rule(entry.rule)).into_any(),
        view! { {owner} " · " {texts.purpose(entry.purpose)} }.into_any(),
        cell(debit),
        cell(credit),
        money_text(entry.balance_after).into_any(),
    ]
}

/// All debits and all credits; nothing when they are of several currencies or too large to add.
fn sums(entries: &[EntryRecord]) -> Option<(Money, Money)> {
    let currency = entries.first()?.amount.currency();
    let zero = (Money::from_minor(0, currency), Money::from_minor(0, currency));
    entries.iter().try_fold(zero, |(debits, credits), entry| {
        if entry.amount.minor() < 0 {
            Some((debits.checked_add(entry.amount).ok()?, credits))
        } else {
            Some((debits, credits.checked_add(entry.amount).ok()?))
        }
    })
}
