//! JWE in its compact form (RFC 7516), in the one way that the open API has: the content key by
//! RSA-OAEP-256, the content by A256GCM. Everything else that a header may ask for is refused before any
//! key is touched.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use tallyport_domain::json::{Limits, Value, parse};
use zeroize::Zeroizing;

use crate::ports::{Randomness, random_bytes};

/// How the content key is encrypted.
pub const KEY_ALGORITHM: &str = "RSA-OAEP-256";
/// How the content is.
pub const CONTENT_ALGORITHM: &str = "A256GCM";

const CONTENT_KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;
const HEADER_LIMITS: Limits = Limits { bytes_max: 4 * 1024, depth_max: 4 };

/// Why a text is not opened. All of it but the last is about what the sender wrote in the open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JweRefusal {
    /// Not five parts of base64url with a JSON object in front.
    #[error("it is no JWE in compact form")]
    Form,
    /// `alg` or `enc` is another than the one there is.
    #[error("its alg or enc is not taken")]
    Algorithm,
    /// It is compressed, or demands an extension that is not understood.
    #[error("it uses zip or crit")]
    Extension,
    /// Its `cty` says that there is something else inside than JSON, such as another JWE.
    #[error("its content is not JSON")]
    Content,
    /// `kid` names none of the platform's keys for encryption.
    #[error("its kid is not a key of the platform's")]
    Key,
    /// It was not encrypted to this key, or was changed on the way.
    #[error("it cannot be opened")]
    Sealed,
}

/// A text that was taken apart and is still sealed.
#[derive(Debug)]
pub struct Jwe<'a> {
    /// The key that it is encrypted to.
    pub kid: String,
    header: &'a str,
    content_key: Vec<u8>,
    iv: [u8; NONCE_LEN],
    /// Ciphertext and tag.
    sealed: Vec<u8>,
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    enc: &'static str,
    kid: &'a str,
    cty: &'a str,
}

impl<'a> Jwe<'a> {
    /// Takes a text apart.
    pub fn read(text: &'a str) -> Result<Self, JweRefusal> {
        let parts: Vec<&str> = text.splitn(6, '.').collect();
        let [header, content_key, iv, ciphertext, tag] = parts[..] else { return Err(JweRefusal::Form) };
        let kid = read_header(header)?;
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JweRefusal::Form);
        let iv = bytes(iv)?.try_into().map_err(|_| JweRefusal::Form)?;
        let (mut sealed, tag) = (bytes(ciphertext)?, bytes(tag)?);
        if tag.len() != TAG_BYTES {
            return Err(JweRefusal::Form);
        }
        sealed.extend(tag);
        Ok(Self { kid, header, content_key: bytes(content_key)?, iv, sealed })
    }

    /// Opens it with the private half of the key that it names.
    pub(crate) fn open(
        mut self,
        key: &OaepPrivateDecryptingKey,
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, JweRefusal> {
        // A content key that does not open is replaced by any other, so that nobody can tell by the
        // answer or its time which of the two steps failed (RFC 7516, 11.5).
        let mut content_key = Zeroizing::new(random_bytes::<CONTENT_KEY_BYTES>(randomness));
        let mut room = Zeroizing::new(vec![0; key.min_output_size()]);
        if let Ok(opened) = key.decrypt(&OAEP_SHA256_MGF1SHA256, &self.content_key, &mut room, None)
            && let Ok(opened) = <[u8; CONTENT_KEY_BYTES]>::try_from(&*opened)
        {
            *content_key = opened;
        }
        let aad = Aad::from(self.header.as_bytes());
        let opened =
            content_cipher(&content_key).open_in_place(Nonce::assume_unique_for_key(self.iv), aad, &mut self.sealed);
        let length = opened.map_err(|_| JweRefusal::Sealed)?.len();
        self.sealed.truncate(length);
        Ok(self.sealed)
    }
}

/// Reads the protected header and returns its `kid`.
fn read_header(header: &str) -> Result<String, JweRefusal> {
    let bytes = URL_SAFE_NO_PAD.decode(header).map_err(|_| JweRefusal::Form)?;
    // Read as strictly as any body: a member that is there twice is refused.
    let header = parse(&bytes, HEADER_LIMITS).map_err(|_| JweRefusal::Form)?;
    if !matches!(header, Value::Object(_)) {
        return Err(JweRefusal::Form);
    }
    let text = |name: &str| match header.find_member(name) {
        Some(Value::Text(text)) => Some(&**text),
        _ => None,
    };
    if text("alg") != Some(KEY_ALGORITHM) || text("enc") != Some(CONTENT_ALGORITHM) {
        return Err(JweRefusal::Algorithm);
    }
    if header.find_member("zip").is_some() || header.find_member("crit").is_some() {
        return Err(JweRefusal::Extension);
    }
    if header.find_member("cty").is_some() && !matches!(text("cty"), Some("json" | "application/json")) {
        return Err(JweRefusal::Content);
    }
    text("kid").map(str::to_owned).ok_or(JweRefusal::Key)
}

/// Encrypts a text to the key of this id. `None` when the key cannot be used.
pub(crate) fn seal(
    content: &[u8],
    cty: &str,
    (kid, key): (&str, &OaepPublicEncryptingKey),
    randomness: &dyn Randomness,
) -> Option<String> {
    let header = Header { alg: KEY_ALGORITHM, enc: CONTENT_ALGORITHM, kid, cty };
    let header = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header).ok()?);
    let content_key = Zeroizing::new(random_bytes::<CONTENT_KEY_BYTES>(randomness));
    let iv: [u8; NONCE_LEN] = random_bytes(randomness);
    let mut room = vec![0; key.ciphertext_size()];
    let sealed_key = key.encrypt(&OAEP_SHA256_MGF1SHA256, &*content_key, &mut room, None).ok()?;

    let mut sealed = content.to_vec();
    let (nonce, aad) = (Nonce::assume_unique_for_key(iv), Aad::from(header.as_bytes()));
    let tag = content_cipher(&content_key).seal_in_place_separate_tag(nonce, aad, &mut sealed).ok()?;
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Some([&*header, &*text(sealed_key), &*text(&iv), &*text(&sealed), &*text(tag.as_ref())].join("."))
}

fn content_cipher(key: &[u8; CONTENT_KEY_BYTES]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("an AES-256 key has 32 bytes"))
}

#[cfg(test)]
mod tests;
