//! What a page says once about the form that led to it.

use crate::{
    components::{Banner, Toast, Tone},
    forms::FormFlash,
    functions::about::{NOTICE, NOTICE_TEXT},
};
use leptos::prelude::*;

/// Takes what is to be said, for the page that is being made.
pub(in crate::pages) async fn take() -> Option<AnyView> {
    let kept = FormFlash::take(NOTICE).await;
    if let Some(why) = kept.error(NOTICE_TEXT).map(str::to_owned) {
        return Some(view! { <Banner tone=Tone::Bad title=why>""</Banner> }.into_any());
    }
    let text = kept.value(NOTICE_TEXT)?.to_owned();
    Some(view! { <Toast text=text tone=Tone::Good /> }.into_any())
}
