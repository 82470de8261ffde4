//! What an application is charged, as its team and administrators see it.

use super::console::money_text::money_text;
use crate::{
    components::{Column, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Currency, Money, fee::FeePlan};

/// A line for each currency that something is charged in.
pub(crate) fn fee_table(fees: Vec<(Currency, FeePlan)>) -> AnyView {
    let own = &texts().fees;
    if fees.is_empty() {
        return view! { <p class="soft">{own.none}</p> }.into_any();
    }
    let columns = vec![Column::text(own.currency), Column::number(own.percent), Column::number(own.fixed)];
    let rows = fees.into_iter().map(|(currency, plan)| {
        vec![
            currency.code().into_any(),
            plan.percent().into_any(),
            money_text(Money::from_minor(plan.fixed_minor, currency)).into_any(),
        ]
    });
    view! { <Table caption=own.title columns=columns rows=rows.collect() /> }.into_any()
}
