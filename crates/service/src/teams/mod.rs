//! Teams: who may do what with which application. The one place that answers this for people.

mod invitations;
mod letters;
mod members;

use serde_json::json;
use tallyport_domain::ids::{AppId, TeamId};
use tallyport_domain::team::Power;
use tallyport_domain::{TeamRole, label};
use tallyport_storage::applications::{self, ApplicationOfMember};
use tallyport_storage::developers::DeveloperRecord;
use tallyport_storage::teams::{self, MembershipRecord, TeamRecord};
use tallyport_storage::{Conn, StorageError, Tx};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;

pub use invitations::{
    AcceptRefusal, INVITATION_LIFETIME_MS, INVITATIONS_MAX, InvitationChangeRefusal, InviteRefusal, RESEND_AFTER_MS,
};
pub use members::{ChangeMembersRefusal, TEAM_MEMBERS_MAX};

/// How many teams somebody may be in.
pub const TEAMS_MAX: u32 = 50;

/// Why somebody may not do something with an application or a team.
#[derive(Debug, thiserror::Error)]
pub enum AccessRefusal {
    /// There is no such thing, as far as this person may know.
    #[error("no such application or team")]
    Unknown,
    /// They may see it, but not do this.
    #[error("the role in the team does not allow this")]
    Role,
    /// The application is closed, so nobody changes it any more.
    #[error("the application is closed")]
    Closed,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for AccessRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// Why a team is not made or renamed.
#[derive(Debug, thiserror::Error)]
pub enum NameTeamRefusal {
    /// The name is empty, too long or has control characters.
    #[error("a team's name is 1 to {} characters", label::NAME_CHARS_MAX)]
    Name,
    /// The person is in [`TEAMS_MAX`] teams already.
    #[error("nobody is in more than {TEAMS_MAX} teams")]
    TooMany,
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for NameTeamRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for NameTeamRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl Services {
    /// The application, for a member of its team whose role goes far enough. To be called in the
    /// transaction that uses the answer. A closed application can be seen and nothing else.
    pub(crate) async fn application_for(
        &self,
        on: impl Into<Conn<'_>>,
        member: &Member,
        id: AppId,
        power: Power,
    ) -> Result<ApplicationOfMember, AccessRefusal> {
        let found = applications::find_of_member(on, id, member.developer_id).await?;
        let found = found.ok_or(AccessRefusal::Unknown)?;
        if !found.role.may(power) {
            return Err(AccessRefusal::Role);
        }
        let is_changed = power != Power::View;
        if is_changed && found.application.closed_at_ms.is_some() {
            return Err(AccessRefusal::Closed);
        }
        Ok(found)
    }

    /// The team, for a member whose role goes far enough. To be called in the transaction that uses
    /// the answer.
    pub(crate) async fn team_for(
        &self,
        on: impl Into<Conn<'_>>,
        member: &Member,
        id: TeamId,
        power: Power,
    ) -> Result<MembershipRecord, AccessRefusal> {
        let found = teams::find_membership(on, id, member.developer_id).await?.ok_or(AccessRefusal::Unknown)?;
        if found.role.may(power) { Ok(found) } else { Err(AccessRefusal::Role) }
    }

    /// The teams that a person is in, the oldest first: that is the one made with their account.
    pub async fn list_teams(&self, member: &Member) -> Result<Vec<MembershipRecord>, ServiceError> {
        Ok(teams::list_of_developer(&mut self.db().read().await?, member.developer_id, TEAMS_MAX).await?)
    }

    /// A team that the person is in, and what they are in it.
    pub async fn find_team(&self, member: &Member, id: TeamId) -> Result<Option<MembershipRecord>, ServiceError> {
        Ok(teams::find_membership(&mut self.db().read().await?, id, member.developer_id).await?)
    }

    /// Makes one more team, owned by the person.
    pub async fn make_team(&self, member: &Member, name: &str) -> Result<TeamId, NameTeamRefusal> {
        let name = label::name(name).map_err(|_| NameTeamRefusal::Name)?;
        let now_ms = self.clock().now_ms();
        let id = TeamId::from_parts(now_ms, random_bytes(self.randomness()));
        let mut tx = self.db().begin_write().await?;
        let own = teams::list_of_developer(&mut tx, member.developer_id, TEAMS_MAX).await?;
        if own.len() >= usize::try_from(TEAMS_MAX).unwrap_or(usize::MAX) {
            return Err(NameTeamRefusal::TooMany);
        }
        teams::insert(&mut tx, &TeamRecord { id, name: name.clone(), created_at_ms: now_ms }).await?;
        teams::add_member(&mut tx, id, member.developer_id, TeamRole::Owner, now_ms).await?;
        let deed = Deed { action: "team.made", object: id.to_string(), detail: json!({ "name": name }) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives a team another name.
    pub async fn rename_team(&self, member: &Member, id: TeamId, name: &str) -> Result<(), NameTeamRefusal> {
        let mut tx = self.db().begin_write().await?;
        let before = self.team_for(&mut tx, member, id, Power::Own).await?.team.name;
        let name = label::name(name).map_err(|_| NameTeamRefusal::Name)?;
        teams::rename(&mut tx, id, &name).await?;
        let detail = json!({ "name": name, "before": before });
        self.record(&mut tx, &Actor::person(member), Deed { action: "team.renamed", object: id.to_string(), detail })
            .await?;
        Ok(tx.commit().await?)
    }

    /// Makes the team that every account begins with, as part of making the account, and the first
    /// application of a developer.
    pub(crate) async fn make_first_team(&self, tx: &mut Tx, owner: &DeveloperRecord) -> Result<TeamId, ServiceError> {
        let now_ms = self.clock().now_ms();
        let id = TeamId::from_parts(now_ms, random_bytes(self.randomness()));
        teams::insert(tx, &TeamRecord { id, name: owner.name.clone(), created_at_ms: now_ms }).await?;
        teams::add_member(tx, id, owner.id, TeamRole::Owner, now_ms).await?;
        self.make_first_application(tx, owner, id).await?;
        Ok(id)
    }
}
