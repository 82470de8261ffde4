//! Finding applications of all teams. What happens to one is decided by its approval.

use tallyport_domain::administration::ListOrder;
use tallyport_domain::approval::ApprovalStatus;
use tallyport_domain::ids::AppId;
use tallyport_storage::administration::{
    self, ApplicationFilter, ApplicationOverviewRecord, PersonRecord, TeamOfPersonRecord,
};
use tallyport_storage::approval::approvals;

use super::{Administrator, ListPage};
use crate::Services;
use crate::error::ServiceError;

/// How many members of a team are shown.
const MEMBERS_MAX: u32 = 100;

/// An application with the people behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationAsSeen {
    /// The application.
    pub application: ApplicationOverviewRecord,
    /// Where it stands.
    pub status: ApprovalStatus,
    /// Who made it.
    pub maker: Option<PersonRecord>,
    /// Who is in its team.
    pub members: Vec<TeamOfPersonRecord>,
}

impl Services {
    /// One page of the applications of all teams.
    pub async fn list_all_applications(
        &self,
        _by: &Administrator,
        filter: &ApplicationFilter,
        order: ListOrder,
        offset: u64,
        limit: u32,
    ) -> Result<ListPage<ApplicationOverviewRecord>, ServiceError> {
        let mut reader = self.db().read().await?;
        let total = administration::count_applications(&mut reader, filter).await?;
        let rows = administration::list_applications(&mut reader, filter, order, offset, limit).await?;
        Ok(ListPage { rows, total })
    }

    /// Any application with the people behind it.
    pub async fn find_any_application(
        &self,
        _by: &Administrator,
        id: AppId,
    ) -> Result<Option<ApplicationAsSeen>, ServiceError> {
        let mut reader = self.db().read().await?;
        let Some(application) = administration::find_application(&mut reader, id).await? else { return Ok(None) };
        Ok(Some(ApplicationAsSeen {
            status: approvals::find(&mut reader, id).await?.approval.queue_status(),
            maker: administration::find_person(&mut reader, application.created_by).await?,
            members: administration::list_team_members(&mut reader, application.team_id, MEMBERS_MAX).await?,
            application,
        }))
    }
}
