//! Tables, figures, facts and time.

use super::Specimen;
use crate::components::{
    Badge, Breadcrumbs, Card, Column, CopyableId, Crumb, Icon, IconName, KeyValue, KeyValues, Moment, PageTab,
    PageTabs, Plot, Series, Stat, Table, Timeline, TimelineStep, Tone,
};
use leptos::prelude::*;

/// 2026-01-02 03:04:05 UTC, a moment that stays.
const FIXED_MS: i64 = 1_767_323_045_000;
const PAYMENT_ID: &str = "pay_01kdxv3k8s0000000000000000";

pub(super) fn specimens() -> Vec<Specimen> {
    let icons = IconName::ALL.map(|name| view! { <Icon name=name /> }).collect_view();
    let way = vec![Crumb::link("Console", "#main"), Crumb::link("Payments", "#main"), Crumb::here("A-1001")];
    vec![
        ("icon", view! { <div class="row">{icons}</div> }.into_any()),
        ("breadcrumbs", view! { <Breadcrumbs way=way /> }.into_any()),
        ("page_tabs", page_tabs().into_any()),
        ("table", table().into_any()),
        ("stat", stats().into_any()),
        ("plot", plot().into_any()),
        ("card, key_values", facts().into_any()),
        ("timeline", timeline().into_any()),
        (
            "copyable, moment",
            view! { <div class="row"><CopyableId id=PAYMENT_ID /><Moment at_ms=FIXED_MS /></div> }.into_any(),
        ),
    ]
}

fn page_tabs() -> impl IntoView {
    let tabs = ["Overview", "Keys", "Permissions", "Webhooks", "Logs"]
        .map(|text| PageTab { text: text.to_owned(), href: "#main".to_owned(), current: text == "Keys" })
        .to_vec();
    view! { <PageTabs label="Application" tabs=tabs /> }
}

fn table() -> impl IntoView {
    let columns =
        vec![Column::text("Order"), Column::text("Status"), Column::text("Created"), Column::number("Amount")];
    let rows = [
        ("A-1001", Tone::Good, "captured", "100.00 USD"),
        ("A-1002", Tone::Bad, "failed", "1,250.50 USD"),
        ("A-1003", Tone::Caution, "unknown", "80 JPY"),
    ]
    .map(|(order, tone, status, amount)| {
        vec![
            order.into_any(),
            view! { <Badge tone=tone text=status /> }.into_any(),
            view! { <Moment at_ms=FIXED_MS /> }.into_any(),
            amount.into_any(),
        ]
    })
    .into();
    view! { <Table caption="Payments" columns=columns rows=rows /> }
}

fn stats() -> impl IntoView {
    view! {
        <div class="tiles">
            <Stat name="Payments, 24 h" value="1,204" note="+12 % against yesterday" />
            <Stat name="Latency p99" value="9 ms" note="limit 25 ms" />
            <Stat name="Error rate" value="0.2 %" />
        </div>
    }
}

fn plot() -> impl IntoView {
    let labels = (0..24).map(|hour| format!("{hour:02}:00")).collect();
    let calls = vec![12, 9, 7, 5, 6, 11, 24, 48, 73, 81, 77, 69, 64, 72, 80, 83, 76, 61, 50, 44, 37, 29, 21, 16];
    let errors = vec![0, 0, 1, 0, 0, 0, 2, 3, 1, 0, 4, 9, 2, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1];
    let series =
        vec![Series { name: "Calls".to_owned(), values: calls }, Series { name: "Errors".to_owned(), values: errors }];
    view! { <Plot title="Calls per hour" labels=labels series=series /> }
}

fn facts() -> impl IntoView {
    let facts = vec![
        KeyValue::new("Id", view! { <CopyableId id=PAYMENT_ID /> }),
        KeyValue::new("Amount", "100.00 USD"),
        KeyValue::new("Created", view! { <Moment at_ms=FIXED_MS /> }),
    ];
    view! {
        <Card title="Payment">
            <KeyValues facts=facts />
        </Card>
    }
}

fn timeline() -> impl IntoView {
    let step = |title: &str, note: &str, tone| TimelineStep {
        title: title.to_owned(),
        note: note.to_owned(),
        at_ms: FIXED_MS,
        tone,
    };
    let steps = vec![
        step("created", "by Bookshop", Tone::Plain),
        step("authorized", "sandbox card", Tone::Note),
        step("captured", "100.00 USD", Tone::Good),
    ];
    view! { <Timeline steps=steps /> }
}
