//! Signed texts that clients bring along: assertions, request objects and proofs of possession.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_service::authorization::{SelfSigned, read_self_signed};

/// What headers and claims are made of.
pub(crate) const WORDS: &[&str] = &[
    "{\"typ\":\"dpop+jwt\",",
    "\"alg\":\"ES256\"",
    "\"alg\":\"EdDSA\"",
    "\"alg\":\"RS256\"",
    "\"alg\":\"PS256\"",
    "\"alg\":\"none\"",
    "\"crit\":[\"exp\"]",
    "\"b64\":false",
    "\"jwk\":",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",",
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",",
    "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"",
    "\"x\":\"",
    "\"y\":\"",
    "\"d\":\"AA\"",
    "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "\"htm\":\"POST\"",
    "\"iat\":1790000000",
    "1e400",
    "\\ud800",
    "{}",
    "[",
    "}",
    ",",
    ".",
    "\n",
];

/// Three lines are header, claims and signature, encoded here, because a changed letter of base64 changes
/// nothing but the base64. Anything else is the text as it came.
pub(crate) fn run(data: &[u8]) -> String {
    let parts: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let text = match parts[..] {
        [header, claims, signature] => [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join("."),
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    match read_self_signed(&text) {
        SelfSigned::Unreadable => "unreadable".to_owned(),
        SelfSigned::WithoutKey => "read, without a key".to_owned(),
        SelfSigned::ByAnother => "read, signed by another key".to_owned(),
        SelfSigned::Signed { thumbprint_of, .. } => {
            assert!(thumbprint_of.starts_with('{') && thumbprint_of.is_ascii());
            "read, signed by its key".to_owned()
        }
    }
}
