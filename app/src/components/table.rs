//! Rows and columns.

use leptos::prelude::*;

/// A column's name and how its cells stand; figures are aligned to the right.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    name: String,
    number: bool,
}

impl Column {
    pub(crate) fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false }
    }

    pub(crate) fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true }
    }
}

/// A table with a caption, which screen readers announce; it scrolls inside its frame.
#[component]
pub(crate) fn Table(#[prop(into)] caption: String, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> impl IntoView {
    let aligned = |base: &str, column: &Column| {
        if column.number { format!("{base} table-number") } else { base.to_owned() }
    };
    let head = columns
        .iter()
        .map(|column| {
            view! {
                <th scope="col" class=aligned("table-head", column)>
                    {column.name.clone()}
                </th>
            }
        })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|cells| {
            let cells = cells
                .into_iter()
                .zip(&columns)
                .map(|(cell, column)| view! { <td class=aligned("table-cell", column)>{cell}</td> })
                .collect_view();
            view! { <tr class="table-row">{cells}</tr> }
        })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label=label>
            <table class="table">
                <caption class="table-caption">
                    <span class="table-caption-text">{caption}</span>
                </caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
