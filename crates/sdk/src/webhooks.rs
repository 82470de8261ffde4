//! Checking that a webhook is the platform's own (Standard Webhooks 1.0), before anything in it is believed.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_contract::event::Event;
use zeroize::Zeroizing;

use crate::ports::now_s;

/// How far the platform's clock and this one may be apart, the time on the way included.
const TOLERANCE_S: i64 = 300;
/// There is one signature for each secret that is valid; more is not looked at.
const SIGNATURES_MAX: usize = 16;

/// Why a webhook is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefusal {
    /// The secret is neither `whsec_…` nor `whpk_…` with a key of a fitting length.
    #[error("the secret has to be the whole text that begins with whsec_ or whpk_")]
    Secret,
    /// `webhook-id`, `webhook-timestamp` or `webhook-signature` has not the form that it should have.
    #[error("its header fields are no signature")]
    Form,
    /// It was made too long ago, or in the future. Look at this machine's clock.
    #[error("it is too old or too new")]
    Time,
    /// None of its signatures fits. It is somebody else's, or was changed on the way.
    #[error("it is not signed with this secret")]
    Signature,
    /// It is the platform's, and tells of something that this client is too old to know.
    #[error("it is authentic and not understood")]
    Unknown,
}

/// A webhook as it arrived. The body has to be the very bytes: JSON that was read and written again has
/// another signature.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The field `webhook-id`. It is the same each time that the webhook is sent: keep it, and do
    /// nothing the second time.
    pub id: &'a str,
    /// The field `webhook-timestamp`.
    pub timestamp: &'a str,
    /// The field `webhook-signature`.
    pub signature: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// Checks the webhooks of one endpoint.
#[derive(Clone)]
pub struct Webhooks {
    keys: Vec<Key>,
}

#[derive(Clone)]
enum Key {
    /// `v1`
    Shared(Box<hmac::Key>),
    /// `v1a`
    Public([u8; 32]),
}

impl std::fmt::Debug for Webhooks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Webhooks").field("keys", &self.keys.len()).finish()
    }
}

impl Webhooks {
    /// Checks with the endpoint's secret, `whsec_…`, or with its public key, `whpk_…`.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn new(secret: &str) -> Result<Self, WebhookRefusal> {
        Ok(Self { keys: vec![Key::parse(secret)?] })
    }

    /// Checks with one more secret: two are valid while one takes the other's place.
    ///
    /// # Errors
    /// When the text is no secret.
    pub fn or(mut self, secret: &str) -> Result<Self, WebhookRefusal> {
        self.keys.push(Key::parse(secret)?);
        Ok(self)
    }

    /// What the platform tells, once it is sure that it is the platform.
    ///
    /// # Errors
    /// When it is not, or this client is too old to know what it tells.
    pub fn verify(&self, received: &Received<'_>) -> Result<Event, WebhookRefusal> {
        self.verify_at(received, now_s())
    }

    /// The same at another time, in seconds since 1970.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn verify_at(&self, received: &Received<'_>, now_s: i64) -> Result<Event, WebhookRefusal> {
        self.check(received, now_s)?;
        serde_json::from_slice(received.body).map_err(|_| WebhookRefusal::Unknown)
    }

    fn check(&self, received: &Received<'_>, now_s: i64) -> Result<(), WebhookRefusal> {
        let Received { id, timestamp, signature, body } = *received;
        // A point in the id would let a part of it pass for the time.
        if id.is_empty() || id.contains('.') || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(WebhookRefusal::Form);
        }
        let sent_s: i64 = timestamp.parse().map_err(|_| WebhookRefusal::Form)?;
        if sent_s.abs_diff(now_s) > TOLERANCE_S.unsigned_abs() {
            return Err(WebhookRefusal::Time);
        }
        let signed = [id.as_bytes(), timestamp.as_bytes(), body].join(&b'.');
        let is_good = |signature: &str| self.keys.iter().any(|key| key.fits(signature, &signed));
        if signature.split(' ').take(SIGNATURES_MAX).any(is_good) { Ok(()) } else { Err(WebhookRefusal::Signature) }
    }
}

impl Key {
    fn parse(text: &str) -> Result<Self, WebhookRefusal> {
        let bytes = |text: &str| STANDARD.decode(text).map(Zeroizing::new).map_err(|_| WebhookRefusal::Secret);
        if let Some(text) = text.strip_prefix("whpk_") {
            return Ok(Self::Public(bytes(text)?.as_slice().try_into().map_err(|_| WebhookRefusal::Secret)?));
        }
        let bytes = bytes(text.strip_prefix("whsec_").ok_or(WebhookRefusal::Secret)?)?;
        if !(24..=64).contains(&bytes.len()) {
            return Err(WebhookRefusal::Secret);
        }
        Ok(Self::Shared(Box::new(hmac::Key::new(hmac::HMAC_SHA256, &bytes))))
    }

    /// Whether one of the signatures, with its version in front, is of this key.
    fn fits(&self, signature: &str, signed: &[u8]) -> bool {
        let Some((version, signature)) = signature.split_once(',') else { return false };
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        match self {
            Self::Shared(key) => version == "v1" && hmac::verify(key, signed, &signature).is_ok(),
            Self::Public(key) => {
                version == "v1a" && UnparsedPublicKey::new(&ED25519, key).verify(signed, &signature).is_ok()
            }
        }
    }
}

#[cfg(test)]
mod tests;
