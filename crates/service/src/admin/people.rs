//! Finding people, and everything about one of them that is no secret.

use serde_json::json;
use tallyport_domain::administration::ListOrder;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::administration::{
    self, ApplicationOverviewRecord, PeopleFilter, PersonRecord, SessionOfPersonRecord, TeamOfPersonRecord,
};

use super::{AdminRefusal, Administrator, Authority};
use crate::Services;
use crate::audit::Deed;
use crate::error::ServiceError;

/// How many teams, applications and sessions of one person are shown.
const SHOWN_MAX: u32 = 50;
/// How many administrators are listed.
const ADMINISTRATORS_MAX: u32 = 1_000;

/// One page of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    /// What stands on the page.
    pub rows: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A person with everything that hangs on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonAsSeen {
    /// The person.
    pub person: PersonRecord,
    /// The teams they are in.
    pub teams: Vec<TeamOfPersonRecord>,
    /// The newest applications of these teams.
    pub applications: Vec<ApplicationOverviewRecord>,
    /// Their open sessions.
    pub sessions: Vec<SessionOfPersonRecord>,
}

impl Services {
    /// One page of the people of the platform.
    pub async fn list_people(
        &self,
        _by: &Administrator,
        filter: &PeopleFilter,
        order: ListOrder,
        offset: u64,
        limit: u32,
    ) -> Result<ListPage<PersonRecord>, ServiceError> {
        let mut reader = self.db().read().await?;
        let total = administration::count_people(&mut reader, filter).await?;
        let rows = administration::list_people(&mut reader, filter, order, offset, limit).await?;
        Ok(ListPage { rows, total })
    }

    /// A person with everything that hangs on them.
    pub async fn find_person(
        &self,
        _by: &Administrator,
        id: DeveloperId,
    ) -> Result<Option<PersonAsSeen>, ServiceError> {
        let mut reader = self.db().read().await?;
        let Some(person) = administration::find_person(&mut reader, id).await? else { return Ok(None) };
        let now_ms = self.clock().now_ms();
        Ok(Some(PersonAsSeen {
            person,
            teams: administration::list_teams_of_person(&mut reader, id, SHOWN_MAX).await?,
            applications: administration::list_applications_of_developer(&mut reader, id, SHOWN_MAX).await?,
            sessions: administration::list_sessions(&mut reader, id, now_ms, SHOWN_MAX).await?,
        }))
    }

    /// Who the administrators are. The log says that somebody wanted to know.
    pub async fn list_administrators(&self, by: &Authority) -> Result<Vec<PersonRecord>, AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        let found = administration::list_administrators(&mut tx, ADMINISTRATORS_MAX).await?;
        let deed = Deed { action: "administrator.listed", object: String::new(), detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// The person with an address, for whoever runs commands.
    pub async fn find_person_by_email(&self, email: &str) -> Result<Option<PersonRecord>, ServiceError> {
        let Ok(email) = email.parse::<crate::identity::EmailAddress>() else { return Ok(None) };
        Ok(administration::find_person_by_email(&mut self.db().read().await?, &email.key()).await?)
    }
}
