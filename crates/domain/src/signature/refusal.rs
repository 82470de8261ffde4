//! Why a signature is not accepted, in one place, so that the call's owner can be shown exactly that.
//!
//! An unauthenticated caller learns only that the signature failed; these details go to the log.

use thiserror::Error;

/// One reason for refusing a signature.
///
/// The last five are found only with a key, a body or a store at hand; this crate never returns them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignatureRefusal {
    /// Neither signature field is there.
    #[error("the request carries no signature")]
    SignatureMissing,
    /// One of the two fields came without the other.
    #[error("the field {field} is missing")]
    FieldMissing {
        /// Lower-case name of the missing field.
        field: &'static str,
    },
    /// A field is longer than a signature ever needs.
    #[error("the field {field} is longer than {bytes_max} bytes")]
    FieldTooLong {
        /// Lower-case name of the field.
        field: &'static str,
        /// The limit.
        bytes_max: usize,
    },
    /// A field is not the structured field it has to be (RFC 9651).
    #[error("the field {field} is malformed: {reason}")]
    FieldMalformed {
        /// Lower-case name of the field.
        field: &'static str,
        /// What the parser stumbled over, with its position.
        reason: String,
    },
    /// A label, a parameter or an algorithm is given twice, so that two readers could choose differently.
    #[error("the field {field} gives {name} twice")]
    NameRepeated {
        /// Lower-case name of the field.
        field: &'static str,
        /// What occurs twice.
        name: String,
    },
    /// No signature is meant for Tallyport.
    #[error("no signature has tag=\"tallyport\"")]
    TagMissing,
    /// Several signatures claim to be meant for Tallyport.
    #[error("{count} signatures have tag=\"tallyport\"")]
    TagAmbiguous {
        /// How many there are.
        count: usize,
    },
    /// `Signature` has no byte sequence under the label chosen from `Signature-Input`.
    #[error("the field signature has no value for the label {label}")]
    LabelUnmatched {
        /// The label in question.
        label: String,
    },
    /// A required parameter is not there.
    #[error("the signature parameter {which} is missing")]
    MissingParameter {
        /// Name of the parameter.
        which: &'static str,
    },
    /// A parameter has another type than RFC 9421 gives it.
    #[error("the signature parameter {which} must be {expected}")]
    ParameterType {
        /// Name of the parameter.
        which: &'static str,
        /// The type it must have.
        expected: &'static str,
    },
    /// The algorithm is not one of [`super::Algorithm::ALL`].
    #[error("the algorithm {alg} is not accepted")]
    UnknownAlg {
        /// The algorithm that was named.
        alg: String,
    },
    /// The nonce breaks the rule of [`super::policy`].
    #[error("the nonce must be 16 to 128 visible ASCII characters")]
    NonceUnacceptable,
    /// The key id breaks the rule of [`super::policy`].
    #[error("the keyid must be 1 to 128 visible ASCII characters")]
    KeyidUnacceptable,
    /// `created` lies too far from the server's time.
    #[error("created differs from the server's time by {by_ms} ms")]
    ClockSkew {
        /// `created` minus now: negative for a signature from the past.
        by_ms: i64,
    },
    /// `expires` is reached, or is not after `created`.
    #[error("the signature expired {by_ms} ms ago")]
    Expired {
        /// Now minus `expires`.
        by_ms: i64,
    },
    /// A component that must be covered is not.
    #[error("the signature does not cover {which}")]
    MissingComponent {
        /// Identifier of the component.
        which: &'static str,
    },
    /// A component is covered twice.
    #[error("the component {component} is covered twice")]
    ComponentRepeated {
        /// Identifier as received.
        component: String,
    },
    /// More components are covered than anybody needs.
    #[error("more than {count_max} components are covered")]
    ComponentsTooMany {
        /// The limit.
        count_max: usize,
    },
    /// A component or one of its parameters is unknown, or exists but is not offered here.
    #[error("the component {component} cannot be covered: {reason}")]
    ComponentUnsupported {
        /// Identifier as received.
        component: String,
        /// Why not.
        reason: &'static str,
    },
    /// A component is covered that the message does not have.
    #[error("the covered component {component} is not in the message")]
    ComponentAbsent {
        /// Identifier as received.
        component: String,
    },
    /// A covered value cannot stand in a signature base without changing its meaning.
    #[error("the value of {component} has characters that cannot be signed")]
    ValueUnsignable {
        /// Identifier as received.
        component: String,
    },
    /// A digest has the wrong length or type for its algorithm.
    #[error("the {algorithm} digest is not a byte sequence of the right length")]
    DigestMalformed {
        /// Name of the digest algorithm.
        algorithm: &'static str,
    },
    /// `Content-Digest` carries neither `sha-256` nor `sha-512`.
    #[error("content-digest carries neither sha-256 nor sha-512")]
    DigestWeak,
    /// No live key has this id.
    #[error("the keyid names no usable key")]
    UnknownKey,
    /// The key exists, but not for this algorithm.
    #[error("the key does not sign with {alg}")]
    AlgMismatch {
        /// The algorithm that was named.
        alg: &'static str,
    },
    /// The body is not the one the digest was made of.
    #[error("the body does not have the {algorithm} digest that was signed")]
    DigestMismatch {
        /// Name of the digest algorithm.
        algorithm: &'static str,
    },
    /// The signature does not fit the base and the key.
    #[error("the signature does not verify")]
    SignatureMismatch,
    /// The nonce was used with this key before.
    #[error("the nonce was used before")]
    NonceReplayed,
}

impl SignatureRefusal {
    /// The stable name of the reason, for logs, metrics and the portal.
    #[must_use]
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::SignatureMissing => "signature_missing",
            Self::FieldMissing { .. } => "field_missing",
            Self::FieldTooLong { .. } => "field_too_long",
            Self::FieldMalformed { .. } => "field_malformed",
            Self::NameRepeated { .. } => "name_repeated",
            Self::TagMissing => "tag_missing",
            Self::TagAmbiguous { .. } => "tag_ambiguous",
            Self::LabelUnmatched { .. } => "label_unmatched",
            Self::MissingParameter { .. } => "missing_parameter",
            Self::ParameterType { .. } => "parameter_type",
            Self::UnknownAlg { .. } => "unknown_alg",
            Self::NonceUnacceptable => "nonce_unacceptable",
            Self::KeyidUnacceptable => "keyid_unacceptable",
            Self::ClockSkew { .. } => "clock_skew",
            Self::Expired { .. } => "expired",
            Self::MissingComponent { .. } => "missing_component",
            Self::ComponentRepeated { .. } => "component_repeated",
            Self::ComponentsTooMany { .. } => "components_too_many",
            Self::ComponentUnsupported { .. } => "component_unsupported",
            Self::ComponentAbsent { .. } => "component_absent",
            Self::ValueUnsignable { .. } => "value_unsignable",
            Self::DigestMalformed { .. } => "digest_malformed",
            Self::DigestWeak => "digest_weak",
            Self::UnknownKey => "unknown_key",
            Self::AlgMismatch { .. } => "alg_mismatch",
            Self::DigestMismatch { .. } => "digest_mismatch",
            Self::SignatureMismatch => "signature_mismatch",
            Self::NonceReplayed => "nonce_replayed",
        }
    }
}
