//! Whose session this is: beginning one, ending one, and who posted a form.

use crate::{
    fault::Fault,
    forms::{AnswerParts, SESSION_DEVELOPER_ID, answer::session},
    site_path::SitePath,
    visit::visit,
};
use leptos::prelude::use_context;
use tallyport_service::{Member, Services};

/// Where somebody who has just signed in goes, unless a page sent them to sign in.
pub(crate) const CONSOLE_PATH: &str = "/console";

/// The use cases, which the server provides for every request.
pub(crate) fn services() -> Result<Services, Fault> {
    use_context::<Services>().ok_or(Fault::Missing("no services were provided"))
}

/// Makes this the session of a person. The id changes, so that an id which somebody planted before
/// is worth nothing, and what the session held before is forgotten.
pub(super) async fn begin_session(member: &Member) -> Result<(), Fault> {
    let session = session().ok_or(Fault::Missing("no session was provided"))?;
    session.clear().await;
    session.cycle_id().await?;
    session.insert(SESSION_DEVELOPER_ID, member.developer_id.to_string()).await?;
    Ok(())
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
    use super::{here, sign_in_path};

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
