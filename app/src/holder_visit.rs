//! Which account holder is looking. Holders sign in apart from developers, by a cookie of their own.

use http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use tallyport_service::holders::{Holder, SESSION_LIFETIME_MS};

use crate::forms::AnswerParts;

/// What the server found out about the holder's session. It stands in the request's extensions.
#[derive(Clone, Debug, Default)]
pub struct HolderVisit {
    /// Who is signed in.
    pub signed_in: Option<Holder>,
    /// The name of the cookie that holds the session's secret.
    pub cookie_name: &'static str,
    /// Whether the cookie may only travel under TLS.
    pub is_under_tls: bool,
}

/// The holder of the current request; route discovery runs the views without one.
pub(crate) fn holder_visit() -> HolderVisit {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<HolderVisit>().cloned()).unwrap_or_default()
}

/// The session's secret as the browser sent it.
pub(crate) fn session_secret() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let name = holder_visit().cookie_name;
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split("; "))
        .find_map(|pair| Some(pair.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
}

/// Gives the browser a session, or takes it away.
pub(crate) fn set_session(secret: Option<&str>) {
    let HolderVisit { cookie_name, is_under_tls, .. } = holder_visit();
    let age_s = if secret.is_some() { SESSION_LIFETIME_MS / 1000 } else { 0 };
    let secure = if is_under_tls { "; Secure" } else { "" };
    let secret = secret.unwrap_or_default();
    let cookie = format!("{cookie_name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        AnswerParts::current().add_header(header::SET_COOKIE, cookie);
    }
}
