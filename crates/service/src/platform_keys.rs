//! The platform's own keys take turns, by age or by command. A key that signs is published a while before
//! its turn and stays published until the last of what it signed is gone; a key that opens goes on opening
//! for a while.

use tallyport_domain::ids::PlatformKeyId;
use tallyport_domain::{KeyPurpose, TokenAlgorithm};
use tallyport_storage::platform_keys::{self, PlatformKeyRecord};
use tallyport_storage::{Tx, migrate};
use tokio::task::spawn_blocking;
use zeroize::Zeroizing;

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::encryption;
use crate::error::ServiceError;
use crate::ports::{Randomness, random_bytes};
use crate::secrets::{Place, Vault};
use crate::tokens::{generate, generate_rsa};

/// The age at which a key is replaced by itself: ninety days.
pub(crate) const AGE_MAX_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// For how long a new key is published before it signs: clients and processes learn it meanwhile.
const PUBLISHED_BEFORE_MS: i64 = 10 * 60 * 1000;
/// For how long a key that was replaced still opens: clients may know the key set from before.
const OPENS_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// Partners check answers on every call: the shortest signature, whatever tokens have.
pub(crate) const ANSWER_ALGORITHM: TokenAlgorithm = TokenAlgorithm::Es256;

/// A fresh key pair, and what it is made for.
pub(crate) struct FreshKey {
    pub(crate) purpose: KeyPurpose,
    pub(crate) algorithm: &'static str,
    /// The private half in PKCS#8 and the public half.
    pub(crate) pair: (Zeroizing<Vec<u8>>, Vec<u8>),
}

impl FreshKey {
    /// The key as it is stored, its private half sealed.
    pub(crate) fn sealed(self, vault: &Vault, randomness: &dyn Randomness, now_ms: i64) -> PlatformKeyRecord {
        let id = PlatformKeyId::from_parts(now_ms, random_bytes(randomness));
        let (private_key, public_key) = self.pair;
        PlatformKeyRecord {
            id,
            purpose: self.purpose,
            algorithm: self.algorithm.to_owned(),
            private_key: vault.seal(private_key_place(&id.to_string()), &private_key, randomness),
            public_key,
            created_at_ms: now_ms,
            retired_at_ms: None,
        }
    }
}

pub(crate) fn private_key_place(id: &str) -> Place<'_> {
    Place { table: "platform_keys", column: "private_key", row: id }
}

impl Services {
    /// Makes a new key for this purpose, which takes the place of the present one. Other processes learn it
    /// by themselves.
    pub async fn rotate_platform_key(&self, purpose: KeyPurpose, actor: &Actor) -> Result<PlatformKeyId, ServiceError> {
        let fresh = self.fresh_key(purpose).await?;
        let mut tx = self.db().begin_write().await?;
        migrate::take_lock(&mut tx).await?;
        let id = self.replace_platform_key(&mut tx, fresh, actor).await?;
        tx.commit().await?;
        self.learn_platform_keys(purpose).await?;
        Ok(id)
    }

    /// Replaces the keys that are old, and learns what other processes made and replaced.
    pub async fn keep_platform_keys(&self) -> Result<(), ServiceError> {
        for purpose in KeyPurpose::ALL.iter().copied() {
            let keys = self.learn_platform_keys(purpose).await?;
            // A key that nobody has asked for yet is not missing.
            if !keys.is_empty() && !self.has_young(&keys) {
                self.renew_platform_key(purpose).await?;
            }
        }
        Ok(())
    }

    /// Puts a key where there is none that is young enough. Of all who come at once, in all processes, the key of
    /// one is taken.
    pub(crate) async fn renew_platform_key(&self, purpose: KeyPurpose) -> Result<(), ServiceError> {
        // However many ask for a key that is not there yet, they do not all make a pair.
        let _only_one = self.renewing_platform_key().lock().await;
        if self.has_young(&self.learn_platform_keys(purpose).await?) {
            return Ok(());
        }
        let fresh = self.fresh_key(purpose).await?;
        let mut tx = self.db().begin_write().await?;
        migrate::take_lock(&mut tx).await?;
        if !self.has_young(&platform_keys::list(&mut tx, purpose).await?) {
            self.replace_platform_key(&mut tx, fresh, &Actor::platform("keys")).await?;
        }
        tx.commit().await?;
        self.learn_platform_keys(purpose).await.map(|_| ())
    }

    /// Replaces the signing key when the operator chose another algorithm since it was made. Called at a
    /// start only: processes that were started with different choices would replace each other's keys.
    pub(crate) async fn change_token_algorithm(&self) -> Result<(), ServiceError> {
        const PURPOSE: KeyPurpose = KeyPurpose::AccessToken;
        if self.has_chosen(&platform_keys::list(&mut self.db().read().await?, PURPOSE).await?) {
            return Ok(());
        }
        let fresh = self.fresh_key(PURPOSE).await?;
        let mut tx = self.db().begin_write().await?;
        migrate::take_lock(&mut tx).await?;
        if !self.has_chosen(&platform_keys::list(&mut tx, PURPOSE).await?) {
            self.replace_platform_key(&mut tx, fresh, &Actor::platform("keys")).await?;
        }
        tx.commit().await?;
        self.learn_platform_keys(PURPOSE).await.map(|_| ())
    }

    fn has_young(&self, keys: &[PlatformKeyRecord]) -> bool {
        let too_old_ms = self.clock().now_ms() - AGE_MAX_MS;
        keys.iter().any(|key| key.created_at_ms >= too_old_ms)
    }

    /// Whether the key that signs tokens is of the algorithm that the operator chose.
    fn has_chosen(&self, keys: &[PlatformKeyRecord]) -> bool {
        let present = keys.iter().rfind(|key| key.retired_at_ms.is_none());
        present.is_some_and(|key| key.algorithm == self.token_algorithm().as_str())
    }

    /// Makes a pair, before the transaction and beside the requests: an RSA one takes a good part of a second, in
    /// which nobody else would write to SQLite.
    async fn fresh_key(&self, purpose: KeyPurpose) -> Result<FreshKey, ServiceError> {
        let for_tokens = self.token_algorithm();
        let make = move || {
            let signing = |algorithm: TokenAlgorithm| (algorithm.as_str(), generate(algorithm));
            let (algorithm, pair) = match purpose {
                KeyPurpose::AccessToken => signing(for_tokens),
                KeyPurpose::ResponseSignature => signing(ANSWER_ALGORITHM),
                KeyPurpose::BodyEncryption => (encryption::KEY_ALGORITHM, generate_rsa()),
            };
            FreshKey { purpose, algorithm, pair }
        };
        spawn_blocking(make).await.map_err(|_| ServiceError::broken("no key pair could be made"))
    }

    /// Lets a fresh key take the place of those of its purpose.
    async fn replace_platform_key(
        &self,
        tx: &mut Tx,
        fresh: FreshKey,
        actor: &Actor,
    ) -> Result<PlatformKeyId, ServiceError> {
        let goes_on_for_ms = match fresh.purpose {
            KeyPurpose::AccessToken | KeyPurpose::ResponseSignature => PUBLISHED_BEFORE_MS,
            KeyPurpose::BodyEncryption => OPENS_AFTER_MS,
        };
        let now_ms = self.clock().now_ms();
        platform_keys::retire_all(tx, fresh.purpose, now_ms + goes_on_for_ms).await?;
        let detail = serde_json::json!({ "purpose": fresh.purpose.as_str(), "algorithm": fresh.algorithm });
        let record = fresh.sealed(self.vault(), self.randomness(), now_ms);
        platform_keys::insert(tx, &record).await?;
        let deed = Deed { action: "platform_key.rotated", object: record.id.to_string(), detail };
        self.record(tx, actor, deed).await?;
        Ok(record.id)
    }

    /// Loads the keys that this process does not know, and what is new about those it does. Returns all.
    pub(crate) async fn learn_platform_keys(
        &self,
        purpose: KeyPurpose,
    ) -> Result<Vec<PlatformKeyRecord>, ServiceError> {
        let records = platform_keys::list(&mut self.db().read().await?, purpose).await?;
        for record in &records {
            let is_known = match purpose {
                KeyPurpose::AccessToken => self.signing_keys().know(record),
                KeyPurpose::ResponseSignature => self.answer_keys().know(record),
                KeyPurpose::BodyEncryption => self.encryption_keys().know(record),
            };
            if is_known {
                continue;
            }
            let private_key = self.open(private_key_place(&record.id.to_string()), &record.private_key).await?;
            let added = match purpose {
                KeyPurpose::AccessToken => self.signing_keys().add(record, &private_key),
                KeyPurpose::ResponseSignature => self.answer_keys().add(record, &private_key),
                KeyPurpose::BodyEncryption => self.encryption_keys().add(record, &private_key),
            };
            added.map_err(|_| ServiceError::broken("a key of the platform cannot be read"))?;
        }
        Ok(records)
    }
}
