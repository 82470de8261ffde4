//! Teams: who may do what with which application. The one place that answers this for people.

use tallyport_domain::TeamRole;
use tallyport_domain::ids::{AppId, TeamId};
use tallyport_domain::team::Power;
use tallyport_storage::applications::{self, ApplicationOfMember};
use tallyport_storage::developers::DeveloperRecord;
use tallyport_storage::teams::{self, MembershipRecord, TeamRecord};
use tallyport_storage::{Conn, Tx};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// How many teams somebody may be in.
pub const TEAMS_MAX: u32 = 50;

/// Why somebody may not do something with an application.
#[derive(Debug, thiserror::Error)]
pub enum AccessRefusal {
    /// There is no such application, as far as this person may know.
    #[error("no such application")]
    Unknown,
    /// They may see it, but not do this.
    #[error("the role in the team does not allow this")]
    Role,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// The application, for a member of its team whose role goes far enough. To be called in the
    /// transaction that uses the answer.
    pub(crate) async fn application_for(
        &self,
        on: impl Into<Conn<'_>>,
        member: &Member,
        id: AppId,
        power: Power,
    ) -> Result<ApplicationOfMember, AccessRefusal> {
        let found = applications::find_of_member(on, id, member.developer_id).await.map_err(ServiceError::from)?;
        let found = found.ok_or(AccessRefusal::Unknown)?;
        if found.role.may(power) { Ok(found) } else { Err(AccessRefusal::Role) }
    }

    /// The teams that a person is in, the oldest first: that is the one made with their account.
    pub async fn list_teams(&self, member: &Member) -> Result<Vec<MembershipRecord>, ServiceError> {
        Ok(teams::list_of_developer(&mut self.db().read().await?, member.developer_id, TEAMS_MAX).await?)
    }

    /// Makes the team that every account begins with, as part of making the account.
    pub(crate) async fn make_first_team(&self, tx: &mut Tx, owner: &DeveloperRecord) -> Result<TeamId, ServiceError> {
        let now_ms = self.clock().now_ms();
        let id = TeamId::from_parts(now_ms, random_bytes(self.randomness()));
        teams::insert(tx, &TeamRecord { id, name: owner.name.clone(), created_at_ms: now_ms }).await?;
        teams::add_member(tx, id, owner.id, TeamRole::Owner, now_ms).await?;
        Ok(id)
    }
}
