//! The platform's signing keys: made at the first start, sealed in the database, known to every
//! process by their id.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use jsonwebtoken::DecodingKey;
use tallyport_domain::TokenAlgorithm;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_domain::oauth::Lifetimes;
use tallyport_storage::platform_keys::PlatformKeyRecord;

use super::LEEWAY_S;
use super::pair::{KeyMembers, SigningPair};

/// For how long a retired key is published: until its last token is refused for its age.
const PUBLISHED_AFTER_MS: i64 = (*Lifetimes::ACCESS_TOKEN_S.end() as i64 + LEEWAY_S) * 1000;

/// Every key of one purpose: those that tokens, or those that answers, may be signed with.
#[derive(Clone, Default)]
pub struct SigningKeys(Arc<RwLock<Ring>>);

#[derive(Default)]
struct Ring {
    by_id: HashMap<PlatformKeyId, Arc<SigningKey>>,
}

pub(crate) struct SigningKey {
    pub(crate) id: PlatformKeyId,
    pub(crate) algorithm: TokenAlgorithm,
    pub(crate) pair: SigningPair,
    pub(crate) verifying: DecodingKey,
    members: KeyMembers,
    /// From when on it signs nothing new.
    pub(crate) retired_at_ms: Option<i64>,
}

impl SigningKey {
    fn signs(&self, now_ms: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| now_ms < retired_at_ms)
    }

    /// Whether it may have signed then: a retired key proves nothing about what came later.
    pub(crate) fn may_have_signed_at(&self, at_s: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| at_s.saturating_sub(LEEWAY_S) < retired_at_ms.div_euclid(1000))
    }

    fn is_published(&self, now_ms: i64) -> bool {
        self.retired_at_ms.is_none_or(|retired_at_ms| now_ms < retired_at_ms + PUBLISHED_AFTER_MS)
    }
}

/// A key as the world may see it: what stands in its JWK (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The key's id.
    pub kid: String,
    /// The one algorithm that it is for, by its name in JOSE.
    pub alg: &'static str,
    /// The key itself.
    pub members: KeyMembers,
}

/// The bytes are no key of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key {0} cannot be read")]
pub struct UnreadableKey(pub PlatformKeyId);

impl SigningKeys {
    /// Adds a key, or learns what is new about one.
    pub fn add(&self, record: &PlatformKeyRecord, pkcs8: &[u8]) -> Result<(), UnreadableKey> {
        let unreadable = || UnreadableKey(record.id);
        let algorithm = record.algorithm.parse().map_err(|_| unreadable())?;
        let pair = SigningPair::read(algorithm, pkcs8).ok_or_else(unreadable)?;
        let members = pair.members().ok_or_else(unreadable)?;
        let key = SigningKey {
            id: record.id,
            algorithm,
            verifying: members.verifying().ok_or_else(unreadable)?,
            pair,
            members,
            retired_at_ms: record.retired_at_ms,
        };
        self.0.write().expect("no holder of the lock panics").by_id.insert(record.id, Arc::new(key));
        Ok(())
    }

    /// The key that signs now: of those that are not retired the one that will be first, because a newer one
    /// is published for a while before its turn comes.
    pub(crate) fn signing(&self, now_ms: i64) -> Option<Arc<SigningKey>> {
        let ring = self.0.read().expect("no holder of the lock panics");
        ring.by_id
            .values()
            .filter(|key| key.signs(now_ms))
            .min_by_key(|key| (key.retired_at_ms.unwrap_or(i64::MAX), key.id))
            .cloned()
    }

    /// Whether nothing is new about the key.
    pub(crate) fn know(&self, record: &PlatformKeyRecord) -> bool {
        self.find(record.id).is_some_and(|known| known.retired_at_ms == record.retired_at_ms)
    }

    pub(crate) fn find(&self, id: PlatformKeyId) -> Option<Arc<SigningKey>> {
        self.0.read().expect("no holder of the lock panics").by_id.get(&id).cloned()
    }

    /// The keys that others may check our tokens with, oldest first.
    #[must_use]
    pub fn public(&self, now_ms: i64) -> Vec<PublicKey> {
        let ring = self.0.read().expect("no holder of the lock panics");
        let mut keys: Vec<&Arc<SigningKey>> = ring.by_id.values().filter(|key| key.is_published(now_ms)).collect();
        keys.sort_by_key(|key| key.id);
        keys.iter()
            .map(|key| PublicKey { kid: key.id.to_string(), alg: key.algorithm.as_str(), members: key.members.clone() })
            .collect()
    }
}
