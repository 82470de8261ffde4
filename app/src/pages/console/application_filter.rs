//! What a reader looks for among their applications, as it is written in the address.

use super::applications::APPLICATIONS_PATH;
use crate::{components::Button, percent_encoding::percent_encoded, visit::texts};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tallyport_domain::ids::TeamId;
use tallyport_service::{ApplicationOrder, ApplicationSearch, MembershipRecord};

/// More of a search text would find nothing more.
const TEXT_CHARS_MAX: usize = 80;
/// Nobody has more pages of applications than that.
const PAGE_MAX: u32 = 1_000;

/// The parameters of the list. What is no value of a parameter counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ApplicationFilter {
    text: String,
    team: Option<TeamId>,
    is_closed: Option<bool>,
    order: ApplicationOrder,
    /// Counted from zero.
    passed_pages: u32,
}

impl ApplicationFilter {
    /// The filter in the address of the current page.
    pub(super) fn current() -> Self {
        let query = use_query_map().get_untracked();
        Self::read(|name| query.get(name))
    }

    fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let page = value("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1).clamp(1, PAGE_MAX);
        Self {
            text: value("q").unwrap_or_default().trim().chars().take(TEXT_CHARS_MAX).collect(),
            team: value("team").and_then(|id| id.parse().ok()),
            is_closed: match value("state").as_deref() {
                Some("open") => Some(false),
                Some("closed") => Some(true),
                _ => None,
            },
            order: match value("order").as_deref() {
                Some("oldest") => ApplicationOrder::Oldest,
                Some("name") => ApplicationOrder::Name,
                _ => ApplicationOrder::Newest,
            },
            passed_pages: page - 1,
        }
    }

    /// The search, for one row more than fits a page.
    pub(super) fn search(&self, page_rows: u32) -> ApplicationSearch {
        ApplicationSearch {
            text: self.text.clone(),
            team_id: self.team,
            is_closed: self.is_closed,
            order: self.order,
            offset: self.passed_pages * page_rows,
            limit: page_rows + 1,
        }
    }

    /// Whether nothing in particular is looked for.
    pub(super) fn is_plain(&self) -> bool {
        Self { order: ApplicationOrder::default(), ..self.clone() } == Self::default()
    }

    /// The page, counted from one.
    pub(super) const fn page(&self) -> u32 {
        self.passed_pages + 1
    }

    /// The address of another page of the same list.
    pub(super) fn address(&self, page: u32) -> String {
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(format!("q={}", percent_encoded(&self.text)));
        }
        pairs.extend(self.team.map(|team| format!("team={team}")));
        pairs.extend(self.is_closed.map(|is_closed| format!("state={}", state(is_closed))));
        if self.order != ApplicationOrder::Newest {
            pairs.push(format!("order={}", order(self.order)));
        }
        if page > 1 {
            pairs.push(format!("page={page}"));
        }
        if pairs.is_empty() { APPLICATIONS_PATH.to_owned() } else { format!("{APPLICATIONS_PATH}?{}", pairs.join("&")) }
    }
}

const fn state(is_closed: bool) -> &'static str {
    if is_closed { "closed" } else { "open" }
}

const fn order(order: ApplicationOrder) -> &'static str {
    match order {
        ApplicationOrder::Newest => "newest",
        ApplicationOrder::Oldest => "oldest",
        ApplicationOrder::Name => "name",
    }
}

/// A form that is sent by GET, so that what it says stands in the address.
#[component]
pub(super) fn FilterForm(filter: ApplicationFilter, teams: Vec<MembershipRecord>) -> impl IntoView {
    let own = &texts().applications;
    let chosen_team = filter.team.map(|id| id.to_string()).unwrap_or_default();
    let chosen_state = filter.is_closed.map(state).unwrap_or_default();
    let chosen_order = order(filter.order);
    let team_names = teams.into_iter().map(|membership| (membership.team.id.to_string(), membership.team.name));
    let teams = std::iter::once((String::new(), own.any_team.to_owned())).chain(team_names).collect();
    let states = [("", own.any_state), ("open", own.open), ("closed", own.closed)];
    let orders = [("newest", own.newest), ("oldest", own.oldest), ("name", own.by_name)];
    let owned = |options: [(&str, &str); 3]| options.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
    view! {
        <form class="filter" method="get" action=APPLICATIONS_PATH role="search">
            <label class="filter-field">
                <span class="field-label">{own.search}</span>
                <input
                    class="field-input"
                    type="search"
                    name="q"
                    value=filter.text
                    placeholder=own.search_hint
                    maxlength=TEXT_CHARS_MAX.to_string()
                />
            </label>
            {choice("team", own.team, teams, &chosen_team)}
            {choice("state", texts().console.state, owned(states), chosen_state)}
            {choice("order", own.order, owned(orders), chosen_order)}
            <div class="filter-actions"><Button>{own.apply}</Button></div>
        </form>
    }
}

fn choice(name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: &str) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <label class="filter-field">
            <span class="field-label">{label}</span>
            <select class="field-input" name=name>
                {options}
            </select>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::ApplicationFilter;

    fn read(query: &[(&str, &str)]) -> ApplicationFilter {
        ApplicationFilter::read(|name| query.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_address_leads_back_to_the_same_filter() {
        let filter = read(&[("q", "书 & <b>"), ("state", "closed"), ("order", "name"), ("page", "3")]);
        let address = "/console/applications?q=%E4%B9%A6%20%26%20%3Cb%3E&state=closed&order=name&page=3";
        assert_eq!(filter.address(filter.page()), address);
        assert_eq!((filter.search(20).offset, filter.search(20).limit), (40, 21));
        assert!(!filter.is_plain());
    }

    #[test]
    fn nonsense_counts_as_absent() {
        for page in ["0", "-1", "x", "99999999999999"] {
            let filter = read(&[("page", page), ("team", "x"), ("state", "'"), ("order", "--")]);
            assert!(filter.is_plain(), "{page}");
            assert_eq!(filter.address(1), "/console/applications");
        }
        assert_eq!(read(&[("page", "4000000000")]).page(), 1_000);
        assert_eq!(read(&[("q", &"x".repeat(500))]).search(1).text.len(), 80);
    }
}
