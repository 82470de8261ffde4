//! The platform's signing keys: made at the first start, sealed in the database, known to every
//! process by their id.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use tallyport_domain::ids::PlatformKeyId;
use zeroize::Zeroizing;

/// The only algorithm of tokens so far.
pub(crate) const ALGORITHM: &str = "ES256";

/// Every key of one purpose: those that tokens, or those that answers, may be signed with.
#[derive(Clone, Default)]
pub struct SigningKeys(Arc<RwLock<Ring>>);

#[derive(Default)]
struct Ring {
    by_id: HashMap<PlatformKeyId, Arc<SigningKey>>,
    newest: Option<PlatformKeyId>,
}

pub(crate) struct SigningKey {
    pub(crate) id: PlatformKeyId,
    pub(crate) signing: EncodingKey,
    pub(crate) verifying: DecodingKey,
    /// The same key for what is no token.
    pub(crate) pair: EcdsaKeyPair,
    point: Vec<u8>,
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
    /// Adds a key. The newest one signs from now on.
    pub fn add(&self, id: PlatformKeyId, pkcs8: &[u8], point: &[u8]) -> Result<(), UnreadableKey> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(|_| UnreadableKey(id))?;
        let (x, y) = coordinates(point).ok_or(UnreadableKey(id))?;
        let key = SigningKey {
            id,
            signing: EncodingKey::from_ec_der(pkcs8),
            verifying: DecodingKey::from_ec_components(&x, &y).map_err(|_| UnreadableKey(id))?,
            pair,
            point: point.to_vec(),
        };
        let mut ring = self.0.write().expect("no holder of the lock panics");
        ring.by_id.insert(id, Arc::new(key));
        ring.newest = ring.newest.max(Some(id));
        Ok(())
    }

    pub(crate) fn newest(&self) -> Option<Arc<SigningKey>> {
        let ring = self.0.read().expect("no holder of the lock panics");
        ring.newest.and_then(|id| ring.by_id.get(&id).cloned())
    }

    pub(crate) fn find(&self, id: PlatformKeyId) -> Option<Arc<SigningKey>> {
        self.0.read().expect("no holder of the lock panics").by_id.get(&id).cloned()
    }

    /// The keys that others may check our tokens with.
    #[must_use]
    pub fn public(&self) -> Vec<PublicKey> {
        let ring = self.0.read().expect("no holder of the lock panics");
        let mut keys: Vec<&Arc<SigningKey>> = ring.by_id.values().collect();
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
