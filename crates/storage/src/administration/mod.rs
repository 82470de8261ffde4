//! What administrators look for across everybody's rows, and what they change in them. Statements about
//! one's own rows stand in the file of the table.

mod applications;
mod figures;
mod money;
mod payment_count;
mod people;
mod sessions;
mod unknown;

pub use applications::{
    ApplicationFilter, ApplicationOverviewRecord, count_applications, find_application, list_applications,
    list_applications_of_developer,
};
pub use figures::{Figures, figures};
pub use money::{PurposeTotal, overdue_work, purpose_totals};
pub use payment_count::{PaymentCount, count_payments};
pub use people::{
    PeopleFilter, PersonRecord, TeamOfPersonRecord, count_people, find_person, find_person_by_email,
    is_acting_administrator, list_administrators, list_people, list_team_members, list_teams_of_person,
    lock_acting_administrators, set_role, set_suspended,
};
pub use sessions::{SessionOfPersonRecord, end_sessions, list_sessions};
pub use unknown::{unknown_movements, unknown_payments};

/// A text of a reader as a pattern of `LIKE` that finds it anywhere, with `\` before what has a meaning
/// of its own there.
fn anywhere(search: &str) -> String {
    let mut pattern = String::from("%");
    for character in search.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
