//! The members of a team: listing them, changing a role, removing and leaving. Every change locks the
//! team first, so that no two are decided on the same state and an owner always stays.

use serde_json::json;
use tallyport_domain::TeamRole;
use tallyport_domain::ids::{DeveloperId, TeamId};
use tallyport_domain::team::{Power, Roster, RosterRefusal};
use tallyport_storage::applications::ApplicationRecord;
use tallyport_storage::teams::{self, TeamMemberRecord};
use tallyport_storage::{StorageError, Tx};

use super::{AccessRefusal, letters};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;

/// How many people a team may have.
pub const TEAM_MEMBERS_MAX: u32 = 100;

/// Why the members of a team do not change so.
#[derive(Debug, thiserror::Error)]
pub enum ChangeMembersRefusal {
    /// The rules of teams are against it.
    #[error(transparent)]
    Roster(#[from] RosterRefusal),
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for ChangeMembersRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for ChangeMembersRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

/// A team that is locked for a change of its members.
struct Locked {
    name: String,
    members: Vec<TeamMemberRecord>,
}

impl Locked {
    fn roster(&self) -> Roster {
        Roster::new(self.members.iter().map(|member| (member.developer_id, member.role)).collect())
    }

    fn find(&self, who: DeveloperId) -> Result<&TeamMemberRecord, RosterRefusal> {
        self.members.iter().find(|member| member.developer_id == who).ok_or(RosterRefusal::NotAMember)
    }
}

impl Services {
    /// Everybody in one of the member's teams, the longest member first.
    pub async fn list_team_members(&self, member: &Member, id: TeamId) -> Result<Vec<TeamMemberRecord>, ServiceError> {
        if self.find_team(member, id).await?.is_none() {
            return Ok(Vec::new());
        }
        Ok(teams::list_members(&mut self.db().read().await?, id, TEAM_MEMBERS_MAX).await?)
    }

    /// Gives a member of a team another role.
    pub async fn change_member_role(
        &self,
        member: &Member,
        id: TeamId,
        who: DeveloperId,
        role: TeamRole,
    ) -> Result<(), ChangeMembersRefusal> {
        let mut tx = self.db().begin_write().await?;
        let team = self.lock_team(&mut tx, member, id, Power::Own).await?;
        team.roster().with_role(who, role)?;
        let changed = team.find(who)?;
        if changed.role == role {
            return Ok(());
        }
        if !teams::change_role(&mut tx, id, who, (changed.role, role)).await? {
            return Err(RosterRefusal::NotAMember.into());
        }
        if who != member.developer_id {
            let letter = letters::role_changed(changed.language, &team.name, &member.name, role);
            self.write_mail(&mut tx, &changed.email, &letter).await?;
        }
        let detail = json!({ "member": who.to_string(), "role": role.as_str(), "before": changed.role.as_str() });
        let deed = Deed { action: "team.role_changed", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Takes somebody out of a team.
    pub async fn remove_member(
        &self,
        member: &Member,
        id: TeamId,
        who: DeveloperId,
    ) -> Result<(), ChangeMembersRefusal> {
        let mut tx = self.db().begin_write().await?;
        let team = self.lock_team(&mut tx, member, id, Power::Own).await?;
        self.take_out(tx, member, id, &team, who).await
    }

    /// Leaves a team, which an owner can do only while there is another.
    pub async fn leave_team(&self, member: &Member, id: TeamId) -> Result<(), ChangeMembersRefusal> {
        let mut tx = self.db().begin_write().await?;
        let team = self.lock_team(&mut tx, member, id, Power::View).await?;
        self.take_out(tx, member, id, &team, member.developer_id).await
    }

    async fn take_out(
        &self,
        mut tx: Tx,
        member: &Member,
        id: TeamId,
        team: &Locked,
        who: DeveloperId,
    ) -> Result<(), ChangeMembersRefusal> {
        team.roster().without(who)?;
        let removed = team.find(who)?;
        if !teams::remove_member(&mut tx, id, who).await? {
            return Err(RosterRefusal::NotAMember.into());
        }
        let leaves = who == member.developer_id;
        if !leaves {
            let letter = letters::removed(removed.language, &team.name, &member.name);
            self.write_mail(&mut tx, &removed.email, &letter).await?;
        }
        let detail = json!({ "member": who.to_string(), "role": removed.role.as_str() });
        let action = if leaves { "team.left" } else { "team.member_removed" };
        self.record(&mut tx, &Actor::person(member), Deed { action, object: id.to_string(), detail }).await?;
        Ok(tx.commit().await?)
    }

    /// Locks a team, and only then looks at who is in it and what the person may.
    async fn lock_team(&self, tx: &mut Tx, member: &Member, id: TeamId, power: Power) -> Result<Locked, AccessRefusal> {
        teams::lock(tx, id).await?;
        let name = self.team_for(&mut *tx, member, id, power).await?.team.name;
        Ok(Locked { name, members: teams::list_members(tx, id, TEAM_MEMBERS_MAX).await? })
    }

    /// Tells the other owners of its team that an application was closed.
    pub(crate) async fn tell_team_of_closing(
        &self,
        tx: &mut Tx,
        member: &Member,
        application: &ApplicationRecord,
    ) -> Result<(), ServiceError> {
        let members = teams::list_members(&mut *tx, application.team_id, TEAM_MEMBERS_MAX).await?;
        let others = members.iter().filter(|other| other.developer_id != member.developer_id);
        for owner in others.filter(|other| other.role == TeamRole::Owner) {
            let letter = letters::application_closed(owner.language, &application.name, &member.name);
            self.write_mail(tx, &owner.email, &letter).await?;
        }
        Ok(())
    }
}
