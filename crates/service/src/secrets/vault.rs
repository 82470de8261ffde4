//! The vault: secrets at rest under AES-256-GCM with a data key, and the data key itself under the
//! operator's key-encryption key. A sealed secret is bound to its place, so that copying it to
//! another row or column makes it unreadable.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use tallyport_domain::ids::PlatformKeyId;
use zeroize::Zeroizing;

use crate::ports::{Randomness, random_bytes};

const FORM: u8 = 1;
const KEY_ID_LENGTH: usize = "key_".len() + 26;
const HEADER_LENGTH: usize = 1 + KEY_ID_LENGTH + NONCE_LEN;

/// Where a sealed secret lives; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row.
    pub row: &'a str,
}

impl Place<'_> {
    fn aad(&self, key_id: &str) -> Aad<Vec<u8>> {
        Aad::from(format!("{}\0{}\0{}\0{key_id}", self.table, self.column, self.row).into_bytes())
    }
}

/// Why something cannot be opened. Says nothing about the contents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The data key was wrapped under another key-encryption key.
    #[error("the data key is wrapped under key-encryption key {wrapped_under}, but {given} was given")]
    OtherKeyEncryptionKey {
        /// The id of the key that it is wrapped under.
        wrapped_under: String,
        /// The id of the key that was given.
        given: String,
    },
    /// The data key is not among those that were loaded.
    #[error("data key {0} is not loaded")]
    UnknownDataKey(PlatformKeyId),
    /// The bytes are not what was sealed at this place.
    #[error("the sealed bytes were changed or belong to another place")]
    NotAuthentic,
}

/// Seals and opens secrets.
#[derive(Clone)]
pub struct Vault {
    current: Wrapper,
    /// What may have wrapped a data key before the operator's key was changed.
    previous: Option<Wrapper>,
    data_keys: Arc<RwLock<DataKeys>>,
}

/// A key of the operator's, which wraps data keys.
#[derive(Clone)]
struct Wrapper {
    key: Arc<LessSafeKey>,
    id: Arc<str>,
}

impl Wrapper {
    fn new(key_bytes: &[u8; 32]) -> Self {
        let hash = digest(&SHA256, key_bytes);
        let id: String = hash.as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { key: Arc::new(key(key_bytes)), id: id.into() }
    }
}

#[derive(Default)]
struct DataKeys {
    by_id: HashMap<PlatformKeyId, Arc<LessSafeKey>>,
    newest: Option<PlatformKeyId>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Vault").field("key_encryption_key_id", &self.current.id).finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault without data keys. New ones are wrapped under the current key; the previous one opens
    /// what is not wrapped anew yet.
    #[must_use]
    pub fn new(current: &[u8; 32], previous: Option<&[u8; 32]>) -> Self {
        Self { current: Wrapper::new(current), previous: previous.map(Wrapper::new), data_keys: Arc::default() }
    }

    /// Names the key-encryption key without giving it away.
    #[must_use]
    pub fn key_encryption_key_id(&self) -> &str {
        &self.current.id
    }

    /// A fresh data key, wrapped for storage. It is usable once it was loaded back.
    #[must_use]
    pub fn new_data_key(&self, id: PlatformKeyId, randomness: &dyn Randomness) -> Vec<u8> {
        let fresh: Zeroizing<[u8; 32]> = Zeroizing::new(random_bytes(randomness));
        let id = id.to_string();
        seal(&self.current.key, &id, data_key_place(&id), &*fresh, randomness)
    }

    /// Unwraps a data key. The newest one loaded seals from now on.
    pub fn load_data_key(&self, id: PlatformKeyId, wrapped_under: &str, wrapped: &[u8]) -> Result<(), VaultError> {
        if self.is_loaded(id) {
            return Ok(());
        }
        let bytes = self.unwrap_data_key(id, wrapped_under, wrapped)?;
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| VaultError::NotAuthentic)?;
        let mut keys = self.data_keys.write().expect("no holder of the lock panics");
        keys.by_id.insert(id, Arc::new(key(bytes)));
        keys.newest = keys.newest.max(Some(id));
        Ok(())
    }

    /// Wraps a data key anew, under the current key of the operator's. None when it is already.
    pub fn rewrap_data_key(
        &self,
        id: PlatformKeyId,
        wrapped_under: &str,
        wrapped: &[u8],
        randomness: &dyn Randomness,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        let bytes = self.unwrap_data_key(id, wrapped_under, wrapped)?;
        if wrapped_under == &*self.current.id {
            return Ok(None);
        }
        let text = id.to_string();
        let wrapped = seal(&self.current.key, &text, data_key_place(&text), &bytes, randomness);
        // What cannot be opened again must not replace what can.
        let again = self.unwrap_data_key(id, &self.current.id, &wrapped)?;
        if *again == *bytes { Ok(Some(wrapped)) } else { Err(VaultError::NotAuthentic) }
    }

    fn unwrap_data_key(
        &self,
        id: PlatformKeyId,
        wrapped_under: &str,
        wrapped: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut known = [Some(&self.current), self.previous.as_ref()].into_iter().flatten();
        let wrapper = known.find(|wrapper| &*wrapper.id == wrapped_under);
        let wrapper = wrapper.ok_or_else(|| VaultError::OtherKeyEncryptionKey {
            wrapped_under: wrapped_under.to_owned(),
            given: self.current.id.to_string(),
        })?;
        let text = id.to_string();
        open(&wrapper.key, &text, data_key_place(&text), wrapped)
    }

    /// A data key that is known needs no unwrapping: it may be wrapped under a newer key by now.
    fn is_loaded(&self, id: PlatformKeyId) -> bool {
        self.data_keys.read().expect("no holder of the lock panics").by_id.contains_key(&id)
    }

    /// Seals a secret for its place.
    ///
    /// # Panics
    /// When no data key was loaded: [`crate::Services::start`] loads one before anything is sealed.
    #[must_use]
    pub fn seal(&self, place: Place<'_>, secret: &[u8], randomness: &dyn Randomness) -> Vec<u8> {
        let keys = self.data_keys.read().expect("no holder of the lock panics");
        let id = keys.newest.expect("a data key is loaded at the start");
        seal(&keys.by_id[&id], &id.to_string(), place, secret, randomness)
    }

    /// Opens what was sealed for the place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let id = key_id_of(sealed).ok_or(VaultError::NotAuthentic)?;
        let keys = self.data_keys.read().expect("no holder of the lock panics");
        let key = keys.by_id.get(&id).ok_or(VaultError::UnknownDataKey(id))?;
        open(key, &id.to_string(), place, sealed)
    }
}

fn data_key_place(id: &str) -> Place<'_> {
    Place { table: "data_keys", column: "wrapped", row: id }
}

fn key(bytes: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("the key has the length of the algorithm"))
}

fn key_id_of(sealed: &[u8]) -> Option<PlatformKeyId> {
    let text = std::str::from_utf8(sealed.get(1..=KEY_ID_LENGTH)?).ok()?;
    PlatformKeyId::from_str(text).ok()
}

/// Form, key id, nonce, then ciphertext and tag.
fn seal(key: &LessSafeKey, key_id: &str, place: Place<'_>, secret: &[u8], randomness: &dyn Randomness) -> Vec<u8> {
    let nonce: [u8; NONCE_LEN] = random_bytes(randomness);
    let mut in_out = secret.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place.aad(key_id), &mut in_out)
        .expect("secrets are far below the algorithm's limit");
    let mut sealed = Vec::with_capacity(HEADER_LENGTH + in_out.len());
    sealed.push(FORM);
    sealed.extend_from_slice(key_id.as_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.append(&mut in_out);
    sealed
}

fn open(key: &LessSafeKey, key_id: &str, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    if sealed.len() < HEADER_LENGTH || sealed[0] != FORM || &sealed[1..=KEY_ID_LENGTH] != key_id.as_bytes() {
        return Err(VaultError::NotAuthentic);
    }
    let (header, ciphertext) = sealed.split_at(HEADER_LENGTH);
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&header[1 + KEY_ID_LENGTH..]);
    let mut in_out = Zeroizing::new(ciphertext.to_vec());
    let length = key
        .open_in_place(Nonce::assume_unique_for_key(nonce), place.aad(key_id), &mut in_out)
        .map_err(|_| VaultError::NotAuthentic)?
        .len();
    in_out.truncate(length);
    Ok(in_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandomness;

    const PLACE: Place<'static> = Place { table: "credentials", column: "sealed_secret", row: "ak_1" };

    fn vault_with(key_encryption_key: [u8; 32]) -> (Vault, PlatformKeyId, Vec<u8>) {
        let randomness = SeededRandomness::new(7);
        let vault = Vault::new(&key_encryption_key, None);
        let id = PlatformKeyId::from_parts(1, [1; 10]);
        let wrapped = vault.new_data_key(id, &randomness);
        vault.load_data_key(id, vault.key_encryption_key_id(), &wrapped).unwrap();
        (vault, id, wrapped)
    }

    #[test]
    fn a_sealed_secret_opens_only_at_its_place() {
        let (vault, ..) = vault_with([1; 32]);
        let sealed = vault.seal(PLACE, b"secret", &SeededRandomness::new(8));
        assert_eq!(vault.open(PLACE, &sealed).unwrap().as_slice(), b"secret");
        for place in [
            Place { row: "ak_2", ..PLACE },
            Place { column: "other", ..PLACE },
            Place { table: "platform_keys", ..PLACE },
        ] {
            assert_eq!(vault.open(place, &sealed), Err(VaultError::NotAuthentic));
        }
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let (vault, ..) = vault_with([1; 32]);
        let sealed = vault.seal(PLACE, b"secret", &SeededRandomness::new(8));
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(vault.open(PLACE, &changed).is_err(), "{position}");
            assert!(vault.open(PLACE, &sealed[..position]).is_err(), "{position}");
        }
    }

    #[test]
    fn another_key_encryption_key_is_named_and_does_not_open_the_data_key() {
        let (vault, id, wrapped) = vault_with([1; 32]);
        let other = Vault::new(&[2; 32], None);
        let refusal = other.load_data_key(id, vault.key_encryption_key_id(), &wrapped);
        assert!(matches!(refusal, Err(VaultError::OtherKeyEncryptionKey { .. })));
        let pretended = other.load_data_key(id, other.key_encryption_key_id(), &wrapped);
        assert_eq!(pretended, Err(VaultError::NotAuthentic));
    }

    #[test]
    fn a_rewrapped_data_key_opens_the_same_secrets_under_the_new_key_alone() {
        let randomness = SeededRandomness::new(9);
        let (old, id, wrapped) = vault_with([1; 32]);
        let sealed = old.seal(PLACE, b"secret", &randomness);
        let both = Vault::new(&[2; 32], Some(&[1; 32]));
        both.load_data_key(id, old.key_encryption_key_id(), &wrapped).unwrap();
        assert_eq!(both.open(PLACE, &sealed).unwrap().as_slice(), b"secret");
        let rewrapped = both.rewrap_data_key(id, old.key_encryption_key_id(), &wrapped, &randomness).unwrap().unwrap();
        assert_eq!(both.rewrap_data_key(id, both.key_encryption_key_id(), &rewrapped, &randomness), Ok(None));

        let new = Vault::new(&[2; 32], None);
        new.load_data_key(id, new.key_encryption_key_id(), &rewrapped).unwrap();
        assert_eq!(new.open(PLACE, &sealed).unwrap().as_slice(), b"secret");
        let only_old = Vault::new(&[1; 32], None);
        let refusal = only_old.load_data_key(id, new.key_encryption_key_id(), &rewrapped);
        assert!(matches!(refusal, Err(VaultError::OtherKeyEncryptionKey { .. })));
        // A process that serves has the data key at hand and goes on.
        assert_eq!(old.load_data_key(id, new.key_encryption_key_id(), &rewrapped), Ok(()));
        assert_eq!(old.open(PLACE, &sealed).unwrap().as_slice(), b"secret");
    }
}
