//! The administration, tested through HTTP: its door, its forms, what texts cannot do, its file.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../portal_account/browser.rs"]
#[allow(dead_code, reason = "each test program uses the part that it needs")]
mod browser;
#[path = "../support/mod.rs"]
mod support;

mod announcements;
mod audit;
mod channels;
mod fees;
mod money;
mod operations;
mod people;
mod plans;
mod refusals;
mod settings;

use browser::{Browser, PASSWORD};
use support::TestApp;
use tallyport_domain::{Language, Role};
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use zeroize::Zeroizing;

const ROOT: &str = "root@example.com";

/// The browser of an administrator.
async fn administrator(app: &TestApp) -> Browser<'_> {
    let password = Zeroizing::new(PASSWORD.to_owned());
    let sign_up = SignUp { name: "Root", email: ROOT, password, language: Language::En };
    app.services.create_account(&Actor::command("test"), sign_up, Role::Administrator).await.unwrap();
    let browser = Browser::new(app);
    assert_eq!(browser.sign_in(ROOT).await.location, "/console");
    browser
}
