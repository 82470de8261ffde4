//! Where the holder of the link that the server printed becomes the first administrator.
//!
//! The link's token is in the address, so the page sends no referrer and nobody keeps a copy.

use super::{
    loaded::{keep_no_copy, loaded, set_header, set_status},
    sign_up::PersonFields,
};
use crate::{
    components::{Button, ButtonKind, ButtonLink},
    forms::{Form, FormFlash},
    functions::entry::{here, services},
    layout::PublicFrame,
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::texts,
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The form's name, under which a refused one is kept.
pub(crate) const SETUP_FORM: &str = "setup";

/// The page's address for the holder of a token.
pub(crate) fn setup_path(token: &str) -> SitePath {
    let path = format!("/setup?token={}", percent_encoded(token));
    SitePath::parse(&path).unwrap_or_else(|| here("/setup"))
}

#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    keep_no_copy();
    set_header(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let token = use_query_map().get_untracked().get("token").unwrap_or_default();
    loaded(async move {
        if services()?.is_first_administrator_link(&token).await? {
            Ok(form(token, FormFlash::take(SETUP_FORM).await))
        } else {
            Ok(dead_link())
        }
    })
}

fn form(token: String, flash: FormFlash) -> AnyView {
    let texts = &texts().account;
    view! {
        <PublicFrame title=texts.setup_title narrow=true>
            <div class="account">
                <div class="stack-tight">
                    <h1>{texts.setup_title}</h1>
                    <p class="lead">{texts.setup_lead}</p>
                </div>
                <Form name=SETUP_FORM action="/ui/setup" flash=flash>
                    <input type="hidden" name="token" value=token />
                    <PersonFields />
                    <Button kind=ButtonKind::PrimaryWide>{texts.setup_submit}</Button>
                </Form>
            </div>
        </PublicFrame>
    }
    .into_any()
}

fn dead_link() -> AnyView {
    set_status(StatusCode::NOT_FOUND);
    let account = &texts().account;
    let chrome = &texts().chrome;
    view! {
        <PublicFrame title=account.setup_dead_title>
            <div class="outcome">
                <h1>{account.setup_dead_title}</h1>
                <p class="lead">{account.setup_dead_text}</p>
                <p class="soft">{account.setup_dead_hint}</p>
                <div class="row">
                    <ButtonLink href="/signin" kind=ButtonKind::Primary>{chrome.sign_in}</ButtonLink>
                    <ButtonLink href="/">{texts().outcome.to_start}</ButtonLink>
                </div>
            </div>
        </PublicFrame>
    }
    .into_any()
}
