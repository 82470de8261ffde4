//! What a form says to somebody who tried too often.

use super::loaded::{set_header, set_status};
use crate::{
    components::{Banner, Tone},
    forms::FormFlash,
    functions::entry::RETRY_AFTER_MINUTES,
    visit::texts,
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

/// The banner, when the form was refused for that. The form was answered by a redirect; the page at
/// its end says in its status and headers what a program looks for.
pub(super) fn too_many_tries(flash: &FormFlash) -> Option<AnyView> {
    let minutes: i64 = flash.value(RETRY_AFTER_MINUTES)?.parse().ok()?;
    set_status(StatusCode::TOO_MANY_REQUESTS);
    set_header(header::RETRY_AFTER, HeaderValue::from(minutes.saturating_mul(60)));
    let texts = &texts().account;
    Some(
        view! {
            <Banner tone=Tone::Caution title=texts.too_many_title>
                <p>{texts.too_many(minutes)}</p>
            </Banner>
        }
        .into_any(),
    )
}
