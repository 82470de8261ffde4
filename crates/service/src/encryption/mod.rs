//! Encrypted bodies: requests that are encrypted to the platform, answers that are encrypted to an
//! application. What stands in them is the business of whoever reads or wrote them.

mod jwe;
mod keys;

pub use jwe::{CONTENT_ALGORITHM, Jwe, JweRefusal, KEY_ALGORITHM};
pub(crate) use keys::EncryptionKeys;

use aws_lc_rs::rsa::{OaepPublicEncryptingKey, PublicEncryptingKey};
use tallyport_domain::ids::{PlatformKeyId, PublicKeyId};
use tallyport_domain::public_key::PublicKeyKind;
use tallyport_storage::public_keys;

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;

/// The key that answers to a caller are encrypted to.
pub struct Recipient {
    id: PublicKeyId,
    key: OaepPublicEncryptingKey,
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Recipient").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Services {
    /// Opens a text that was encrypted to the platform.
    pub async fn open_jwe(&self, text: &str) -> Result<Result<Vec<u8>, JweRefusal>, ServiceError> {
        let jwe = match Jwe::read(text) {
            Ok(jwe) => jwe,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Ok(id) = jwe.kid.parse::<PlatformKeyId>() else { return Ok(Err(JweRefusal::Key)) };
        let Some(key) = self.find_encryption_key(id).await? else { return Ok(Err(JweRefusal::Key)) };
        Ok(jwe.open(&key.opening, self.randomness()))
    }

    /// The key that answers to this caller are encrypted to: of those that its team registered for it,
    /// the newest that is usable.
    pub async fn find_recipient(&self, caller: &Caller) -> Result<Option<Recipient>, ServiceError> {
        let mut reader = self.db().read().await?;
        let (whose, kind) = ((caller.application_id, caller.environment), PublicKeyKind::RsaEncryption);
        let found = public_keys::find_newest_usable(&mut reader, whose, kind, self.clock().now_ms()).await?;
        let Some((id, spki)) = found else { return Ok(None) };
        let unreadable = |_| ServiceError::broken("a stored public key cannot be read");
        let key = PublicEncryptingKey::from_der(&spki).map_err(unreadable)?;
        let key = OaepPublicEncryptingKey::new(key).map_err(|_| ServiceError::broken("a key cannot encrypt"))?;
        Ok(Some(Recipient { id, key }))
    }

    /// Encrypts a text to whoever it is for. `cty` says what the text is.
    pub fn seal_jwe(&self, content: &[u8], cty: &str, to: &Recipient) -> Result<String, ServiceError> {
        jwe::seal(content, cty, (&to.id.to_string(), &to.key), self.randomness())
            .ok_or_else(|| ServiceError::broken("an answer cannot be encrypted"))
    }
}
