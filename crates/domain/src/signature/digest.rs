//! `Content-Digest` (RFC 9530): reads and writes it. Computing SHA-2 is the caller's part.

use sfv::{BareItem, KeyRef, key_ref};

use super::message::Field;
use super::refusal::SignatureRefusal;
use super::structured::{Item, Member, read_dictionary};

/// The lower-case name of the field.
pub const FIELD: &str = "content-digest";

const SHA_256: &KeyRef = key_ref("sha-256");
const SHA_512: &KeyRef = key_ref("sha-512");
const CRC32C: &KeyRef = key_ref("crc32c");

/// The digests of a message's content that Tallyport knows; each that is present has to match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContentDigest {
    /// SHA-256 of the content as sent.
    pub sha_256: Option<[u8; 32]>,
    /// SHA-512 of the content as sent.
    pub sha_512: Option<[u8; 64]>,
    /// CRC-32C of the content, big-endian; never enough by itself.
    pub crc32c: Option<[u8; 4]>,
}

impl ContentDigest {
    /// Just the SHA-256, which is what our own messages carry.
    #[must_use]
    pub fn of_sha_256(digest: [u8; 32]) -> Self {
        Self { sha_256: Some(digest), ..Self::default() }
    }

    /// Reads the field; `None` when the message has none. Algorithms it does not know are passed over.
    ///
    /// # Errors
    /// When the field is malformed, or a known algorithm has a value of the wrong type or length.
    pub fn read(fields: &[Field<'_>]) -> Result<Option<Self>, SignatureRefusal> {
        let Some(members) = read_dictionary(fields, FIELD)? else {
            return Ok(None);
        };
        let mut digest = Self::default();
        for (key, member) in &members {
            match key.as_str() {
                "sha-256" => digest.sha_256 = Some(sized("sha-256", member)?),
                "sha-512" => digest.sha_512 = Some(sized("sha-512", member)?),
                "crc32c" => digest.crc32c = Some(sized("crc32c", member)?),
                _ => {}
            }
        }
        Ok(Some(digest))
    }

    /// Whether it carries a digest that an attacker cannot steer.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.sha_256.is_some() || self.sha_512.is_some()
    }

    /// The value of the field; `None` when there is nothing to carry.
    #[must_use]
    pub fn field_value(&self) -> Option<String> {
        let mut dictionary = sfv::DictSerializer::new();
        let digests: [(&KeyRef, Option<&[u8]>); 3] = [
            (SHA_256, self.sha_256.as_ref().map(<[u8; 32]>::as_slice)),
            (SHA_512, self.sha_512.as_ref().map(<[u8; 64]>::as_slice)),
            (CRC32C, self.crc32c.as_ref().map(<[u8; 4]>::as_slice)),
        ];
        for (name, digest) in digests {
            if let Some(digest) = digest {
                let _ = dictionary.bare_item(name, digest).finish();
            }
        }
        dictionary.finish()
    }
}

fn sized<const LEN: usize>(algorithm: &'static str, member: &Member) -> Result<[u8; LEN], SignatureRefusal> {
    if let Member::Item(Item { value: BareItem::ByteSequence(bytes), .. }) = member
        && let Ok(digest) = bytes.as_slice().try_into()
    {
        return Ok(digest);
    }
    Err(SignatureRefusal::DigestMalformed { algorithm })
}
