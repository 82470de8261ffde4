//! Which payments a reader looks for, as it is written in the address of the list and of its file.

use super::money::world::WORLD;
use crate::{components::Button, percent_encoding::percent_encoded, visit::texts};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_contract::time::of_utc_minute;
use tallyport_domain::{Environment, payment::PaymentStatus};
use tallyport_service::payments::PaymentFilter;

const DAY_MS: i64 = 86_400_000;

/// The parameters of the list. What is no value of a parameter counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentSearch {
    environment: Option<Environment>,
    status: Option<PaymentStatus>,
    order_id: String,
    from: String,
    until: String,
}

impl PaymentSearch {
    /// The search in the address of the current page.
    pub(super) fn current() -> Self {
        let query = use_query_map().get_untracked();
        Self::read(|name| query.get(name))
    }

    /// The search that these parameters say.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let day = |name: &str| value(name).filter(|text| beginning_of(text).is_some()).unwrap_or_default();
        Self {
            environment: value(WORLD).and_then(|text| text.parse().ok()),
            status: value("status").and_then(|text| text.parse().ok()),
            // What is no order's number names no order, and is shown as it was typed.
            order_id: value("order_id").unwrap_or_default().trim().chars().take(100).collect(),
            from: day("from"),
            until: day("until"),
        }
    }

    /// In which world.
    #[must_use]
    pub fn environment(&self) -> Environment {
        self.environment.unwrap_or(Environment::Sandbox)
    }

    /// The same search in a world.
    pub(super) fn in_world(&self, environment: Environment) -> Self {
        Self { environment: Some(environment), ..self.clone() }
    }

    /// What the list shows; none when nothing can fit.
    #[must_use]
    pub fn filter(&self) -> Option<PaymentFilter> {
        let order_id = match self.order_id.as_str() {
            "" => None,
            text => Some(text.parse().ok()?),
        };
        Some(PaymentFilter {
            status: self.status,
            order_id,
            created_from_ms: beginning_of(&self.from),
            // The last day counts as well.
            created_before_ms: beginning_of(&self.until).map(|at_ms| at_ms + DAY_MS),
        })
    }

    pub(super) fn is_narrowed(&self) -> bool {
        Self { environment: None, ..self.clone() } != Self::default()
    }

    /// A path with this search behind it.
    pub(super) fn address(&self, path: &str) -> String {
        let status = self.status.map_or("", PaymentStatus::as_str);
        let environment = self.environment.filter(|of| *of == Environment::Live).map_or("", Environment::as_str);
        let pairs: Vec<String> = [
            (WORLD, environment),
            ("status", status),
            ("order_id", &self.order_id),
            ("from", &self.from),
            ("until", &self.until),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("{name}={}", percent_encoded(text)))
        .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

fn beginning_of(day: &str) -> Option<i64> {
    // A day is ten characters; the time of day is not the reader's to say here.
    if day.len() == 10 { of_utc_minute(&format!("{day}T00:00")) } else { None }
}

/// A form that is sent by GET, so that what it says stands in the address.
#[component]
pub(super) fn PaymentFilterForm(path: String, search: PaymentSearch) -> impl IntoView {
    let (own, console) = (&texts().money, &texts().console);
    let chosen = search.status;
    let statuses = PaymentStatus::ALL
        .iter()
        .map(|status| {
            let selected = chosen == Some(*status);
            view! { <option value=status.as_str() selected=selected>{console.status(*status)}</option> }
        })
        .collect_view();
    let world = search.environment.filter(|of| *of == Environment::Live);
    let world = world.map(|of| view! { <input type="hidden" name=WORLD value=of.as_str() /> });
    view! {
        <form class="filter" method="get" action=path role="search">
            {world}
            <label class="filter-field">
                <span class="field-label">{console.order}</span>
                <input class="field-input" type="search" name="order_id" value=search.order_id maxlength="64" />
            </label>
            <label class="filter-field">
                <span class="field-label">{console.state}</span>
                <select class="field-input" name="status">
                    <option value="">{own.any_state}</option>
                    {statuses}
                </select>
            </label>
            <label class="filter-field">
                <span class="field-label">{own.from_day}</span>
                <input class="field-input" type="date" name="from" value=search.from />
            </label>
            <label class="filter-field">
                <span class="field-label">{own.until_day}</span>
                <input class="field-input" type="date" name="until" value=search.until />
            </label>
            <div class="filter-actions">
                <Button>{texts().applications.apply}</Button>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::PaymentSearch;
    use tallyport_domain::{Environment, payment::PaymentStatus};

    fn read(query: &[(&str, &str)]) -> PaymentSearch {
        PaymentSearch::read(|name| query.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_address_leads_back_to_the_same_search() {
        let query = [
            ("environment", "live"),
            ("status", "failed"),
            ("order_id", "A&1"),
            ("from", "2026-01-31"),
            ("until", "2026-01-31"),
        ];
        let search = read(&query);
        let address = "/p?environment=live&status=failed&order_id=A%261&from=2026-01-31&until=2026-01-31";
        assert_eq!(search.address("/p"), address);
        assert_eq!(search.environment(), Environment::Live);
        let sandbox = "/p?status=failed&order_id=A%261&from=2026-01-31&until=2026-01-31";
        assert_eq!(search.in_world(Environment::Sandbox).address("/p"), sandbox);
        let filter = search.filter().unwrap();
        assert_eq!(filter.status, Some(PaymentStatus::Failed));
        assert_eq!(filter.created_before_ms.unwrap() - filter.created_from_ms.unwrap(), 86_400_000);
    }

    #[test]
    fn nonsense_counts_as_absent_and_no_order_fits_what_is_none() {
        let search = read(&[("status", "'"), ("from", "yesterday"), ("until", "2026-13-01"), ("environment", "x")]);
        assert_eq!(search, PaymentSearch::default());
        assert!(!search.is_narrowed());
        assert!(read(&[("order_id", "订单")]).filter().is_none());
    }
}
