//! The platform's keys that requests are encrypted to. The first is made when somebody first asks for it:
//! making one takes a tenth of a second, and most installations never need it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeySize, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::KeyPurpose;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_storage::platform_keys::{self, PlatformKeyRecord};
use tallyport_storage::{Tx, migrate};
use zeroize::Zeroizing;

use super::jwe::KEY_ALGORITHM;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::tokens::{KeyMembers, PublicKey, private_key_place};

/// The age at which a key is replaced by itself: ninety days.
const AGE_MAX_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// For how long a key that was replaced still opens: clients may know the key set from before.
const OPENS_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// The keys that this process has met, by their ids.
#[derive(Clone, Default)]
pub(crate) struct EncryptionKeys(Arc<RwLock<HashMap<PlatformKeyId, Arc<EncryptionKey>>>>);

pub(crate) struct EncryptionKey {
    pub(crate) opening: OaepPrivateDecryptingKey,
    public: PublicKey,
    created_at_ms: i64,
    retired_at_ms: Option<i64>,
}

impl EncryptionKeys {
    fn add(&self, record: &PlatformKeyRecord, key: EncryptionKey) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(record.id, Arc::new(key));
    }

    fn find(&self, id: PlatformKeyId) -> Option<Arc<EncryptionKey>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// The one that others are to encrypt to.
    fn current(&self) -> Option<Arc<EncryptionKey>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.values().filter(|key| key.retired_at_ms.is_none()).max_by_key(|key| key.public.kid.clone()).cloned()
    }
}

impl EncryptionKey {
    fn read(record: &PlatformKeyRecord, pkcs8: &[u8]) -> Option<Self> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let n = text(pair.public_key().modulus().big_endian_without_leading_zero());
        let e = text(pair.public_key().exponent().big_endian_without_leading_zero());
        let opening = OaepPrivateDecryptingKey::new(PrivateDecryptingKey::from_pkcs8(pkcs8).ok()?).ok()?;
        let public = PublicKey { kid: record.id.to_string(), alg: KEY_ALGORITHM, members: KeyMembers::Rsa { n, e } };
        Some(Self { opening, public, created_at_ms: record.created_at_ms, retired_at_ms: record.retired_at_ms })
    }

    fn opens(&self, now_ms: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| now_ms < retired_at_ms)
    }
}

impl Services {
    /// The key that requests may be encrypted to.
    pub async fn encryption_key(&self) -> Result<PublicKey, ServiceError> {
        let too_old_ms = self.clock().now_ms() - AGE_MAX_MS;
        let is_good = |key: &Arc<EncryptionKey>| key.created_at_ms >= too_old_ms;
        if let Some(key) = self.encryption_keys().current().filter(is_good) {
            return Ok(key.public.clone());
        }
        let mut tx = self.db().begin_write().await?;
        // Of all who ask at once, in all processes, one makes it.
        migrate::take_lock(&mut tx).await?;
        self.load_encryption_keys(&platform_keys::list(&mut tx, KeyPurpose::BodyEncryption).await?).await?;
        if self.encryption_keys().current().filter(is_good).is_none() {
            self.make_encryption_key(&mut tx).await?;
            self.load_encryption_keys(&platform_keys::list(&mut tx, KeyPurpose::BodyEncryption).await?).await?;
        }
        tx.commit().await?;
        let key = self.encryption_keys().current().ok_or(ServiceError::broken("a key that was made is not there"))?;
        Ok(key.public.clone())
    }

    /// The key of an id, if it still opens what is encrypted to it.
    pub(super) async fn find_encryption_key(
        &self,
        id: PlatformKeyId,
    ) -> Result<Option<Arc<EncryptionKey>>, ServiceError> {
        if self.encryption_keys().find(id).is_none() {
            // Another process may have made it.
            let records = platform_keys::list(&mut self.db().read().await?, KeyPurpose::BodyEncryption).await?;
            self.load_encryption_keys(&records).await?;
        }
        let now_ms = self.clock().now_ms();
        Ok(self.encryption_keys().find(id).filter(|key| key.opens(now_ms)))
    }

    async fn load_encryption_keys(&self, records: &[PlatformKeyRecord]) -> Result<(), ServiceError> {
        for record in records {
            let known = self.encryption_keys().find(record.id);
            if known.is_some_and(|known| known.retired_at_ms == record.retired_at_ms) {
                continue;
            }
            let private_key = self.open(private_key_place(&record.id.to_string()), &record.private_key).await?;
            let key = EncryptionKey::read(record, &private_key);
            self.encryption_keys().add(record, key.ok_or(ServiceError::broken("a key for bodies cannot be read"))?);
        }
        Ok(())
    }

    async fn make_encryption_key(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let id = PlatformKeyId::from_parts(now_ms, random_bytes(self.randomness()));
        let made = || ServiceError::broken("an RSA key could not be made");
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| made())?;
        let private_key = Zeroizing::new(pair.as_der().map_err(|_| made())?.as_ref().to_vec());
        platform_keys::retire_all(tx, KeyPurpose::BodyEncryption, now_ms + OPENS_AFTER_MS).await?;
        let record = PlatformKeyRecord {
            id,
            purpose: KeyPurpose::BodyEncryption,
            algorithm: KEY_ALGORITHM.to_owned(),
            private_key: self.vault().seal(private_key_place(&id.to_string()), &private_key, self.randomness()),
            public_key: pair.public_key().as_ref().to_vec(),
            created_at_ms: now_ms,
            retired_at_ms: None,
        };
        platform_keys::insert(tx, &record).await?;
        let detail = serde_json::json!({ "algorithm": KEY_ALGORITHM });
        let deed = Deed { action: "platform_key.rotated", object: id.to_string(), detail };
        self.record(tx, &Actor::platform("keys"), deed).await
    }
}
