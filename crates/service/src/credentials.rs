//! Credentials: `api_key` and `api_secret`, made once, shown once, found on every call.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_storage::Tx;
use tallyport_storage::credentials::{self, CredentialRecord};

use crate::Services;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::{ApiSecret, Place};

/// How many credentials are kept at hand.
const REMEMBERED_MAX: u64 = 50_000;
/// For how long one is used before the database is asked again: the time within which a revocation
/// is seen by every process.
const REMEMBERED_FOR: Duration = Duration::from_millis(900);

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
        let Some(record) = found.map(|found| found.credential).filter(|record| record.revoked_at_ms.is_none()) else {
            return Ok(None);
        };
        let secret = self.open(place(&api_key.to_string()), &record.sealed_secret).await?;
        let secret = std::str::from_utf8(&secret).ok().and_then(|text| ApiSecret::parse(text).ok());
        Ok(Some(Credential {
            api_key,
            application_id: record.application_id,
            environment: record.environment,
            secret: secret.ok_or(ServiceError::broken("a sealed api_secret is not one"))?,
            expires_at_ms: record.expires_at_ms,
        }))
    }

    /// Makes a credential as part of a larger change, and returns the secret to be shown this once.
    pub(crate) async fn make_credential(
        &self,
        tx: &mut Tx,
        application_id: AppId,
        environment: Environment,
    ) -> Result<(ApiKey, ApiSecret), ServiceError> {
        let now_ms = self.clock().now_ms();
        let api_key = ApiKey::from_parts(now_ms, random_bytes(self.randomness()));
        let secret = ApiSecret::generate(environment, self.randomness());
        let sealed_secret =
            self.vault().seal(place(&api_key.to_string()), secret.reveal().as_bytes(), self.randomness());
        let record = CredentialRecord {
            api_key,
            application_id,
            environment,
            sealed_secret,
            created_at_ms: now_ms,
            last_used_at_ms: None,
            expires_at_ms: None,
            revoked_at_ms: None,
        };
        credentials::insert(tx, &record).await?;
        Ok((api_key, secret))
    }
}
