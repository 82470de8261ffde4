//! Where a reader stands in a list that goes from new to old, as it is written in the address.
//!
//! `?before=` names the last row of the page before this one. A keyset goes one way only, so
//! `&trail=` remembers the pages in between for the way back.

use crate::components::Pagination;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::str::FromStr;

/// Rows per page.
pub(super) const PAGE_ROWS: u32 = 20;
/// Steps of the way back that are remembered; further back, "newer" leads to the first page.
const TRAIL_STEPS_MAX: usize = 20;
/// Ids hold no point, so it may separate them.
const SEPARATOR: &str = ".";

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    before: Option<String>,
    trail: Vec<String>,
}

impl ListPlace {
    /// The place in the address of the current page, for ids of one kind. What is no such id counts
    /// as absent.
    pub(super) fn current<T: FromStr>() -> Self {
        let query = use_query_map().get_untracked();
        Self::read::<T>(query.get("before").as_deref(), query.get("trail").as_deref())
    }

    fn read<T: FromStr>(before: Option<&str>, trail: Option<&str>) -> Self {
        let is_id = |text: &&str| text.parse::<T>().is_ok();
        let before = before.filter(is_id).map(str::to_owned);
        let steps = trail.unwrap_or_default().split(SEPARATOR).filter(is_id).map(str::to_owned);
        let trail = if before.is_some() { steps.take(TRAIL_STEPS_MAX).collect() } else { Vec::new() };
        Self { before, trail }
    }

    /// The row that this page begins after.
    pub(super) fn before<T: FromStr>(&self) -> Option<T> {
        self.before.as_ref()?.parse().ok()
    }

    pub(super) const fn is_first(&self) -> bool {
        self.before.is_none()
    }

    /// The address of the page after this one, whose last row is given.
    pub(super) fn older(&self, path: &str, last: &str) -> String {
        let steps: Vec<&str> = self.trail.iter().chain(&self.before).map(String::as_str).collect();
        let kept = &steps[steps.len().saturating_sub(TRAIL_STEPS_MAX)..];
        address(path, Some(last), kept)
    }

    /// The address of the page before this one; the first has none.
    pub(super) fn newer(&self, path: &str) -> Option<String> {
        self.before.as_ref()?;
        let steps: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        let (before, kept) = steps.split_last().map_or((None, &steps[..]), |(last, rest)| (Some(*last), rest));
        Some(address(path, before, kept))
    }
}

fn address(path: &str, before: Option<&str>, trail: &[&str]) -> String {
    // What narrows the list stands in the address before the place.
    let mark = if path.contains('?') { '&' } else { '?' };
    match before {
        None => path.to_owned(),
        Some(before) if trail.is_empty() => format!("{path}{mark}before={before}"),
        Some(before) => format!("{path}{mark}before={before}&trail={}", trail.join(SEPARATOR)),
    }
}

/// The links to the neighbouring pages; a list of one page has none.
pub(in crate::pages) fn neighbours(newer: Option<String>, older: Option<String>) -> Option<AnyView> {
    let has_any = newer.is_some() || older.is_some();
    has_any.then(|| view! { <Pagination newer=newer older=older /> }.into_any())
}

/// The rows of one page out of one more than fit, and whether more follow.
pub(super) fn page_of<T>(mut rows: Vec<T>) -> (Vec<T>, bool) {
    let fit = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let more = rows.len() > fit;
    rows.truncate(fit);
    (rows, more)
}

#[cfg(test)]
mod tests {
    use super::{ListPlace, PAGE_ROWS, TRAIL_STEPS_MAX, page_of};

    fn place(before: Option<&str>, trail: Option<&str>) -> ListPlace {
        ListPlace::read::<u32>(before, trail)
    }

    #[test]
    fn going_on_and_back_visits_the_same_pages() {
        let first = place(None, None);
        assert!(first.is_first());
        assert_eq!(first.newer("/l"), None);
        assert_eq!(first.older("/l", "90"), "/l?before=90");
        assert_eq!(first.older("/l?status=failed", "90"), "/l?status=failed&before=90");
        let second = place(Some("90"), None);
        assert_eq!(second.older("/l", "80"), "/l?before=80&trail=90");
        assert_eq!(second.newer("/l").as_deref(), Some("/l"));
        let third = place(Some("80"), Some("90"));
        assert_eq!(third.older("/l", "70"), "/l?before=70&trail=90.80");
        assert_eq!(third.newer("/l").as_deref(), Some("/l?before=90"));
        assert_eq!(place(Some("70"), Some("90.80")).newer("/l").as_deref(), Some("/l?before=80&trail=90"));
    }

    #[test]
    fn what_is_no_id_is_as_good_as_absent() {
        assert_eq!(place(Some("\"><script>"), Some("1.2")), ListPlace::default());
        assert_eq!(place(Some("5"), Some("x.7.//evil")).newer("/l").as_deref(), Some("/l?before=7"));
    }

    #[test]
    fn the_trail_is_bounded() {
        let long = (0..100).map(|step| step.to_string()).collect::<Vec<_>>().join(".");
        let place = place(Some("7"), Some(&long));
        assert_eq!(place.older("/l", "6").matches('.').count(), TRAIL_STEPS_MAX - 1);
        assert!(place.older("/l", "6").ends_with(".7"));
    }

    #[test]
    fn one_row_too_many_means_another_page() {
        let rows = |count: u32| (0..count).collect::<Vec<_>>();
        assert_eq!(page_of(rows(PAGE_ROWS)), (rows(PAGE_ROWS), false));
        assert_eq!(page_of(rows(PAGE_ROWS + 1)), (rows(PAGE_ROWS), true));
    }
}
