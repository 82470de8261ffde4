//! Removing the icon of an application, and what the page says after one was uploaded. The upload
//! itself is a form of several parts, which the server reads.

use super::about::{NOTICE, NOTICE_TEXT, about, done, refused};
use super::entry::{here, sign_in_path};
use crate::{
    forms::FormFlash,
    language::texts_in,
    pages::console::application::{ICON_FORM, application_path},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_contract::language::Language;
use tallyport_domain::{icon::IconRefusal, ids::AppId};
use tallyport_service::{applications::SetIconRefusal, teams::AccessRefusal};
use tower_sessions::{Session, session};

/// A file that was not taken, for the page to tell.
#[derive(Debug, Clone, Copy)]
pub struct IconRefused(IconRefusal);

impl IconRefused {
    /// What the page tells; whoever may not set an icon is no matter of the page.
    pub fn of(refusal: SetIconRefusal) -> Result<Self, AccessRefusal> {
        match refusal {
            SetIconRefusal::Icon(refusal) => Ok(Self(refusal)),
            SetIconRefusal::Access(refusal) => Err(refusal),
        }
    }
}

/// Keeps how an upload ended, for the page that is shown next.
pub async fn keep_icon_answer(
    session: &Session,
    language: Language,
    done: Result<(), IconRefused>,
) -> Result<(), session::Error> {
    let own = &texts_in(language).applications;
    let Err(IconRefused(refusal)) = done else {
        return FormFlash::new().keep(NOTICE_TEXT, own.saved).store(session, NOTICE).await;
    };
    let message = match refusal {
        IconRefusal::Empty => own.icon_empty,
        IconRefusal::TooLarge => own.icon_large,
        IconRefusal::Svg => own.icon_svg,
        IconRefusal::OtherType => own.icon_other,
    };
    let mut kept = FormFlash::new();
    kept.refuse("icon", message);
    kept.store(session, ICON_FORM).await
}

/// Where an application is shown, for whoever sends the browser back to it.
#[must_use]
pub fn application_page(id: AppId) -> String {
    application_path(id)
}

/// Where somebody signs in who then goes on to an application.
#[must_use]
pub fn sign_in_page(id: AppId) -> String {
    sign_in_path(&here(&application_path(id))).as_str().to_owned()
}

/// Takes the icon of an application away.
#[server(prefix = "/ui", endpoint = "remove_icon")]
pub(crate) async fn remove_icon(#[server(default)] application: String) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| match services.remove_icon(&member, id).await {
        Ok(()) => done(&application_path(id), texts().applications.saved).await,
        Err(refusal) => refused(refusal),
    })
    .await
}
