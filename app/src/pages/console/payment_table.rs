//! Payments as rows. What matters most stands first, for narrow screens show no more.

use super::{money_text::money_text, payment::payment_path, payment_status::StatusBadge};
use crate::{
    components::{Column, Moment, Table},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::payment::Payment;

#[component]
pub(super) fn PaymentTable(#[prop(into)] caption: String, payments: Vec<Payment>) -> impl IntoView {
    let texts = &texts().console;
    let columns = vec![
        Column::text(texts.order),
        Column::number(texts.amount),
        Column::text(texts.state),
        Column::text(texts.method),
        Column::text(texts.created),
    ];
    let rows = payments.iter().map(row).collect();
    view! { <Table caption=caption columns=columns rows=rows /> }
}

fn row(payment: &Payment) -> Vec<AnyView> {
    let asked = &payment.asked;
    let order = asked.order_id.to_string();
    let (href, status, at_ms) = (payment_path(asked.id), payment.state.status(), payment.created_at_ms);
    vec![
        view! { <a class="table-link" href=href>{order}</a> }.into_any(),
        money_text(asked.amount).into_any(),
        view! { <StatusBadge status=status /> }.into_any(),
        view! { <code>{asked.method.as_str()}</code> }.into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}
