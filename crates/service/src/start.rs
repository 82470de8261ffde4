//! Starting: the keys that the platform needs are made once and loaded by every process.

use std::sync::{Arc, Mutex};

use tallyport_domain::ids::{PlatformKeyId, ProcessId};
use tallyport_domain::{KeyPurpose, TokenAlgorithm};
use tallyport_storage::data_keys::{self, DataKeyRecord};
use tallyport_storage::platform_keys;
use tallyport_storage::{Db, Tx, migrate};
use zeroize::Zeroizing;

use crate::admin::PaymentsToday;
use crate::encryption::EncryptionKeys;
use crate::error::ServiceError;
use crate::platform_keys::{ANSWER_ALGORITHM, FreshKey, private_key_place};
use crate::ports::{Clock, Randomness, random_bytes};
use crate::rate_limits::RateLimits;
use crate::recent::Recent;
use crate::secrets::{Passwords, Place, Vault, VaultError};
use crate::tokens::{RevocationCache, SigningKeys, TokenCache, generate};
use crate::workers::{Draining, DuePlaces};
use crate::{Inner, Options, Services, lane, workers};

impl Services {
    /// Loads the platform's keys, makes them where there are none, and starts the write lane and
    /// the workers. The database has to be migrated.
    pub async fn start(options: Options) -> Result<Self, ServiceError> {
        let services = Self::without_workers(options).await?;
        services.change_token_algorithm().await?;
        services.count_processes().await?;
        workers::start(&services);
        tokio::spawn(crate::mail::run(services.clone()));
        tokio::spawn(crate::channels::keep_looking(services.clone()));
        Ok(services)
    }

    /// The same without the workers, for a command that does one thing and ends: what waits is left to
    /// the servers.
    pub async fn without_workers(options: Options) -> Result<Self, ServiceError> {
        let Options {
            db,
            clock,
            randomness,
            key_encryption_key,
            previous_key_encryption_key,
            public_url,
            mail,
            outside_provider,
            password_cost,
            token_algorithm,
        } = options;
        let vault = Vault::new(&key_encryption_key, previous_key_encryption_key.as_deref());
        let (signing_keys, answer_keys) = (SigningKeys::default(), SigningKeys::default());
        let rings = [
            (KeyPurpose::AccessToken, token_algorithm, &signing_keys),
            (KeyPurpose::ResponseSignature, ANSWER_ALGORITHM, &answer_keys),
        ];
        let keys = Keys { vault: &vault, rings, clock: &*clock, randomness: &*randomness };
        keys.prepare(&db).await?;

        let public_url = public_url.trim_end_matches('/').to_owned();
        let process_id = ProcessId::from_parts(clock.now_ms(), random_bytes(&*randomness));
        let lane = lane::Lane::start(lane::Tools {
            db: db.clone(),
            clock: Arc::clone(&clock),
            randomness: Arc::clone(&randomness),
            public_url: public_url.clone(),
            process_id,
            chain_end: Mutex::default(),
            ascent: Mutex::default(),
        })?;
        let services = Self(Arc::new(Inner {
            passwords: Passwords::new(password_cost, &*randomness),
            throttle: crate::identity::Throttle::default(),
            credential_cache: crate::credentials::CredentialCache::default(),
            public_key_cache: crate::public_keys::PublicKeyCache::default(),
            last_uses: crate::credentials::LastUses::default(),
            token_cache: TokenCache::default(),
            revocation_cache: RevocationCache::default(),
            client_cache: crate::authorization::ClientCache::default(),
            settings: Recent::default(),
            announcements: Recent::default(),
            plans: Recent::default(),
            switched_off: Recent::default(),
            payments_today: PaymentsToday::default(),
            standing_cache: crate::approval::StandingCache::default(),
            public_url,
            db,
            process_id,
            randomness,
            clock,
            vault,
            signing_keys,
            token_algorithm,
            answer_keys,
            encryption_keys: EncryptionKeys::default(),
            renewing_platform_key: tokio::sync::Mutex::default(),
            lane,
            channels: crate::channels::Channels::default(),
            mail,
            outside_provider,
            rate_limits: RateLimits::default(),
            due_places: DuePlaces::default(),
            draining: Draining::default(),
        }));
        services.look_at_channels().await?;
        Ok(services)
    }

    /// Ends the work of this process: no new commands, and every command that waited is on disk and
    /// answered when this returns.
    pub async fn drain(&self) {
        self.0.draining.cancel();
        if let Err(error) = self.write_last_uses().await {
            tracing::warn!(%error, "when keys were last used could not be written");
        }
        self.lane().drain().await;
        if let Err(error) = self.leave_processes().await {
            tracing::warn!(%error, "the other processes will notice by themselves that this one is gone: {error}");
        }
    }

    /// Opens a sealed secret. A data key that another process made a moment ago is loaded first.
    pub(crate) async fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        match self.vault().open(place, sealed) {
            Err(VaultError::UnknownDataKey(_)) => {
                load_data_keys(&mut self.db().begin_read().await?, self.vault()).await?;
                Ok(self.vault().open(place, sealed)?)
            }
            opened => Ok(opened?),
        }
    }
}

struct Keys<'a> {
    vault: &'a Vault,
    rings: [(KeyPurpose, TokenAlgorithm, &'a SigningKeys); 2],
    clock: &'a dyn Clock,
    randomness: &'a dyn Randomness,
}

impl Keys<'_> {
    async fn prepare(&self, db: &Db) -> Result<(), ServiceError> {
        let mut tx = db.begin_write().await?;
        // Of several processes that start at once on an empty database, one makes the keys.
        migrate::take_lock(&mut tx).await?;
        if load_data_keys(&mut tx, self.vault).await? == 0 {
            self.make_data_key(&mut tx).await?;
            load_data_keys(&mut tx, self.vault).await?;
        }
        for (purpose, algorithm, ring) in self.rings {
            if self.load_signing_keys(&mut tx, purpose, ring).await? == 0 {
                self.make_signing_key(&mut tx, purpose, algorithm).await?;
                self.load_signing_keys(&mut tx, purpose, ring).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn make_data_key(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        let id = PlatformKeyId::from_parts(self.clock.now_ms(), random_bytes(self.randomness));
        let record = DataKeyRecord {
            id,
            key_encryption_key_id: self.vault.key_encryption_key_id().to_owned(),
            wrapped: self.vault.new_data_key(id, self.randomness),
            created_at_ms: self.clock.now_ms(),
        };
        Ok(data_keys::insert(tx, &record).await?)
    }

    async fn load_signing_keys(
        &self,
        tx: &mut Tx,
        purpose: KeyPurpose,
        ring: &SigningKeys,
    ) -> Result<usize, ServiceError> {
        let records = platform_keys::list(tx, purpose).await?;
        for record in &records {
            let private_key = self.vault.open(private_key_place(&record.id.to_string()), &record.private_key)?;
            ring.add(record, &private_key)
                .map_err(|_| ServiceError::broken("a signing key of the platform cannot be read"))?;
        }
        Ok(records.len())
    }

    async fn make_signing_key(
        &self,
        tx: &mut Tx,
        purpose: KeyPurpose,
        algorithm: TokenAlgorithm,
    ) -> Result<(), ServiceError> {
        let fresh = FreshKey { purpose, algorithm: algorithm.as_str(), pair: generate(algorithm) };
        let record = fresh.sealed(self.vault, self.randomness, self.clock.now_ms());
        Ok(platform_keys::insert(tx, &record).await?)
    }
}

async fn load_data_keys(tx: &mut Tx, vault: &Vault) -> Result<usize, ServiceError> {
    let records = data_keys::list(tx).await?;
    for record in &records {
        vault.load_data_key(record.id, &record.key_encryption_key_id, &record.wrapped)?;
    }
    Ok(records.len())
}
