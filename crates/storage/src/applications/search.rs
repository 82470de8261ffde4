//! Searching the applications that a developer may see.

use tallyport_domain::ids::{DeveloperId, TeamId};

use super::{ApplicationOfMember, RowOfMember};
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// In which order applications are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApplicationOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By name.
    Name,
}

/// Which applications are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApplicationSearch {
    /// A part of the name or the whole id; empty for all.
    pub text: String,
    /// Of this team only.
    pub team_id: Option<TeamId>,
    /// Only open ones, or only closed ones.
    pub is_closed: Option<bool>,
    /// In which order.
    pub order: ApplicationOrder,
    /// How many to pass over.
    pub offset: u32,
    /// How many to find at most.
    pub limit: u32,
}

/// An application that was found, with what a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundApplication {
    /// The application and the member's role.
    pub found: ApplicationOfMember,
    /// Its team's name.
    pub team_name: String,
    /// The revision of its icon, if it has one.
    pub icon_revision: Option<String>,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    found: RowOfMember,
    team_name: String,
    icon_revision: Option<String>,
}

impl TryFrom<FoundRow> for FoundApplication {
    type Error = StorageError;

    fn try_from(row: FoundRow) -> Result<Self, StorageError> {
        Ok(Self { found: row.found.try_into()?, team_name: row.team_name, icon_revision: row.icon_revision })
    }
}

macro_rules! search {
    ($order:literal) => {
        concat!(
            "SELECT a.id, a.team_id, a.name, a.description, a.redirect_uris, a.networks, a.sandbox_unsigned, a.created_by, ",
            "a.created_at_ms, a.closed_at_ms, m.role, t.name AS team_name, i.revision AS icon_revision ",
            "FROM team_members AS m JOIN applications AS a ON a.team_id = m.team_id ",
            "JOIN teams AS t ON t.id = a.team_id LEFT JOIN application_icons AS i ON i.application_id = a.id ",
            "WHERE m.developer_id = $1 AND (a.id = $2 OR lower(a.name) LIKE $3 ESCAPE '!' OR a.name LIKE $3 ESCAPE '!') ",
            "AND ($4 = '' OR a.team_id = $4) ",
            "AND ($5 < 0 OR (CASE WHEN a.closed_at_ms IS NULL THEN 0 ELSE 1 END) = $5) ORDER BY ",
            $order,
            " LIMIT $6 OFFSET $7"
        )
    };
}

/// Searches the applications of all teams that a developer is in. A member has hundreds of them at
/// most, so a page may be reached by its number.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn search_of_member(
    on: impl Into<Conn<'_>>,
    developer_id: DeveloperId,
    search: &ApplicationSearch,
) -> Result<Vec<FoundApplication>, StorageError> {
    let sql = match search.order {
        ApplicationOrder::Newest => search!("a.id DESC"),
        ApplicationOrder::Oldest => search!("a.id"),
        ApplicationOrder::Name => search!("lower(a.name), a.id"),
    };
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, FoundRow>(sql)
        .bind(developer_id.to_string())
        .bind(&search.text)
        .bind(containing(&search.text))
        .bind(search.team_id.map(|id| id.to_string()).unwrap_or_default())
        .bind(search.is_closed.map_or(-1_i64, i64::from))
        .bind(i64::from(search.limit))
        .bind(i64::from(search.offset))
        .fetch_all(conn)
        .await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The pattern of names that contain the text. Letters of the pattern language count as themselves.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_ascii_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::containing;

    #[test]
    fn letters_of_the_pattern_language_count_as_themselves() {
        assert_eq!(containing("50%_Off!"), "%50!%!_off!!%");
        assert_eq!(containing(""), "%%");
    }
}
