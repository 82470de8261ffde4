//! Whose session this is: beginning one, ending one, and who posted a form.

use crate::{
    fault::Fault,
    forms::{
        AnswerParts, FormFlash, SESSION_DEVELOPER_ID, SESSION_DEVICE, SESSION_NETWORK, SESSION_STAMP, answer::session,
    },
    site_path::SitePath,
    visit::visit,
};
use leptos::prelude::use_context;
use tallyport_service::identity::{Entrance, SessionKey, TooManyTries};
use tallyport_service::{Member, Services};

const MINUTE_MS: i64 = 60_000;
/// What a kept form says after too many tries: minutes until the next.
pub(crate) const RETRY_AFTER_MINUTES: &str = "retry_after_minutes";

/// Where somebody who has just signed in goes, unless a page sent them to sign in.
pub(crate) const CONSOLE_PATH: &str = "/console";

/// The use cases, which the server provides for every request.
pub(crate) fn services() -> Result<Services, Fault> {
    use_context::<Services>().ok_or(Fault::Missing("no services were provided"))
}

/// Makes this the session of a person. The id changes, so that an id which somebody planted before
/// is worth nothing, and what the session held before is forgotten.
pub(crate) async fn begin_session(entrance: &Entrance) -> Result<(), Fault> {
    let session = session().ok_or(Fault::Missing("no session was provided"))?;
    let visit = visit();
    session.clear().await;
    session.cycle_id().await?;
    session.insert(SESSION_DEVELOPER_ID, entrance.member.developer_id.to_string()).await?;
    session.insert(SESSION_STAMP, entrance.stamp.as_str()).await?;
    session.insert(SESSION_DEVICE, visit.device.to_string()).await?;
    if let Some(address) = visit.client_address {
        session.insert(SESSION_NETWORK, address.to_string()).await?;
    }
    Ok(())
}

/// What this session is kept under. None before it was ever saved.
pub(crate) fn session_key() -> Option<SessionKey> {
    Some(SessionKey::of_id(session()?.id()?.0))
}

/// Keeps in a refused form's flash when the next try will be.
#[must_use]
pub(crate) fn refuse_for_now(flash: FormFlash, refused: TooManyTries) -> FormFlash {
    flash.keep(RETRY_AFTER_MINUTES, &whole_minutes(refused.retry_after_ms).to_string())
}

/// Minutes after which the time is over for sure.
const fn whole_minutes(wait_ms: i64) -> i64 {
    (wait_ms + MINUTE_MS - 1) / MINUTE_MS
}

/// Ends the session here and in the database.
pub(super) async fn end_session() -> Result<(), Fault> {
    match session() {
        Some(session) => Ok(session.flush().await?),
        None => Ok(()),
    }
}

/// Who posted this form. Nobody is sent to sign in, and from there to the form's page.
pub(super) fn poster(form_page: &str) -> Option<Member> {
    let member = visit().signed_in;
    if member.is_none() {
        AnswerParts::current().see_other(&sign_in_path(&here(form_page)));
    }
    member
}

/// The way to the sign-in page and back.
pub(crate) fn sign_in_path(return_to: &SitePath) -> SitePath {
    let encoded = crate::percent_encoding::percent_encoded(return_to.as_str());
    SitePath::parse(&format!("/signin?return_to={encoded}")).unwrap_or_else(|| here("/signin"))
}

/// A path of this site that is written in the source.
pub(crate) fn here(path: &str) -> SitePath {
    SitePath::parse(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{here, sign_in_path, whole_minutes};

    #[test]
    fn begun_minutes_count_as_whole_ones() {
        assert_eq!(whole_minutes(1), 1);
        assert_eq!(whole_minutes(60_000), 1);
        assert_eq!(whole_minutes(60_001), 2);
    }

    #[test]
    fn the_way_back_survives_as_one_parameter() {
        let path = sign_in_path(&here("/console/payments/pay_1?lang=zh&a=b"));
        assert_eq!(path.as_str(), "/signin?return_to=%2Fconsole%2Fpayments%2Fpay_1%3Flang%3Dzh%26a%3Db");
    }

    #[test]
    fn a_way_back_that_is_too_long_is_dropped() {
        let path = sign_in_path(&here(&format!("/console?{}", "&".repeat(900))));
        assert_eq!(path.as_str(), "/signin");
    }
}
