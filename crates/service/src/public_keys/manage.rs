//! Adding, listing, changing and ending public keys.

use serde_json::json;
use tallyport_domain::credential::{Lifetime, Overlap};
use tallyport_domain::ids::{AppId, PublicKeyId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::team::Power;
use tallyport_domain::{Environment, label};
use tallyport_storage::public_keys::{self, FINGERPRINT_IS_UNIQUE, PublicKeyOfApplication, PublicKeyRecord};
use tallyport_storage::{StorageError, Tx, applications};

use super::{InvalidPublicKey, PublicKeyFile};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::credentials::{KeyFault, LISTED_MAX, power_over};
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::teams::AccessRefusal;

/// What somebody wants of a public key that they add.
#[derive(Debug, Clone, Copy)]
pub struct PublicKeyWish<'a> {
    /// In which world it is to be good.
    pub environment: Environment,
    /// What it is for.
    pub used_for: PublicKeyUse,
    /// What it is to be called.
    pub name: &'a str,
    /// The key, in PEM.
    pub pem: &'a str,
    /// For how long it is to work.
    pub lifetime: Lifetime,
    /// From where; a network on each line, none for everywhere.
    pub networks: &'a str,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKeyFault {
    /// The key is not taken.
    Key(InvalidPublicKey),
    /// Something that every key has.
    Common(KeyFault),
}

/// Why a public key is not added.
#[derive(Debug, thiserror::Error)]
pub enum AddPublicKeyRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<PublicKeyFault>),
    /// The application has this key, or had it and ended it.
    #[error("the application has this key already")]
    Known,
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

/// Why a public key is not ended or changed.
#[derive(Debug, thiserror::Error)]
pub enum EndPublicKeyRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<KeyFault>),
    /// It works no longer.
    #[error("the key works no longer")]
    Ended,
    /// The person may not, or the application has no such key.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

macro_rules! from_errors {
    ($($refusal:ident),+) => { $(
        impl From<StorageError> for $refusal {
            fn from(error: StorageError) -> Self {
                Self::Access(error.into())
            }
        }

        impl From<ServiceError> for $refusal {
            fn from(error: ServiceError) -> Self {
                Self::Access(error.into())
            }
        }
    )+ };
}

from_errors!(AddPublicKeyRefusal, EndPublicKeyRefusal);

impl Services {
    /// Adds a public key to one of the member's applications.
    pub async fn add_public_key(
        &self,
        member: &Member,
        id: AppId,
        wish: PublicKeyWish<'_>,
    ) -> Result<PublicKeyId, AddPublicKeyRefusal> {
        let now_ms = self.clock().now_ms();
        let usable_max = self.settings().await?.credentials_per_application;
        let mut tx = self.db().begin_write().await?;
        applications::lock(&mut tx, id).await?;
        self.application_for(&mut tx, member, id, power_over(wish.environment)).await?;
        let (file, name, networks) = read(wish).map_err(AddPublicKeyRefusal::Faults)?;
        if wish.environment == Environment::Live && !self.live_is_open(&mut tx, id).await? {
            return Err(AddPublicKeyRefusal::LiveNotOpen);
        }
        if public_keys::count_usable(&mut tx, id, wish.environment, now_ms).await? >= i64::from(usable_max) {
            return Err(AddPublicKeyRefusal::TooMany);
        }
        let key = PublicKeyRecord {
            id: PublicKeyId::from_parts(now_ms, random_bytes(self.randomness())),
            application_id: id,
            environment: wish.environment,
            name,
            kind: file.kind,
            bits: i64::try_from(file.bits).unwrap_or(i64::MAX),
            fingerprint: file.fingerprint(),
            spki: file.spki,
            networks,
            created_by: member.developer_id,
            created_at_ms: now_ms,
            last_used_at_ms: None,
            expires_at_ms: wish.lifetime.ends_at_ms(now_ms),
            revoked_at_ms: None,
        };
        match public_keys::insert(&mut tx, &key).await {
            Ok(()) => {}
            Err(error) if error.is_conflict_on(FINGERPRINT_IS_UNIQUE) => return Err(AddPublicKeyRefusal::Known),
            Err(error) => return Err(error.into()),
        }
        let detail = json!({
            "application": id.to_string(), "environment": key.environment.as_str(), "fingerprint": key.fingerprint,
        });
        let deed = Deed { action: "public_key.added", object: key.id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(key.id)
    }

    /// The public keys of one of the member's applications, newest first.
    pub async fn list_public_keys(
        &self,
        member: &Member,
        id: AppId,
        environment: Environment,
    ) -> Result<Vec<PublicKeyOfApplication>, ServiceError> {
        if self.find_application(member, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(public_keys::list_of_application(&mut reader, id, environment, LISTED_MAX).await?)
    }

    /// Gives a public key another name and other networks.
    pub async fn change_public_key(
        &self,
        member: &Member,
        id: AppId,
        key_id: PublicKeyId,
        name: &str,
        networks: &str,
    ) -> Result<(), EndPublicKeyRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.public_key_for(&mut tx, member, id, key_id).await?;
        let (name, networks) =
            crate::credentials::read_key_fields(name, networks).map_err(EndPublicKeyRefusal::Faults)?;
        public_keys::update(&mut tx, key_id, id, &name, &networks).await?;
        let texts: Vec<String> = networks.as_slice().iter().map(ToString::to_string).collect();
        let detail = json!({ "application": id.to_string(), "name": name, "networks": texts });
        let deed = Deed { action: "public_key.changed", object: key_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }

    /// Ends a public key, at once or after a while in which another one takes over.
    pub async fn end_public_key(
        &self,
        member: &Member,
        id: AppId,
        key_id: PublicKeyId,
        overlap: Overlap,
    ) -> Result<(), EndPublicKeyRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        self.public_key_for(&mut tx, member, id, key_id).await?;
        if !public_keys::end(&mut tx, key_id, id, now_ms + overlap.ms(), now_ms).await? {
            return Err(EndPublicKeyRefusal::Ended);
        }
        let detail = json!({ "application": id.to_string(), "overlap": overlap.as_str() });
        let deed = Deed { action: "public_key.ended", object: key_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }

    async fn public_key_for(
        &self,
        tx: &mut Tx,
        member: &Member,
        id: AppId,
        key_id: PublicKeyId,
    ) -> Result<PublicKeyRecord, AccessRefusal> {
        self.application_for(&mut *tx, member, id, Power::View).await?;
        let found = public_keys::find(&mut *tx, key_id).await?;
        let found = found.map(|found| found.key).filter(|key| key.application_id == id);
        let key = found.ok_or(AccessRefusal::Unknown)?;
        self.application_for(tx, member, id, power_over(key.environment)).await?;
        Ok(key)
    }
}

fn read(wish: PublicKeyWish<'_>) -> Result<(PublicKeyFile, String, AllowedNetworks), Vec<PublicKeyFault>> {
    let file = PublicKeyFile::from_pem(wish.pem).and_then(|file| file.used_for(wish.used_for));
    match (file, label::name(wish.name), wish.networks.parse()) {
        (Ok(file), Ok(name), Ok(networks)) => Ok((file, name, networks)),
        (file, name, networks) => {
            let faults = [
                name.err().map(|_| PublicKeyFault::Common(KeyFault::Name)),
                file.err().map(PublicKeyFault::Key),
                networks.err().map(|fault| PublicKeyFault::Common(KeyFault::Networks(fault))),
            ];
            Err(faults.into_iter().flatten().collect())
        }
    }
}
