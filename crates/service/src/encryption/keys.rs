//! The platform's keys that requests are encrypted to. The first is made when somebody first asks for it:
//! making one takes a tenth of a second, and most installations never need it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::rsa::{OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::KeyPurpose;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_storage::platform_keys::PlatformKeyRecord;

use super::jwe::KEY_ALGORITHM;
use crate::Services;
use crate::error::ServiceError;
use crate::platform_keys::AGE_MAX_MS;
use crate::tokens::{KeyMembers, PublicKey, UnreadableKey};

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
    /// Adds a key, or learns what is new about one.
    pub(crate) fn add(&self, record: &PlatformKeyRecord, pkcs8: &[u8]) -> Result<(), UnreadableKey> {
        let key = EncryptionKey::read(record, pkcs8).ok_or(UnreadableKey(record.id))?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(record.id, Arc::new(key));
        Ok(())
    }

    /// Whether nothing is new about the key.
    pub(crate) fn know(&self, record: &PlatformKeyRecord) -> bool {
        self.find(record.id).is_some_and(|known| known.retired_at_ms == record.retired_at_ms)
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
        self.renew_platform_key(KeyPurpose::BodyEncryption).await?;
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
            self.learn_platform_keys(KeyPurpose::BodyEncryption).await?;
        }
        let now_ms = self.clock().now_ms();
        Ok(self.encryption_keys().find(id).filter(|key| key.opens(now_ms)))
    }
}
