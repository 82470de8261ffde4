//! The session cookie, and the person behind it.

use std::net::IpAddr;
use std::str::FromStr;

use tallyport_app::{SESSION_DEVELOPER_ID, SESSION_NETWORK, SESSION_STAMP};
use tallyport_domain::ids::DeveloperId;
use tallyport_service::identity::SessionStamp;
use tallyport_service::{Member, Services};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

use super::session_store::{IDLE_LIMIT_MS, StoredSessions};

/// Under TLS the name binds the cookie to this host, this path and TLS (RFC 6265bis, 4.1.3.2).
const COOKIE_UNDER_TLS: &str = "__Host-tallyport";
/// Browsers refuse that prefix on plain HTTP, which only a loopback address may use.
const COOKIE_ON_LOOPBACK: &str = "tallyport";

/// How long browsers keep the cookie; the row in the database ends by itself.
const IDLE_LIMIT: Duration = Duration::milliseconds(IDLE_LIMIT_MS);
/// While someone is active, the idle limit is pushed back at most this often, to spare the database.
const TOUCH_INTERVAL_MS: i64 = 5 * 60 * 1000;

/// Where the session keeps when it was last pushed back.
const TOUCHED_AT_MS: &str = "touched_at_ms";

/// The layer that loads and saves sessions. A reader who never signs in and never mistypes a form
/// gets no cookie.
pub(super) fn layer(services: &Services) -> SessionManagerLayer<StoredSessions> {
    let under_tls = services.public_url().starts_with("https://");
    SessionManagerLayer::new(StoredSessions::new(services.clone()))
        .with_name(if under_tls { COOKIE_UNDER_TLS } else { COOKIE_ON_LOOPBACK })
        .with_secure(under_tls)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(IDLE_LIMIT))
}

/// The person whose session this is, looked up anew each time, so that a change of role, a
/// suspension, a closed account or another password counts at once. A fault of the database counts
/// as nobody.
pub(super) async fn signed_in(session: &Session, services: &Services, from: Option<IpAddr>) -> Option<Member> {
    let id: String = known(session.get(SESSION_DEVELOPER_ID).await)?;
    let stamp = SessionStamp::kept(known(session.get(SESSION_STAMP).await)?);
    let member = known(services.find_member_of_session(DeveloperId::from_str(&id).ok()?, &stamp).await)?;
    touch(session, services.clock().now_ms(), from).await;
    Some(Member { network: from, ..member })
}

/// Pushes the idle limit back by marking the session as changed, and writes down from where it is used.
async fn touch(session: &Session, now_ms: i64, from: Option<IpAddr>) {
    let last: Option<i64> = known(session.get(TOUCHED_AT_MS).await);
    if last.is_none_or(|last| now_ms - last >= TOUCH_INTERVAL_MS) {
        let _: Option<()> = known(session.insert(TOUCHED_AT_MS, now_ms).await.map(Some));
        if let Some(from) = from {
            let _: Option<()> = known(session.insert(SESSION_NETWORK, from.to_string()).await.map(Some));
        }
    }
}

fn known<T, E: std::fmt::Display>(answer: Result<Option<T>, E>) -> Option<T> {
    answer.unwrap_or_else(|error| {
        tracing::warn!(%error, "the session cannot be read, treating the reader as signed out");
        None
    })
}
