//! Lines over time, drawn by the server, with the same figures in a table behind them.

use super::{
    plot_shape::{HEIGHT, STEPS, WIDTH, figure, height_of, line, top_of_scale},
    table::{Column, Table},
};
use crate::visit::texts;
use leptos::prelude::*;

/// One line: its name and one value per label of the plot. Values carry the unit the title names.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) values: Vec<i64>,
}

/// What one of a value is: the last of so many decimals. Amounts of money come in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlotUnit {
    pub(crate) decimals: usize,
}

/// At most four series; the style sheet tells them apart by colour and by dashes.
#[component]
pub(crate) fn Plot(
    #[prop(into)] title: String,
    /// One label per value, oldest first.
    labels: Vec<String>,
    series: Vec<Series>,
    #[prop(optional)] unit: PlotUnit,
) -> impl IntoView {
    let largest = series.iter().flat_map(|one| one.values.iter().copied()).max().unwrap_or(0);
    let top = top_of_scale(largest);
    view! {
        <figure class="plot">
            <figcaption class="plot-caption">
                <span class="plot-title">{title.clone()}</span>
                {legend(&series)}
            </figcaption>
            <div class="plot-frame">
                <div class="plot-scale" aria-hidden="true">
                    {(0..=STEPS).rev().map(|step| view! { <span>{figure(top / STEPS * step, unit.decimals)}</span> }).collect_view()}
                </div>
                {picture(&title, &series, top)}
                <div class="plot-labels" aria-hidden="true">
                    {edge_labels(&labels).map(|label| view! { <span>{label}</span> })}
                </div>
            </div>
            <details class="plot-data">
                <summary class="plot-data-summary">{texts().components.show_as_table}</summary>
                {table(title, labels, series, unit)}
            </details>
        </figure>
    }
    .into_any()
}

fn legend(series: &[Series]) -> impl IntoView + use<> {
    let items = series
        .iter()
        .zip(1..)
        .map(|(one, number)| {
            view! {
                <li class="plot-legend-item">
                    <svg class="plot-swatch" viewBox="0 0 18 8" aria-hidden="true">
                        <path class=line_class(number) d="M0 4H18"></path>
                    </svg>
                    {one.name.clone()}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plot-legend">{items}</ul> }.into_any()
}

fn picture(title: &str, series: &[Series], top: i64) -> impl IntoView + use<> {
    let grid = (0..=STEPS)
        .map(|step| {
            let height = height_of(top / STEPS * step, top);
            view! { <path class="plot-grid" d=format!("M0 {height}H{WIDTH}")></path> }
        })
        .collect_view();
    let lines = series
        .iter()
        .zip(1..)
        .map(|(one, number)| {
            view! { <path class=line_class(number) d=line(&one.values, top)></path> }
        })
        .collect_view();
    view! {
        <svg
            class="plot-picture"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=title.to_owned()
        >
            {grid}
            {lines}
        </svg>
    }
    .into_any()
}

/// The first, the middle and the last label; more would collide on a narrow screen.
fn edge_labels(labels: &[String]) -> [String; 3] {
    let at = |index: usize| labels.get(index).cloned().unwrap_or_default();
    [at(0), at(labels.len() / 2), at(labels.len().saturating_sub(1))]
}

fn table(title: String, labels: Vec<String>, series: Vec<Series>, unit: PlotUnit) -> impl IntoView {
    let mut columns = vec![Column::text(texts().components.time)];
    columns.extend(series.iter().map(|one| Column::number(one.name.clone())));
    let rows = labels
        .into_iter()
        .enumerate()
        .map(|(index, label)| {
            let mut cells = vec![label.into_any()];
            let value = |one: &Series| one.values.get(index).map(|value| figure(*value, unit.decimals)).into_any();
            cells.extend(series.iter().map(value));
            cells
        })
        .collect();
    view! { <Table caption=title columns=columns rows=rows /> }.into_any()
}

const fn line_class(number: usize) -> &'static str {
    match number {
        1 => "plot-line plot-line-1",
        2 => "plot-line plot-line-2",
        3 => "plot-line plot-line-3",
        _ => "plot-line plot-line-4",
    }
}
