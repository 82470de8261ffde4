//! The cookie of an account holder's session. It is another one than that of developers, so that
//! neither can be taken for the other.

use axum_extra::extract::CookieJar;
use http::HeaderMap;

/// Under TLS the name binds the cookie to this host, this path and TLS.
const UNDER_TLS: &str = "__Host-tallyport-holder";
/// Browsers refuse that prefix on plain HTTP, which only a loopback address may use.
const ON_LOOPBACK: &str = "tallyport-holder";

/// The cookie's name.
pub(crate) fn name(public_url: &str) -> &'static str {
    if public_url.starts_with("https://") { UNDER_TLS } else { ON_LOOPBACK }
}

/// The session's secret, where the browser has one.
pub(crate) fn read(headers: &HeaderMap, public_url: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name(public_url)).map(|cookie| cookie.value().to_owned())
}
