//! Applications of a team: making one, finding and listing, changing and closing.

mod calling;
mod change;
mod close;
mod icon;

use serde_json::json;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::ids::{ApiKey, AppId, DeveloperId, TeamId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::redirect_uri::RedirectUris;
use tallyport_domain::team::Power;
use tallyport_domain::{Environment, Language, Role, label};
use tallyport_storage::applications::{
    self, ApplicationOfMember, ApplicationRecord, ApplicationSearch, FoundApplication,
};
use tallyport_storage::developers::DeveloperRecord;
use tallyport_storage::{StorageError, Tx, teams};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::credentials::{NewSecret, first_key_name};
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::ApiSecret;
use crate::teams::AccessRefusal;

pub use change::{ChangeApplicationRefusal, ChangeFault};
pub use close::CloseRefusal;
pub use icon::SetIconRefusal;

/// The most characters an application's name may have.
pub const NAME_LENGTH_MAX: usize = label::NAME_CHARS_MAX;

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
    /// The team has as many open ones as the setting allows.
    #[error("a team has at most {limit} open applications")]
    TooMany {
        /// The setting.
        limit: u32,
    },
    /// The person may not make one for this team.
    #[error(transparent)]
    Access(AccessRefusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for MakeApplicationRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl From<AccessRefusal> for MakeApplicationRefusal {
    fn from(refusal: AccessRefusal) -> Self {
        match refusal {
            AccessRefusal::Service(error) => Self::Service(error),
            refusal => Self::Access(refusal),
        }
    }
}

impl Services {
    /// Makes an application of the first team where the person may, with credentials for the sandbox.
    pub async fn make_application(
        &self,
        member: &Member,
        name: &str,
    ) -> Result<MadeApplication, MakeApplicationRefusal> {
        // What is wrong with the name is said first.
        label::name(name).map_err(|_| MakeApplicationRefusal::Name)?;
        let team = self.list_teams(member).await?.into_iter().find(|membership| membership.role.may(Power::Develop));
        let team = team.ok_or(MakeApplicationRefusal::NoTeam)?.team;
        self.make_application_of_team(member, team.id, name).await
    }

    /// Makes an application of this team, with credentials for the sandbox.
    pub async fn make_application_of_team(
        &self,
        member: &Member,
        team_id: TeamId,
        name: &str,
    ) -> Result<MadeApplication, MakeApplicationRefusal> {
        let name = label::name(name).map_err(|_| MakeApplicationRefusal::Name)?;
        let limit = self.settings().await?.applications_per_team;
        let mut tx = self.db().begin_write().await?;
        // Locked, so that the count holds until the new one is there.
        teams::lock(&mut tx, team_id).await?;
        self.team_for(&mut tx, member, team_id, Power::Develop).await?;
        if applications::count_open_of_team(&mut tx, team_id).await? >= i64::from(limit) {
            return Err(MakeApplicationRefusal::TooMany { limit });
        }
        let application = self.insert_application(&mut tx, team_id, member.developer_id, name).await?;
        let secret = NewSecret {
            application_id: application.id,
            environment: Environment::Sandbox,
            name: first_key_name(member.language).to_owned(),
            networks: AllowedNetworks::default(),
            created_by: member.developer_id,
            expires_at_ms: Lifetime::Unlimited.ends_at_ms(application.created_at_ms),
        };
        let made = self.insert_credential(&mut tx, secret).await?;
        let deed = Deed {
            action: "application.made",
            object: application.id.to_string(),
            detail: json!({ "name": application.name, "team": team_id.to_string() }),
        };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(MadeApplication { application, api_key: made.api_key, api_secret: made.api_secret })
    }

    /// Makes the application that every developer begins with, as part of making the account. It has
    /// no keys yet: a secret is shown once, and nobody would see this one.
    pub(crate) async fn make_first_application(
        &self,
        tx: &mut Tx,
        owner: &DeveloperRecord,
        team_id: TeamId,
    ) -> Result<(), ServiceError> {
        if owner.role != Role::Developer {
            return Ok(());
        }
        let name = match owner.language {
            Language::En => "First application",
            Language::Zh => "第一个应用",
        };
        self.insert_application(tx, team_id, owner.id, name.to_owned()).await?;
        Ok(())
    }

    async fn insert_application(
        &self,
        tx: &mut Tx,
        team_id: TeamId,
        created_by: DeveloperId,
        name: String,
    ) -> Result<ApplicationRecord, ServiceError> {
        let now_ms = self.clock().now_ms();
        let application = ApplicationRecord {
            id: AppId::from_parts(now_ms, random_bytes(self.randomness())),
            team_id,
            name,
            description: String::new(),
            redirect_uris: RedirectUris::default(),
            networks: AllowedNetworks::default(),
            sandbox_unsigned: false,
            created_by,
            created_at_ms: now_ms,
            closed_at_ms: None,
        };
        applications::insert(tx, &application).await?;
        self.make_test_holders(tx, application.id).await?;
        Ok(application)
    }

    /// An application of one of the member's teams. Somebody else's does not exist for them.
    pub async fn find_application(
        &self,
        member: &Member,
        id: AppId,
    ) -> Result<Option<ApplicationRecord>, ServiceError> {
        Ok(self.find_application_of_member(member, id).await?.map(|found| found.application))
    }

    /// The same, with what the member is in its team.
    pub async fn find_application_of_member(
        &self,
        member: &Member,
        id: AppId,
    ) -> Result<Option<ApplicationOfMember>, ServiceError> {
        Ok(applications::find_of_member(&mut self.db().read().await?, id, member.developer_id).await?)
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

    /// Searches the applications of the member's teams.
    pub async fn search_applications(
        &self,
        member: &Member,
        search: &ApplicationSearch,
    ) -> Result<Vec<FoundApplication>, ServiceError> {
        Ok(applications::search_of_member(&mut self.db().read().await?, member.developer_id, search).await?)
    }
}
