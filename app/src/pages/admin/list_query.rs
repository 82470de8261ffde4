//! What a list of the administration shows, as it stands in the address: search, filters, order, page.

use crate::{
    components::{Button, ButtonKind, ButtonLink},
    percent_encoding::percent_encoded,
    visit::texts,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::str::FromStr;

/// Rows per page.
pub(super) const PAGE_ROWS: u32 = 25;
/// Further on, a search finds more quickly than turning pages.
const PAGE_MAX: u64 = 10_000;
/// A search is cut here.
const TEXT_CHARS_MAX: usize = 200;

/// The query of the current page: those of its parameters that the list knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListQuery {
    path: &'static str,
    values: Vec<(&'static str, String)>,
    page: u64,
}

impl ListQuery {
    /// Reads the parameters of these names from the address.
    pub(super) fn current(path: &'static str, names: &[&'static str]) -> Self {
        let query = use_query_map().get_untracked();
        let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        let value = |name: &&'static str| {
            let text = searched(&query.get(name)?);
            Some((*name, text)).filter(|(_, text)| !text.is_empty())
        };
        Self { path, values: names.iter().filter_map(value).collect(), page: page.clamp(1, PAGE_MAX) }
    }

    /// What a parameter says; empty where it is absent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.values.iter().find(|(own, _)| *own == name).map_or("", |(_, text)| text)
    }

    /// A parameter as a value of a kind; what is none counts as absent.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// Whether anything narrows the list.
    pub(super) fn is_narrowed(&self) -> bool {
        self.values.iter().any(|(name, _)| *name != "order")
    }

    /// How many rows come before this page.
    pub(super) fn offset(&self) -> u64 {
        (self.page - 1) * u64::from(PAGE_ROWS)
    }

    fn address(&self, page: u64) -> String {
        let mut pairs: Vec<String> =
            self.values.iter().map(|(name, text)| format!("{name}={}", percent_encoded(text))).collect();
        if page > 1 {
            pairs.push(format!("page={page}"));
        }
        if pairs.is_empty() { self.path.to_owned() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }

    /// The address of the page before this one.
    fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.address(self.page - 1))
    }

    /// The address of the page behind this one, for a list of so many rows.
    fn next(&self, total: u64) -> Option<String> {
        (self.page * u64::from(PAGE_ROWS) < total).then(|| self.address(self.page + 1))
    }
}

/// A text to search for, as a database takes it: control characters stand in no name.
pub(super) fn searched(text: &str) -> String {
    text.trim().chars().filter(|character| !character.is_control()).take(TEXT_CHARS_MAX).collect()
}

/// The form that changes what a list shows: it asks the same page with other parameters.
#[component]
pub(super) fn FilterForm(query: ListQuery, children: Children) -> impl IntoView {
    let texts = &texts().admin_lists;
    let clear = query
        .is_narrowed()
        .then(|| view! { <ButtonLink href=query.path kind=ButtonKind::Quiet>{texts.clear}</ButtonLink> });
    view! {
        <form class="filter" method="get" action=query.path role="search">
            {children()}
            <div class="filter-actions">
                <Button>{texts.search}</Button>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

/// A line to search for.
pub(super) fn search_field(query: &ListQuery, name: &'static str, label: &'static str) -> AnyView {
    let value = query.text(name).to_owned();
    view! {
        <div class="field">
            <label class="field-label" for=format!("filter-{name}")>{label}</label>
            <input class="field-input" id=format!("filter-{name}") name=name type="search" value=value autocomplete="off" />
        </div>
    }
    .into_any()
}

/// One of a few values; the first stands for all of them.
pub(super) fn choice_field(
    query: &ListQuery,
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
) -> AnyView {
    let chosen = query.text(name);
    let options = options
        .into_iter()
        .map(|(value, text)| view! { <option value=value selected=value == chosen>{text}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" for=format!("filter-{name}")>{label}</label>
            <select class="field-input" id=format!("filter-{name}") name=name>{options}</select>
        </div>
    }
    .into_any()
}

/// Where the reader stands, and the neighbouring pages.
pub(super) fn pager(query: &ListQuery, total: u64) -> AnyView {
    let texts = &texts().admin_lists;
    let step = |href: Option<String>, text: &'static str| match href {
        Some(href) => view! { <ButtonLink href=href kind=ButtonKind::Small>{text}</ButtonLink> }.into_any(),
        None => view! { <span aria-disabled="true">{text}</span> }.into_any(),
    };
    let from = (query.offset() + 1).min(total);
    let to = (query.offset() + u64::from(PAGE_ROWS)).min(total);
    view! {
        <nav class="pagination" aria-label=texts.pages>
            {step(query.previous(), texts.previous)} <span>{texts.range(from, to, total)}</span>
            {step(query.next(total), texts.next)}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::ListQuery;

    fn query(page: u64) -> ListQuery {
        ListQuery { path: "/l", values: vec![("q", "a&b=ü".to_owned()), ("order", "name".to_owned())], page }
    }

    #[test]
    fn turning_pages_keeps_what_was_searched_for() {
        assert_eq!(query(1).previous(), None);
        assert_eq!(query(1).next(26).as_deref(), Some("/l?q=a%26b%3D%C3%BC&order=name&page=2"));
        assert_eq!(query(1).next(25), None);
        assert_eq!(query(2).previous().as_deref(), Some("/l?q=a%26b%3D%C3%BC&order=name"));
        assert_eq!(query(3).offset(), 50);
    }

    #[test]
    fn an_order_alone_narrows_nothing() {
        assert!(query(1).is_narrowed());
        let ordered = ListQuery { values: vec![("order", "name".to_owned())], ..query(1) };
        assert!(!ordered.is_narrowed());
    }
}
