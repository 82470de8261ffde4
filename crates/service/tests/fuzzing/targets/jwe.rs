//! Encrypted bodies, as far as they are read before any key is touched.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_service::encryption::{CONTENT_ALGORITHM, Jwe, KEY_ALGORITHM};

/// What headers and parts are made of.
pub(crate) const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    ",",
    "\"alg\":\"RSA-OAEP-256\"",
    "\"alg\":\"RSA1_5\"",
    "\"alg\":\"dir\"",
    "\"enc\":\"A256GCM\"",
    "\"enc\":\"A128CBC-HS256\"",
    "\"kid\":\"key_01kaemzd2w5n8h9qv7c3r4t6yb\"",
    "\"kid\":\"\"",
    "\"kid\":7",
    "\"cty\":\"json\"",
    "\"cty\":\"JWT\"",
    "\"zip\":\"DEF\"",
    "\"crit\":[\"exp\"]",
    "\"jwk\":",
    "\"p2c\":2147483647",
    "\\u0061",
    "1e400",
    "\u{feff}",
    "0123456789ab",
    "0123456789abcdef",
    ".",
    "=",
    "\n",
];

/// The header as another reader of JSON sees it.
#[derive(Deserialize)]
struct Header {
    alg: String,
    enc: String,
    kid: String,
    zip: Option<IgnoredAny>,
    crit: Option<IgnoredAny>,
}

/// Five lines are header, content key, initialization vector, ciphertext and tag, encoded here, because a
/// changed letter of base64 changes nothing but the base64. Anything else is the text as it came.
pub(crate) fn run(data: &[u8]) -> String {
    let parts: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let text = match parts.len() {
        5 => parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect::<Vec<_>>().join("."),
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    let jwe = match Jwe::read(&text) {
        Ok(jwe) => jwe,
        Err(refusal) => return format!("{refusal:?}"),
    };
    // Any other reader has to take the text apart in the same way, or two would open different things.
    let parts: Vec<Vec<u8>> = text.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("it was read")).collect();
    let [header, _, iv, _, tag] = &parts[..] else { panic!("{} parts were read", parts.len()) };
    assert_eq!(parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect::<Vec<_>>().join("."), text);
    assert_eq!((iv.len(), tag.len()), (12, 16));
    let header: Header = serde_json::from_slice(header).expect("what is read strictly is JSON");
    assert_eq!((&*header.alg, &*header.enc, &*header.kid), (KEY_ALGORITHM, CONTENT_ALGORITHM, &*jwe.kid));
    assert!(header.zip.is_none() && header.crit.is_none());
    format!("read, for a key of {}", if jwe.kid.parse::<PlatformKeyId>().is_ok() { "our form" } else { "another form" })
}
