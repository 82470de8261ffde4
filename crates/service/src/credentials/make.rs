//! Making credentials.

use serde_json::json;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::ids::{ApiKey, AppId, DeveloperId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::{Environment, Language, label};
use tallyport_storage::credentials::{self, CredentialRecord};
use tallyport_storage::{StorageError, Tx, applications};

use super::{KeyFault, place, power_over};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::ApiSecret;
use crate::teams::AccessRefusal;

/// What somebody wants of a new credential.
#[derive(Debug, Clone, Copy)]
pub struct CredentialWish<'a> {
    /// In which world it is to work.
    pub environment: Environment,
    /// What it is to be called.
    pub name: &'a str,
    /// For how long it is to work.
    pub lifetime: Lifetime,
    /// From where; a network on each line, none for everywhere.
    pub networks: &'a str,
}

/// A new credential with the secret that is shown this once.
#[derive(Debug)]
pub struct MadeCredential {
    /// The public half.
    pub api_key: ApiKey,
    /// The secret half.
    pub api_secret: ApiSecret,
}

/// Why no credential is made.
#[derive(Debug, thiserror::Error)]
pub enum MakeCredentialRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<KeyFault>),
    /// The application is not approved, so it has no live keys.
    #[error("the application is not approved for live")]
    LiveNotOpen,
    /// As many keys work already as the settings allow.
    #[error("no more keys may work at once")]
    TooMany,
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for MakeCredentialRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for MakeCredentialRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

/// A credential that only lacks its halves.
pub(crate) struct NewSecret {
    pub(crate) application_id: AppId,
    pub(crate) environment: Environment,
    pub(crate) name: String,
    pub(crate) networks: AllowedNetworks,
    pub(crate) created_by: DeveloperId,
    pub(crate) expires_at_ms: Option<i64>,
}

/// What a key is called that nobody named.
pub(crate) const fn first_key_name(language: Language) -> &'static str {
    match language {
        Language::En => "First key",
        Language::Zh => "第一个密钥",
    }
}

impl Services {
    /// Makes a credential for one of the member's applications.
    pub async fn make_credential(
        &self,
        member: &Member,
        id: AppId,
        wish: CredentialWish<'_>,
    ) -> Result<MadeCredential, MakeCredentialRefusal> {
        let now_ms = self.clock().now_ms();
        let usable_max = self.settings().await?.credentials_per_application;
        let mut tx = self.db().begin_write().await?;
        applications::lock(&mut tx, id).await?;
        self.application_for(&mut tx, member, id, power_over(wish.environment)).await?;
        let (name, networks) = super::change::read(wish.name, wish.networks).map_err(MakeCredentialRefusal::Faults)?;
        self.may_have_another(&mut tx, id, wish.environment, usable_max).await?;
        let secret = NewSecret {
            application_id: id,
            environment: wish.environment,
            name,
            networks,
            created_by: member.developer_id,
            expires_at_ms: wish.lifetime.ends_at_ms(now_ms),
        };
        let made = self.insert_credential(&mut tx, secret).await?;
        self.record_made(&mut tx, member, made.api_key, id, wish.environment).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Makes the first sandbox credential of an application, for whoever asks first. None when there is
    /// one that works.
    pub async fn make_first_credential(
        &self,
        member: &Member,
        id: AppId,
    ) -> Result<Option<MadeCredential>, MakeCredentialRefusal> {
        let environment = Environment::Sandbox;
        let mut tx = self.db().begin_write().await?;
        applications::lock(&mut tx, id).await?;
        self.application_for(&mut tx, member, id, power_over(environment)).await?;
        if credentials::count_usable(&mut tx, id, environment, self.clock().now_ms()).await? > 0 {
            return Ok(None);
        }
        let name = first_key_name(member.language);
        debug_assert!(label::name(name).is_ok());
        let secret = NewSecret {
            application_id: id,
            environment,
            name: name.to_owned(),
            networks: AllowedNetworks::default(),
            created_by: member.developer_id,
            expires_at_ms: None,
        };
        let made = self.insert_credential(&mut tx, secret).await?;
        self.record_made(&mut tx, member, made.api_key, id, environment).await?;
        tx.commit().await?;
        Ok(Some(made))
    }

    /// Whether there is room for one more key that works. The application has to be locked.
    async fn may_have_another(
        &self,
        tx: &mut Tx,
        id: AppId,
        environment: Environment,
        usable_max: u32,
    ) -> Result<(), MakeCredentialRefusal> {
        if environment == Environment::Live && !self.live_is_open(&mut *tx, id).await? {
            return Err(MakeCredentialRefusal::LiveNotOpen);
        }
        let usable = credentials::count_usable(tx, id, environment, self.clock().now_ms()).await?;
        if usable < i64::from(usable_max) { Ok(()) } else { Err(MakeCredentialRefusal::TooMany) }
    }

    /// Makes a credential as part of a larger change.
    pub(crate) async fn insert_credential(
        &self,
        tx: &mut Tx,
        secret: NewSecret,
    ) -> Result<MadeCredential, ServiceError> {
        let now_ms = self.clock().now_ms();
        let api_key = ApiKey::from_parts(now_ms, random_bytes(self.randomness()));
        let api_secret = ApiSecret::generate(secret.environment, self.randomness());
        let sealed_secret =
            self.vault().seal(place(&api_key.to_string()), api_secret.reveal().as_bytes(), self.randomness());
        let record = CredentialRecord {
            api_key,
            application_id: secret.application_id,
            environment: secret.environment,
            name: secret.name,
            networks: secret.networks,
            sealed_secret,
            created_by: secret.created_by,
            created_at_ms: now_ms,
            last_used_at_ms: None,
            expires_at_ms: secret.expires_at_ms,
            revoked_at_ms: None,
            successor: None,
        };
        credentials::insert(tx, &record).await?;
        Ok(MadeCredential { api_key, api_secret })
    }

    async fn record_made(
        &self,
        tx: &mut Tx,
        member: &Member,
        api_key: ApiKey,
        id: AppId,
        environment: Environment,
    ) -> Result<(), ServiceError> {
        let detail = json!({ "application": id.to_string(), "environment": environment.as_str() });
        let deed = Deed { action: "credential.made", object: api_key.to_string(), detail };
        self.record(tx, &Actor::person(member), deed).await
    }
}
