//! The door of every page of the administration.

use super::forbidden::Forbidden;
use crate::{
    fault::Fault,
    functions::entry::{services, sign_in_path},
    pages::{
        loaded::{elsewhere, keep_no_copy, loaded},
        not_found::NotFound,
    },
    visit::visit,
};
use leptos::prelude::*;
use std::future::Future;
use tallyport_service::{Services, admin::Administrator};

/// Shows a page to administrators. Nobody is sent to sign in and back; whoever is signed in and no
/// administrator is told that this is not for them. A page that finds nothing is not found.
pub(in crate::pages) fn admin_page<F>(page: impl FnOnce(Services, Administrator) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<Option<AnyView>, Fault>> + Send + 'static,
{
    let visit = visit();
    let Some(member) = visit.signed_in else { return elsewhere(&sign_in_path(&visit.path)) };
    keep_no_copy();
    let Ok(administrator) = Administrator::of(member) else { return view! { <Forbidden /> }.into_any() };
    loaded(async move {
        let found = page(services()?, administrator).await?;
        Ok(found.unwrap_or_else(|| view! { <NotFound /> }.into_any()))
    })
}
