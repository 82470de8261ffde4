//! Applications of a team: making one with its sandbox credentials, finding and listing.

use serde_json::json;
use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_domain::team::Power;
use tallyport_storage::applications::{self, ApplicationRecord};
use tallyport_storage::credentials::{self, CredentialRecord};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::ApiSecret;

/// The most characters an application's name may have.
pub const NAME_LENGTH_MAX: usize = 80;
/// How many credentials of one application are listed.
const CREDENTIALS_LISTED_MAX: u32 = 100;

/// A new application with the secret that is shown this once.
#[derive(Debug)]
pub struct MadeApplication {
    /// The application.
    pub application: ApplicationRecord,
    /// The public half of its sandbox credentials.
    pub api_key: ApiKey,
    /// The secret half.
    pub api_secret: ApiSecret,
}

/// Why an application is not made.
#[derive(Debug, thiserror::Error)]
pub enum MakeApplicationRefusal {
    /// The name is empty, too long or has control characters.
    #[error("an application's name is 1 to {NAME_LENGTH_MAX} characters")]
    Name,
    /// The person is in no team where they may make one.
    #[error("the person is in no team that they could make an application for")]
    NoTeam,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Makes an application of the first team where the person may, with credentials for the sandbox.
    pub async fn make_application(
        &self,
        member: &Member,
        name: &str,
    ) -> Result<MadeApplication, MakeApplicationRefusal> {
        let name = name.trim();
        let fits = (1..=NAME_LENGTH_MAX).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(MakeApplicationRefusal::Name);
        }
        let team = self.list_teams(member).await?.into_iter().find(|membership| membership.role.may(Power::Develop));
        let team = team.ok_or(MakeApplicationRefusal::NoTeam)?.team;
        let now_ms = self.clock().now_ms();
        let application = ApplicationRecord {
            id: AppId::from_parts(now_ms, random_bytes(self.randomness())),
            team_id: team.id,
            name: name.to_owned(),
            description: String::new(),
            created_by: member.developer_id,
            created_at_ms: now_ms,
        };
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        applications::insert(&mut tx, &application).await.map_err(ServiceError::from)?;
        let (api_key, api_secret) = self.make_credential(&mut tx, application.id, Environment::Sandbox).await?;
        let deed =
            Deed { action: "application.made", object: application.id.to_string(), detail: json!({ "name": name }) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await.map_err(ServiceError::from)?;
        Ok(MadeApplication { application, api_key, api_secret })
    }

    /// An application of one of the member's teams. Somebody else's does not exist for them.
    pub async fn find_application(
        &self,
        member: &Member,
        id: AppId,
    ) -> Result<Option<ApplicationRecord>, ServiceError> {
        let found = applications::find_of_member(&mut self.db().read().await?, id, member.developer_id).await?;
        Ok(found.map(|found| found.application))
    }

    /// The applications of the member's teams, newest first, older than `after`.
    pub async fn list_applications(
        &self,
        member: &Member,
        after: Option<AppId>,
        limit: u32,
    ) -> Result<Vec<ApplicationRecord>, ServiceError> {
        let mut reader = self.db().read().await?;
        let found = applications::list_of_member(&mut reader, member.developer_id, after, limit).await?;
        Ok(found.into_iter().map(|found| found.application).collect())
    }

    /// The credentials of one of the member's applications, newest first.
    pub async fn list_credentials(
        &self,
        member: &Member,
        id: AppId,
        environment: Environment,
    ) -> Result<Vec<CredentialRecord>, ServiceError> {
        if self.find_application(member, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(credentials::list_of_application(&mut reader, id, environment, CREDENTIALS_LISTED_MAX).await?)
    }
}
