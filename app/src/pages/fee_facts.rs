//! What an application is charged, as its team and administrators see it.

use super::console::money_text::money_text;
use crate::{
    components::{KeyValue, KeyValues},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Currency, Money, fee::Fee};

/// The fee of each currency that something is charged in, such as `2.90% + 0.30 USD`.
pub(crate) fn fee_facts(fees: Vec<(Currency, Fee)>) -> AnyView {
    if fees.is_empty() {
        return view! { <p>{texts().fees.none}</p> }.into_any();
    }
    let facts = fees.into_iter().map(|(currency, fee)| {
        let fixed = money_text(Money::from_minor(fee.fixed_minor, currency));
        KeyValue::new(currency.code(), format!("{}% + {fixed}", fee.percent()))
    });
    let facts = facts.collect();
    view! { <KeyValues facts=facts /> }.into_any()
}
