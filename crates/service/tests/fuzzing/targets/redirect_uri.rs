//! Redirect URIs: the list that is registered, and the one that a request asks for.

use tallyport_domain::redirect_uri::{InvalidRedirectUris, RedirectUris};

/// What addresses are made of.
pub(crate) const WORDS: &[&str] = &[
    "https://",
    "http://",
    "HTTPS://",
    "shop.example",
    "127.0.0.1",
    "[::1]",
    "localhost",
    "%2e%2e",
    "%00",
    "..",
    "/./",
    "/",
    "\\",
    "@",
    ":443",
    ":8443",
    ":",
    "?",
    "&",
    "#",
    "*",
    "xn--",
    "\u{fc}",
    " ",
    "\n",
];

/// The last line is the one that is asked for; those before are registered.
pub(crate) fn run(data: &[u8]) -> String {
    let text = String::from_utf8_lossy(data);
    let (registered, asked) = text.rsplit_once('\n').unwrap_or(("", &text));
    let uris: RedirectUris = match registered.parse() {
        Ok(uris) => uris,
        Err(InvalidRedirectUris::Line { why, .. }) => return format!("{why:?}"),
        Err(InvalidRedirectUris::TooMany) => return "TooMany".to_owned(),
    };
    for uri in uris.as_slice() {
        let text = uri.as_str();
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?}");
        assert!(!text.contains(['#', '*', '\\']), "{text:?}");
        assert!(text.starts_with(uri.origin()));
        let answer = uri.with_answer(&[("code", asked), ("iss", "https://pay.example")]);
        let added = answer.strip_prefix(text).expect("an answer is added behind the address");
        assert!(added.bytes().all(|byte| byte.is_ascii_graphic()) && !added.contains('#'), "{answer:?}");
    }
    let is_registered = uris.as_slice().iter().any(|own| own.as_str().as_bytes() == asked.as_bytes());
    assert_eq!(uris.contain(asked), is_registered);
    format!("read, {}", if is_registered { "registered" } else { "not registered" })
}
