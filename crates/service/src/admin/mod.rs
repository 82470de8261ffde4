//! Administration: on whose authority something is decided for others, and why it may be refused.
//! Owns what administrators see across all teams; what an application goes through is decided elsewhere.

mod applications;
mod letters;
mod links;
mod money;
mod overview;
mod payments_today;
mod people;
mod roles;
mod seed;
mod suspension;
mod unknown;

use tallyport_domain::Role;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::{Conn, administration};

use crate::Services;
use crate::audit::Actor;
use crate::caller::Member;
use crate::error::ServiceError;

pub use applications::ApplicationAsSeen;
pub use links::InviteRefusal;
pub use money::{CurrencyBook, MoneyOverview};
pub use overview::Overview;
pub(crate) use payments_today::PaymentsToday;
pub use people::{ListPage, PersonAsSeen};
pub use tallyport_storage::administration::{
    ApplicationFilter, ApplicationOverviewRecord, Figures, PaymentCount, PeopleFilter, PersonRecord,
    SessionOfPersonRecord, TeamOfPersonRecord,
};
pub use unknown::{UNKNOWN_MAX, UnknownOutcome, UnknownOutcomes};

/// The most characters that a reason may have.
pub const REASON_LENGTH_MAX: usize = 500;

/// A signed-in person who was an administrator when the request came in. Reading goes by that; whatever
/// changes something asks again in its own transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator(Member);

/// The person is no administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only administrators may do this")]
pub struct NotAdministrator;

impl Administrator {
    /// The person as an administrator, if that is what they are.
    pub fn of(member: Member) -> Result<Self, NotAdministrator> {
        if member.role == Role::Administrator { Ok(Self(member)) } else { Err(NotAdministrator) }
    }

    /// The person.
    #[must_use]
    pub const fn member(&self) -> &Member {
        &self.0
    }
}

/// On whose word something is administered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// An administrator in the portal.
    Person(Administrator),
    /// Whoever may run commands on the machine and open its database.
    Command(&'static str),
}

impl Authority {
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Person(administrator) => Actor::person(administrator.member()),
            Self::Command(command) => Actor::command(command),
        }
    }

    /// Whether this is about whoever decides it.
    pub(crate) fn is(&self, id: DeveloperId) -> bool {
        matches!(self, Self::Person(administrator) if administrator.member().developer_id == id)
    }
}

impl From<Administrator> for Authority {
    fn from(administrator: Administrator) -> Self {
        Self::Person(administrator)
    }
}

/// Why something is not administered.
#[derive(Debug, thiserror::Error)]
pub enum AdminRefusal {
    /// Whoever asks is no administrator, or not any more.
    #[error("only administrators may do this")]
    NotAdministrator,
    /// There is nobody and nothing of this name.
    #[error("there is nothing of this name")]
    Unknown,
    /// It is so already, or can no longer be.
    #[error("that is so already, or can no longer be")]
    NotNow,
    /// Nobody suspends themselves.
    #[error("this cannot be done to oneself")]
    Oneself,
    /// Somebody has to be left who can run the platform.
    #[error("the last administrator cannot be removed")]
    LastAdministrator,
    /// The reason is empty, too long or has control characters.
    #[error("a reason of 1 to {REASON_LENGTH_MAX} characters is needed")]
    Reason,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<tallyport_storage::StorageError> for AdminRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Makes sure, in the transaction of a change, that whoever asks for it still may.
    pub(crate) async fn confirm_authority(
        &self,
        on: impl Into<Conn<'_>>,
        authority: &Authority,
    ) -> Result<(), AdminRefusal> {
        let Authority::Person(administrator) = authority else { return Ok(()) };
        let id = administrator.member().developer_id;
        if administration::is_acting_administrator(on, id).await? {
            Ok(())
        } else {
            Err(AdminRefusal::NotAdministrator)
        }
    }
}

/// A reason as it is kept, or the refusal of what is none.
fn reason(text: &str) -> Result<&str, AdminRefusal> {
    let text = text.trim();
    let fits = (1..=REASON_LENGTH_MAX).contains(&text.chars().count());
    let is_text = !text.chars().any(|character| character.is_control() && character != '\n' && character != '\r');
    if fits && is_text { Ok(text) } else { Err(AdminRefusal::Reason) }
}
