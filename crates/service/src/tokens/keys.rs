//! The platform's signing keys: made at the first start, sealed in the database, known to every
//! process by their id.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use tallyport_domain::ids::PlatformKeyId;
use tallyport_storage::platform_keys::PlatformKeyRecord;
use zeroize::Zeroizing;

use super::rotate::PUBLISHED_AFTER_MS;

/// The only algorithm of tokens so far.
pub(crate) const ALGORITHM: &str = "ES256";

/// Every key of one purpose: those that tokens, or those that answers, may be signed with.
#[derive(Clone, Default)]
pub struct SigningKeys(Arc<RwLock<Ring>>);

#[derive(Default)]
struct Ring {
    by_id: HashMap<PlatformKeyId, Arc<SigningKey>>,
}

pub(crate) struct SigningKey {
    pub(crate) id: PlatformKeyId,
    pub(crate) signing: EncodingKey,
    pub(crate) verifying: DecodingKey,
    /// The same key for what is no token.
    pub(crate) pair: EcdsaKeyPair,
    point: Vec<u8>,
    created_at_ms: i64,
    /// From when on it signs nothing new.
    pub(crate) retired_at_ms: Option<i64>,
}

impl SigningKey {
    fn signs(&self, now_ms: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| now_ms < retired_at_ms)
    }

    fn is_published(&self, now_ms: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| now_ms < retired_at_ms + PUBLISHED_AFTER_MS)
    }
}

/// A key as the world may see it: the members of a JWK (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The key's id.
    pub kid: String,
    /// The first coordinate, base64url.
    pub x: String,
    /// The second coordinate, base64url.
    pub y: String,
}

/// The bytes are no key of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signing key {0} cannot be read")]
pub struct UnreadableKey(PlatformKeyId);

/// A fresh private key in PKCS#8, and its public point.
///
/// # Panics
/// When the system's random generator fails.
pub(crate) fn generate() -> (Zeroizing<Vec<u8>>, Vec<u8>) {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("the random generator works");
    let document = pair.to_pkcs8v1().expect("a fresh key can be written");
    (Zeroizing::new(document.as_ref().to_vec()), pair.public_key().as_ref().to_vec())
}

impl SigningKeys {
    /// Adds a key, or learns what is new about one.
    pub fn add(&self, record: &PlatformKeyRecord, pkcs8: &[u8]) -> Result<(), UnreadableKey> {
        let id = record.id;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(|_| UnreadableKey(id))?;
        let (x, y) = coordinates(&record.public_key).ok_or(UnreadableKey(id))?;
        let key = SigningKey {
            id,
            signing: EncodingKey::from_ec_der(pkcs8),
            verifying: DecodingKey::from_ec_components(&x, &y).map_err(|_| UnreadableKey(id))?,
            pair,
            point: record.public_key.clone(),
            created_at_ms: record.created_at_ms,
            retired_at_ms: record.retired_at_ms,
        };
        self.0.write().expect("no holder of the lock panics").by_id.insert(id, Arc::new(key));
        Ok(())
    }

    /// The key that signs now: of those that are not retired the oldest, because a newer one is
    /// published for a while before its turn comes.
    pub(crate) fn signing(&self, now_ms: i64) -> Option<Arc<SigningKey>> {
        let ring = self.0.read().expect("no holder of the lock panics");
        ring.by_id.values().filter(|key| key.signs(now_ms)).min_by_key(|key| key.id).cloned()
    }

    pub(crate) fn newest_is_older_than(&self, at_ms: i64) -> bool {
        self.0.read().expect("no holder of the lock panics").by_id.values().all(|key| key.created_at_ms < at_ms)
    }

    pub(crate) fn find(&self, id: PlatformKeyId) -> Option<Arc<SigningKey>> {
        self.0.read().expect("no holder of the lock panics").by_id.get(&id).cloned()
    }

    /// The keys that others may check our tokens with.
    #[must_use]
    pub fn public(&self, now_ms: i64) -> Vec<PublicKey> {
        let ring = self.0.read().expect("no holder of the lock panics");
        let mut keys: Vec<&Arc<SigningKey>> = ring.by_id.values().filter(|key| key.is_published(now_ms)).collect();
        keys.sort_by_key(|key| key.id);
        keys.iter()
            .filter_map(|key| coordinates(&key.point).map(|(x, y)| PublicKey { kid: key.id.to_string(), x, y }))
            .collect()
    }
}

/// The coordinates of an uncompressed point: 4, then 32 bytes each.
fn coordinates(point: &[u8]) -> Option<(String, String)> {
    let [4, rest @ ..] = point else { return None };
    if rest.len() != 64 {
        return None;
    }
    Some((URL_SAFE_NO_PAD.encode(&rest[..32]), URL_SAFE_NO_PAD.encode(&rest[32..])))
}
