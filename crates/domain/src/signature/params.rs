//! The parameters of a signature (RFC 9421 §2.3): typed where RFC 9421 types them, kept in the order
//! and with the strangers they came with, because the base repeats them all.

use sfv::{BareItem, KeyRef, StringRef, integer, key_ref};

use super::refusal::SignatureRefusal;
use super::structured::Parameters;

const CREATED: &str = "created";
const EXPIRES: &str = "expires";
const NONCE: &str = "nonce";
const ALG: &str = "alg";
const KEYID: &str = "keyid";
const TAG: &str = "tag";

/// The parameters, in order. Those that RFC 9421 defines have the type it gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SignatureParams {
    entries: Parameters,
}

impl SignatureParams {
    /// No parameters yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// When the signature was made, in seconds since 1970.
    #[must_use]
    pub fn created_s(&self) -> Option<i64> {
        self.integer(CREATED)
    }

    /// From when on the signature must not be accepted, in seconds since 1970.
    #[must_use]
    pub fn expires_s(&self) -> Option<i64> {
        self.integer(EXPIRES)
    }

    /// The value that makes this signature usable once.
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.text(NONCE)
    }

    /// The name of the algorithm, known or not.
    #[must_use]
    pub fn alg(&self) -> Option<&str> {
        self.text(ALG)
    }

    /// The id of the key.
    #[must_use]
    pub fn keyid(&self) -> Option<&str> {
        self.text(KEYID)
    }

    /// The application the signature is meant for.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.text(TAG)
    }

    /// Sets `created`.
    ///
    /// # Errors
    /// When the second is negative or has more than 15 digits.
    pub fn with_created_s(self, second: i64) -> Result<Self, SignatureRefusal> {
        self.with_second(CREATED, second)
    }

    /// Sets `expires`.
    ///
    /// # Errors
    /// When the second is negative or has more than 15 digits.
    pub fn with_expires_s(self, second: i64) -> Result<Self, SignatureRefusal> {
        self.with_second(EXPIRES, second)
    }

    /// Sets `nonce`.
    ///
    /// # Errors
    /// When the text is not printable ASCII.
    pub fn with_nonce(self, nonce: &str) -> Result<Self, SignatureRefusal> {
        self.with_text(NONCE, nonce)
    }

    /// Sets `keyid`.
    ///
    /// # Errors
    /// When the text is not printable ASCII.
    pub fn with_keyid(self, keyid: &str) -> Result<Self, SignatureRefusal> {
        self.with_text(KEYID, keyid)
    }

    /// Sets `alg`.
    #[must_use]
    pub fn with_alg(self, algorithm: super::Algorithm) -> Self {
        let name = StringRef::from_str(algorithm.name()).expect("the registered names are printable ASCII");
        self.with(ALG, name.into())
    }

    /// Sets `tag`.
    ///
    /// # Errors
    /// When the text is not printable ASCII.
    pub fn with_tag(self, tag: &str) -> Result<Self, SignatureRefusal> {
        self.with_text(TAG, tag)
    }

    pub(super) fn entries(&self) -> &Parameters {
        &self.entries
    }

    /// Takes parsed parameters, whose names are known to be distinct.
    pub(super) fn from_entries(entries: Parameters) -> Result<Self, SignatureRefusal> {
        for (key, value) in &entries {
            check_type(key, value)?;
        }
        Ok(Self { entries })
    }

    fn with_second(self, which: &'static str, second: i64) -> Result<Self, SignatureRefusal> {
        match sfv::Integer::try_from(second) {
            Ok(value) if second >= 0 => Ok(self.with(which, BareItem::Integer(value))),
            _ => Err(SignatureRefusal::ParameterType { which, expected: SECOND }),
        }
    }

    fn with_text(self, which: &'static str, text: &str) -> Result<Self, SignatureRefusal> {
        let text = StringRef::from_str(text).map_err(|_| SignatureRefusal::ParameterType { which, expected: TEXT })?;
        Ok(self.with(which, text.into()))
    }

    fn with(mut self, name: &'static str, value: BareItem) -> Self {
        match self.entries.iter_mut().find(|(key, _)| key.as_str() == name) {
            Some((_, existing)) => *existing = value,
            None => self.entries.push((key_ref(name).to_owned(), value)),
        }
        self
    }

    fn find(&self, name: &str) -> Option<&BareItem> {
        self.entries.iter().find(|(key, _)| key.as_str() == name).map(|(_, value)| value)
    }

    fn integer(&self, name: &str) -> Option<i64> {
        self.find(name).and_then(BareItem::as_integer).map(i64::from)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.find(name).and_then(|value| value.as_string()).map(StringRef::as_str)
    }
}

const SECOND: &str = "a number of seconds since 1970";
const TEXT: &str = "a string";

fn check_type(key: &KeyRef, value: &BareItem) -> Result<(), SignatureRefusal> {
    let name = key.as_str();
    for which in [CREATED, EXPIRES] {
        let is_second = matches!(value, BareItem::Integer(second) if *second >= integer(0));
        if name == which && !is_second {
            return Err(SignatureRefusal::ParameterType { which, expected: SECOND });
        }
    }
    for which in [NONCE, ALG, KEYID, TAG] {
        if name == which && !matches!(value, BareItem::String(_)) {
            return Err(SignatureRefusal::ParameterType { which, expected: TEXT });
        }
    }
    Ok(())
}
