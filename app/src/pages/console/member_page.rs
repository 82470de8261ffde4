//! The door of every console page.

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
use std::{future::Future, str::FromStr};
use tallyport_service::{Member, Services};

/// Shows a page to whoever is signed in, and sends others to sign in and back. A page that finds
/// nothing, or nothing of this member's, is not found: the two look alike.
pub(super) fn member_page<F>(page: impl FnOnce(Services, Member) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<Option<AnyView>, Fault>> + Send + 'static,
{
    let visit = visit();
    let Some(member) = visit.signed_in else { return elsewhere(&sign_in_path(&visit.path)) };
    keep_no_copy();
    loaded(async move {
        let found = page(services()?, member).await?;
        Ok(found.unwrap_or_else(|| view! { <NotFound /> }.into_any()))
    })
}

/// An id from the address; a text that is none names nothing.
pub(in crate::pages) fn id_in_path<T: FromStr>(name: &str) -> Option<T> {
    leptos_router::hooks::use_params_map().get_untracked().get(name)?.parse().ok()
}
