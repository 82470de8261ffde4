//! Credentials: `api_key` and `api_secret`, made once, shown once, found on every call.

mod change;
mod last_used;
mod live;
mod make;
mod rotate;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId, PlanId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::team::Power;
use tallyport_storage::credentials::{self, ListedCredential};

use crate::Services;
use crate::caller::{CallFrom, Member};
use crate::error::ServiceError;
use crate::secrets::{ApiSecret, Place};

pub(crate) use change::read as read_key_fields;
pub use change::{ChangeCredentialRefusal, KeyFault};
pub(crate) use last_used::LastUses;
pub use make::{CredentialWish, MadeCredential, MakeCredentialRefusal};
pub(crate) use make::{NewSecret, first_key_name};
pub use rotate::RotateRefusal;

/// How many credentials are kept at hand.
pub(crate) const REMEMBERED_MAX: u64 = 50_000;
/// For how long one is used before the database is asked again: the time within which a revocation
/// is seen by every process.
pub(crate) const REMEMBERED_FOR: Duration = Duration::from_millis(900);
/// How many keys of one application are listed.
pub(crate) const LISTED_MAX: u32 = 100;

/// What somebody must be allowed to do to make or end keys of an environment.
#[must_use]
pub const fn power_over(environment: Environment) -> Power {
    match environment {
        Environment::Sandbox => Power::Develop,
        Environment::Live => Power::Own,
    }
}

/// A usable credential with its secret.
#[derive(Debug)]
pub struct Credential {
    /// Its public half.
    pub api_key: ApiKey,
    /// The application it belongs to.
    pub application_id: AppId,
    /// The world it works in.
    pub environment: Environment,
    /// Its secret half.
    pub secret: ApiSecret,
    expires_at_ms: Option<i64>,
    networks: AllowedNetworks,
    application_networks: AllowedNetworks,
    sandbox_unsigned: bool,
    /// The plan that says how often the application may call.
    pub(crate) plan_id: Option<PlanId>,
    /// Whether a use was noted since this was loaded: one note per loading is enough.
    is_noted: AtomicBool,
}

impl Credential {
    /// Whether it may be used from there.
    #[must_use]
    pub fn may_be_used(&self, from: CallFrom) -> bool {
        from.is_within(&self.application_networks) && from.is_within(&self.networks)
    }

    /// Whether calls that move money need no signature: in the sandbox, where the application says so.
    #[must_use]
    pub fn may_be_unsigned(&self) -> bool {
        self.environment == Environment::Sandbox && self.sandbox_unsigned
    }
}

/// Credentials that were looked up a moment ago. A key that does not exist is remembered as well,
/// so that guessing does not reach the database.
#[derive(Clone)]
pub(crate) struct CredentialCache(Cache<ApiKey, Option<Arc<Credential>>>);

impl Default for CredentialCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build())
    }
}

fn place(api_key: &str) -> Place<'_> {
    Place { table: "credentials", column: "sealed_secret", row: api_key }
}

impl Services {
    /// The credential of a key, if it is usable right now.
    pub async fn find_credential(&self, api_key: ApiKey) -> Result<Option<Arc<Credential>>, ServiceError> {
        let found = match self.credential_cache().0.get(&api_key) {
            Some(found) => found,
            None => {
                let found = self.load_credential(api_key).await?.map(Arc::new);
                self.credential_cache().0.insert(api_key, found.clone());
                found
            }
        };
        let now_ms = self.clock().now_ms();
        Ok(found.filter(|credential| credential.expires_at_ms.is_none_or(|expires| now_ms < expires)))
    }

    async fn load_credential(&self, api_key: ApiKey) -> Result<Option<Credential>, ServiceError> {
        let found = credentials::find_by_api_key(&mut self.db().read().await?, api_key).await?;
        let Some(found) = found.filter(|found| found.application_closed_at_ms.is_none()) else { return Ok(None) };
        let record = found.credential;
        if record.revoked_at_ms.is_some() {
            return Ok(None);
        }
        let secret = self.open(place(&api_key.to_string()), &record.sealed_secret).await?;
        let secret = std::str::from_utf8(&secret).ok().and_then(|text| ApiSecret::parse(text).ok());
        Ok(Some(Credential {
            api_key,
            application_id: record.application_id,
            environment: record.environment,
            secret: secret.ok_or(ServiceError::broken("a sealed api_secret is not one"))?,
            expires_at_ms: record.expires_at_ms,
            networks: record.networks,
            application_networks: found.application_networks,
            sandbox_unsigned: found.sandbox_unsigned,
            plan_id: found.plan_id,
            is_noted: AtomicBool::new(false),
        }))
    }

    /// The credentials of one of the member's applications, newest first.
    pub async fn list_credentials(
        &self,
        member: &Member,
        id: AppId,
        environment: Environment,
    ) -> Result<Vec<ListedCredential>, ServiceError> {
        if self.find_application(member, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(credentials::list_of_application(&mut reader, id, environment, LISTED_MAX).await?)
    }

    /// Remembers that a call was made with a credential; a worker writes it down.
    pub(crate) fn note_use(&self, credential: &Credential) {
        if !credential.is_noted.swap(true, Ordering::Relaxed) {
            self.last_uses().note_credential(credential.api_key, self.clock().now_ms());
        }
    }

    /// Asks the database again for every key, because one of them was ended here.
    pub(crate) fn forget_credentials(&self) {
        self.credential_cache().0.invalidate_all();
        self.public_key_cache().forget();
    }
}
