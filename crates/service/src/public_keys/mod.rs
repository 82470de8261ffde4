//! Public keys of applications: added, listed, ended, and found when a signature names one. The
//! private halves never come here.

mod manage;
mod parse;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};
use moka::sync::Cache;
use tallyport_domain::Environment;
use tallyport_domain::ids::{AppId, PublicKeyId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::public_key::PublicKeyKind;
use tallyport_domain::signature::Algorithm;
use tallyport_storage::public_keys;

use crate::Services;
use crate::caller::CallFrom;
use crate::credentials::{REMEMBERED_FOR, REMEMBERED_MAX};
use crate::error::ServiceError;

pub use manage::{AddPublicKeyRefusal, EndPublicKeyRefusal, PublicKeyFault, PublicKeyWish};
pub use parse::{InvalidPublicKey, PublicKeyFile};

/// A usable public key, read for verification.
pub(crate) struct UsableKey {
    pub(crate) id: PublicKeyId,
    pub(crate) application_id: AppId,
    pub(crate) environment: Environment,
    pub(crate) kind: PublicKeyKind,
    networks: AllowedNetworks,
    expires_at_ms: Option<i64>,
    /// The key once for each algorithm that it may be used with.
    verifiers: Vec<(Algorithm, ParsedPublicKey)>,
    is_noted: AtomicBool,
}

impl UsableKey {
    /// Whether it may be used from there.
    pub(crate) fn may_be_used(&self, from: CallFrom) -> bool {
        from.is_within(&self.networks)
    }

    /// Verifies a signature. `None` when the key is not for this algorithm.
    pub(crate) fn verify(&self, algorithm: Algorithm, base: &[u8], signature: &[u8]) -> Option<bool> {
        let (_, key) = self.verifiers.iter().find(|(own, _)| *own == algorithm)?;
        Some(key.verify_sig(base, signature).is_ok())
    }
}

/// Public keys that were looked up a moment ago, unknown ones too.
#[derive(Clone)]
pub(crate) struct PublicKeyCache(Cache<PublicKeyId, Option<Arc<UsableKey>>>);

impl Default for PublicKeyCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build())
    }
}

impl PublicKeyCache {
    pub(crate) fn forget(&self) {
        self.0.invalidate_all();
    }
}

fn verification(algorithm: Algorithm) -> Option<&'static dyn VerificationAlgorithm> {
    match algorithm {
        // That is no matter of public keys.
        Algorithm::HmacSha256 => None,
        Algorithm::RsaV15Sha256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::RsaPssSha512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        Algorithm::Ed25519 => Some(&signature::ED25519),
        Algorithm::EcdsaP256Sha256 => Some(&signature::ECDSA_P256_SHA256_FIXED),
    }
}

/// Reads a key for every algorithm of its kind. None when the bytes are no such key.
fn verifiers(kind: PublicKeyKind, spki: &[u8]) -> Option<Vec<(Algorithm, ParsedPublicKey)>> {
    kind.algorithms()
        .iter()
        .map(|algorithm| Some((*algorithm, ParsedPublicKey::new(verification(*algorithm)?, spki).ok()?)))
        .collect()
}

impl Services {
    /// The public key of an id, if it is usable right now.
    pub(crate) async fn find_usable_key(&self, id: PublicKeyId) -> Result<Option<Arc<UsableKey>>, ServiceError> {
        let found = match self.public_key_cache().0.get(&id) {
            Some(found) => found,
            None => {
                let found = self.load_public_key(id).await?.map(Arc::new);
                self.public_key_cache().0.insert(id, found.clone());
                found
            }
        };
        let now_ms = self.clock().now_ms();
        Ok(found.filter(|key| key.expires_at_ms.is_none_or(|expires| now_ms < expires)))
    }

    async fn load_public_key(&self, id: PublicKeyId) -> Result<Option<UsableKey>, ServiceError> {
        let found = public_keys::find(&mut self.db().read().await?, id).await?;
        let Some(found) = found.filter(|found| found.application_closed_at_ms.is_none()) else { return Ok(None) };
        let record = found.key;
        if record.revoked_at_ms.is_some() {
            return Ok(None);
        }
        let verifiers = verifiers(record.kind, &record.spki);
        Ok(Some(UsableKey {
            id,
            application_id: record.application_id,
            environment: record.environment,
            kind: record.kind,
            networks: record.networks,
            expires_at_ms: record.expires_at_ms,
            verifiers: verifiers.ok_or(ServiceError::broken("a stored public key cannot be read"))?,
            is_noted: AtomicBool::new(false),
        }))
    }

    /// Remembers that a call was signed with a public key; a worker writes it down.
    pub(crate) fn note_key_use(&self, key: &UsableKey) {
        if !key.is_noted.swap(true, Ordering::Relaxed) {
            self.last_uses().note_public_key(key.id, self.clock().now_ms());
        }
    }
}
