//! The platform's signing keys take turns: a new key is published a while before it signs, and the
//! old one stays published until its last token is gone.

use tallyport_domain::KeyPurpose;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_domain::oauth::Lifetimes;
use tallyport_storage::platform_keys::{self, PlatformKeyRecord};
use tallyport_storage::{Conn, Tx, migrate};

use super::{LEEWAY_S, generate};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::Place;

/// For how long a new key is published before it signs: clients and processes learn it meanwhile.
pub(super) const PUBLISHED_BEFORE_MS: i64 = 10 * 60 * 1000;
/// For how long a retired key is published: until its last token is refused for its age.
pub(super) const PUBLISHED_AFTER_MS: i64 = (*Lifetimes::ACCESS_TOKEN_S.end() as i64 + LEEWAY_S) * 1000;
/// The age at which a key is replaced by itself: ninety days.
const AGE_MAX_MS: i64 = 90 * 24 * 60 * 60 * 1000;

pub(crate) fn private_key_place(id: &str) -> Place<'_> {
    Place { table: "platform_keys", column: "private_key", row: id }
}

impl Services {
    /// Makes a new signing key that takes over in ten minutes. Other processes learn it by
    /// themselves.
    pub async fn rotate_signing_key(&self, actor: &Actor) -> Result<PlatformKeyId, ServiceError> {
        let mut tx = self.db().begin_write().await?;
        migrate::take_lock(&mut tx).await?;
        let id = self.make_next_key(&mut tx, actor).await?;
        tx.commit().await?;
        self.load_signing_keys().await?;
        Ok(id)
    }

    /// Replaces the signing key when the operator chose another algorithm since it was made. Called at a
    /// start only: processes that were started with different choices would replace each other's keys.
    pub(crate) async fn change_token_algorithm(&self) -> Result<(), ServiceError> {
        let is_chosen = |keys: &[PlatformKeyRecord]| {
            keys.iter()
                .rfind(|key| key.retired_at_ms.is_none())
                .is_some_and(|key| key.algorithm == self.token_algorithm().as_str())
        };
        let mut tx = self.db().begin_write().await?;
        migrate::take_lock(&mut tx).await?;
        if is_chosen(&platform_keys::list(&mut tx, KeyPurpose::AccessToken).await?) {
            return Ok(());
        }
        self.make_next_key(&mut tx, &Actor::platform("keys")).await?;
        tx.commit().await?;
        self.load_signing_keys().await
    }

    /// Replaces the signing key when it is old, and learns of keys that other processes made.
    pub(crate) async fn keep_signing_keys(&self) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        if self.signing_keys().newest_is_older_than(now_ms - AGE_MAX_MS) {
            let mut tx = self.db().begin_write().await?;
            migrate::take_lock(&mut tx).await?;
            // Another process may have been first.
            let keys = platform_keys::list(&mut tx, KeyPurpose::AccessToken).await?;
            if keys.iter().all(|key| key.created_at_ms < now_ms - AGE_MAX_MS) {
                self.make_next_key(&mut tx, &Actor::platform("keys")).await?;
            }
            tx.commit().await?;
        }
        self.load_signing_keys().await
    }

    async fn make_next_key(&self, tx: &mut Tx, actor: &Actor) -> Result<PlatformKeyId, ServiceError> {
        let now_ms = self.clock().now_ms();
        let id = PlatformKeyId::from_parts(now_ms, random_bytes(self.randomness()));
        let algorithm = self.token_algorithm();
        let (private_key, public_key) = generate(algorithm);
        platform_keys::retire_all(tx, KeyPurpose::AccessToken, now_ms + PUBLISHED_BEFORE_MS).await?;
        let record = PlatformKeyRecord {
            id,
            purpose: KeyPurpose::AccessToken,
            algorithm: algorithm.as_str().to_owned(),
            private_key: self.vault().seal(private_key_place(&id.to_string()), &private_key, self.randomness()),
            public_key,
            created_at_ms: now_ms,
            retired_at_ms: None,
        };
        platform_keys::insert(tx, &record).await?;
        let detail = serde_json::json!({ "algorithm": algorithm.as_str() });
        let deed = Deed { action: "platform_key.rotated", object: id.to_string(), detail };
        self.record(tx, actor, deed).await?;
        Ok(id)
    }

    /// Loads the signing keys that this process does not know, and what is new about those it does.
    pub(crate) async fn load_signing_keys(&self) -> Result<(), ServiceError> {
        let mut reader = self.db().read().await?;
        let records = platform_keys::list(Conn::from(&mut reader), KeyPurpose::AccessToken).await?;
        for record in records {
            if self.signing_keys().find(record.id).is_some_and(|known| known.retired_at_ms == record.retired_at_ms) {
                continue;
            }
            let private_key = self.open(private_key_place(&record.id.to_string()), &record.private_key).await?;
            self.signing_keys()
                .add(&record, &private_key)
                .map_err(|_| ServiceError::broken("a signing key of the platform cannot be read"))?;
        }
        Ok(())
    }
}
