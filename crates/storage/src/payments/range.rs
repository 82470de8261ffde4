//! Which ids a list walks through. An id holds the time at which it was drawn, so what was made long before or after
//! the times that are asked for is passed over by the index. A sandbox's clock that was moved may have shown any time.

use tallyport_domain::ids::{PaymentId, RANDOM_BYTES};

use super::Filter;
use crate::column::AFTER_EVERY_ID;

/// An id is drawn before its payment is made, the machine's clock may be set in between, and those of several machines
/// differ.
const DRAWN_WITHIN_MS: i64 = 600_000;

/// From this id on, and below that one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: String,
    pub(super) below: String,
}

impl Range {
    /// What the filter can let through, older than `before`, where what was made shows the time of the platform, or
    /// of a clock that was moved.
    pub(super) fn of(filter: &Filter, clock_was_moved: bool, before: Option<PaymentId>) -> Self {
        let mut range =
            Self { from: String::new(), below: before.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string()) };
        if !clock_was_moved {
            if let Some(at_ms) = filter.created_from_ms {
                range.from = drawn_at(at_ms.saturating_sub(DRAWN_WITHIN_MS));
            }
            if let Some(at_ms) = filter.created_before_ms {
                range.below = range.below.min(drawn_at(at_ms.saturating_add(DRAWN_WITHIN_MS)));
            }
        }
        range
    }
}

/// The first id that can be drawn at a time.
fn drawn_at(at_ms: i64) -> String {
    const LAST_MS: i64 = (1 << 47) - 1;
    PaymentId::from_parts(at_ms.clamp(0, LAST_MS), [0; RANDOM_BYTES]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    fn filter(from_ms: i64, before_ms: i64) -> Filter {
        Filter { created_from_ms: Some(from_ms), created_before_ms: Some(before_ms), ..Filter::default() }
    }

    #[test]
    fn times_lead_to_the_ids_that_were_drawn_about_then() {
        let day = Range::of(&filter(10 * DAY_MS, 11 * DAY_MS), false, None);
        let id = |at_ms| PaymentId::from_parts(at_ms, [7; RANDOM_BYTES]).to_string();
        for within in [id(10 * DAY_MS - DRAWN_WITHIN_MS), id(10 * DAY_MS), id(11 * DAY_MS + DRAWN_WITHIN_MS - 1)] {
            assert!(day.from <= within && within < day.below, "{within} {day:?}");
        }
        assert!(id(9 * DAY_MS) < day.from && day.below < id(12 * DAY_MS), "{day:?}");
    }

    #[test]
    fn pages_go_on_below_the_last_one() {
        let last = PaymentId::from_parts(10 * DAY_MS, [7; RANDOM_BYTES]);
        assert_eq!(Range::of(&filter(0, 11 * DAY_MS), false, Some(last)).below, last.to_string());
        assert!(Range::of(&filter(0, 9 * DAY_MS), false, Some(last)).below < last.to_string());
    }

    #[test]
    fn clock_that_was_moved_leads_nowhere() {
        let everything = Range { from: String::new(), below: AFTER_EVERY_ID.to_owned() };
        assert_eq!(Range::of(&filter(0, DAY_MS), true, None), everything);
        assert_eq!(Range::of(&Filter::default(), false, None), everything);
    }

    #[test]
    fn times_that_no_id_has_are_no_trouble() {
        let all = Range::of(&filter(i64::MIN, i64::MAX), false, None);
        let id = PaymentId::from_parts(1_700_000_000_000, [7; RANDOM_BYTES]).to_string();
        assert!(all.from < id && id < all.below, "{all:?}");
    }
}
