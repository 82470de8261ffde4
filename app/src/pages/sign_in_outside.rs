//! The way to the outside provider and back. Neither page shows anything: each sends the browser on.
//!
//! Both answer a GET, because the provider can only send a browser back by one. What they change is
//! the session of the browser that asks; the state that the way back has to bring ties the two together.

use super::{
    loaded::{elsewhere, keep_no_copy, loaded, set_header, set_status},
    sign_in::{NOTICE, SIGN_IN_FORM, SIGN_IN_PATH},
    sign_up::SIGN_UP_PATH,
};
use crate::{
    fault::Fault,
    forms::{FormFlash, answer::session},
    functions::{
        entry::{CONSOLE_PATH, begin_session, here, refuse_for_now, services},
        second_step::ask_for_code,
    },
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::visit,
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use tallyport_service::identity::SignInAnswer;
use tallyport_service::identity::outside::{OutsideRefusal, Returned};

/// Where the session keeps what it waits for.
const OUTSIDE: &str = "outside_sign_in";

#[derive(Serialize, Deserialize)]
struct Kept {
    waiting: String,
    return_to: Option<String>,
}

/// The address that leads to the provider, and from there to a page of ours.
pub(super) fn outside_path(return_to: Option<&SitePath>) -> SitePath {
    let path = return_to
        .and_then(|path| SitePath::parse(&format!("/signin/outside?return_to={}", percent_encoded(path.as_str()))));
    path.unwrap_or_else(|| here("/signin/outside"))
}

#[component]
pub(crate) fn OutsideStartPage() -> impl IntoView {
    prepare();
    let return_to = use_query_map().get_untracked().get("return_to").and_then(|path| SitePath::parse(&path));
    loaded(async move {
        let start = match services()?.start_outside_sign_in(visit().client_address).await {
            Ok(start) => start,
            Err(refusal) => return refused(refusal).await,
        };
        let session = session().ok_or(Fault::Missing("no session was provided"))?;
        let return_to = return_to.map(|path| path.as_str().to_owned());
        session.insert(OUTSIDE, Kept { waiting: start.waiting, return_to }).await?;
        if let Ok(location) = HeaderValue::from_str(&start.url) {
            set_status(StatusCode::SEE_OTHER);
            set_header(header::LOCATION, location);
        }
        Ok(().into_any())
    })
}

#[component]
pub(crate) fn OutsideCallbackPage() -> impl IntoView {
    prepare();
    let query = use_query_map().get_untracked();
    loaded(async move {
        let session = session().ok_or(Fault::Missing("no session was provided"))?;
        // Whatever comes back, it comes once.
        let kept = session.remove::<Kept>(OUTSIDE).await?;
        match kept {
            Some(kept) => finish(kept, &query).await,
            None => back("outside-failed").await,
        }
    })
}

async fn finish(kept: Kept, query: &ParamsMap) -> Result<AnyView, Fault> {
    let text = |name: &str| query.get(name).unwrap_or_default();
    if query.get("error").is_some() {
        return back("outside-denied").await;
    }
    let (state, code, issuer) = (text("state"), text("code"), query.get("iss"));
    let returned = Returned { waiting: &kept.waiting, state: &state, code: &code, issuer: issuer.as_deref() };
    let visit = visit();
    let return_to = kept.return_to.and_then(|path| SitePath::parse(&path));
    match services()?.finish_outside_sign_in(visit.client_address, visit.language, returned).await {
        Ok(SignInAnswer::SignedIn(entrance)) => {
            begin_session(&entrance).await?;
            Ok(elsewhere(&return_to.unwrap_or_else(|| here(CONSOLE_PATH))))
        }
        Ok(SignInAnswer::SecondStep(pending)) => {
            ask_for_code(pending, return_to).await?;
            Ok(().into_any())
        }
        Ok(SignInAnswer::Suspended) => back("suspended").await,
        Ok(_) => back("outside-failed").await,
        Err(refusal) => refused(refusal).await,
    }
}

async fn refused(refusal: OutsideRefusal) -> Result<AnyView, Fault> {
    match refusal {
        OutsideRefusal::Service(error) => Err(error.into()),
        OutsideRefusal::AddressNotVerified => back("outside-unverified").await,
        // The page for signing up says why.
        OutsideRefusal::NotInvited => Ok(elsewhere(&here(SIGN_UP_PATH))),
        OutsideRefusal::TooManyTries(refused) => {
            refuse_for_now(FormFlash::new(), refused).send_back(SIGN_IN_FORM, &here(SIGN_IN_PATH)).await?;
            Ok(().into_any())
        }
        OutsideRefusal::None | OutsideRefusal::Unexpected | OutsideRefusal::Provider => back("outside-failed").await,
    }
}

async fn back(notice: &str) -> Result<AnyView, Fault> {
    FormFlash::new().keep(NOTICE, notice).send_back(SIGN_IN_FORM, &here(SIGN_IN_PATH)).await?;
    Ok(().into_any())
}

/// The addresses hold a state and a code.
fn prepare() {
    keep_no_copy();
    set_header(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}
