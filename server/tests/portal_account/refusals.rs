//! What strangers try.

use std::net::Ipv4Addr;

use crate::browser::{Browser, PASSWORD};
use crate::support::TestApp;

const EMAIL: &str = "ada@example.com";
const FORMS: [&str; 20] = [
    "/ui/sign_up",
    "/ui/sign_in",
    "/ui/sign_out",
    "/ui/setup",
    "/ui/make_application",
    "/ui/verify",
    "/ui/confirm_email",
    "/ui/forgot",
    "/ui/reset",
    "/ui/second_step",
    "/ui/change_profile",
    "/ui/change_email",
    "/ui/change_password",
    "/ui/close_account",
    "/ui/end_session",
    "/ui/end_other_sessions",
    "/ui/start_totp",
    "/ui/confirm_totp",
    "/ui/stop_totp",
    "/ui/replace_recovery_codes",
];

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    for form in FORMS {
        for site in ["cross-site", "same-site"] {
            let answer = browser.post_from(site, form, &[("name", "Forged")]).await;
            assert_eq!(answer.status, 403, "{form} {site}");
        }
    }
    let page = browser.get("/console/applications").await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("Forged"));
}

#[tokio::test]
async fn forms_of_one_s_own_account_are_for_whoever_is_signed_in() {
    let app = TestApp::sqlite().await;
    let stranger = Browser::new(&app);
    for form in &FORMS[10..] {
        let answer = stranger.post(form, &[("name", "Forged")]).await;
        assert_eq!(answer.status, 303, "{form}");
        assert!(answer.location.starts_with("/signin?return_to=%2Fconsole%2Faccount"), "{form}: {}", answer.location);
    }
}

#[tokio::test]
async fn nothing_changes_by_a_get() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    for form in FORMS {
        let answer = browser.get(&format!("{form}?name=Forged")).await;
        assert!(answer.status == 404 || answer.status == 405, "{form}: {}", answer.status);
    }
    let page = browser.get("/console/applications").await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("Forged"));
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    for way in
        ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "/\t/evil.example", ""]
    {
        let fields = [("email", EMAIL), ("password", PASSWORD), ("return_to", way)];
        assert_eq!(Browser::new(&app).post("/ui/sign_in", &fields).await.location, "/console", "{way:?}");
        let encoded: String = way.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let page = Browser::new(&app).get(&format!("/signin?return_to={encoded}")).await;
        assert!(!page.html.contains("name=\"return_to\""), "{way:?}");
    }
}

#[tokio::test]
async fn the_eleventh_try_on_an_account_waits_even_with_the_right_password() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    for _ in 0..10 {
        let page = browser.submit("/ui/sign_in", &[("email", EMAIL), ("password", "wrong password")]).await;
        assert_eq!(page.status, 200);
    }
    let answer = browser.sign_in(EMAIL).await;
    assert_eq!(answer.location, "/signin");
    let page = browser.get("/signin").await;
    assert_eq!((page.status, page.header("retry-after")), (429, "120"));
    page.assert_shows("Too many tries");
    page.assert_shows("in 2 min");
    // Another account from the same network is not concerned, and time heals.
    app.sign_up("eve@example.com", PASSWORD).await;
    assert_eq!(Browser::new(&app).sign_in("eve@example.com").await.location, "/console");
    app.clock.advance(90_000);
    assert_eq!(browser.sign_in(EMAIL).await.location, "/console");
}

#[tokio::test]
async fn changing_addresses_does_not_give_more_tries_on_an_account() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser_at = |last| Browser::at(&app, Ipv4Addr::new(127, 0, 1, last));
    for last in 1..=10 {
        let page = browser_at(last).submit("/ui/sign_in", &[("email", EMAIL), ("password", "wrong password")]).await;
        assert_eq!(page.status, 200);
    }
    let page = browser_at(11).submit("/ui/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 429);
    // The owner comes in when the wait is over, from wherever.
    app.clock.advance(90_000);
    assert_eq!(browser_at(12).sign_in(EMAIL).await.location, "/console");
}

#[tokio::test]
async fn unknown_accounts_are_throttled_like_known_ones() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    for _ in 0..10 {
        browser.sign_in("nobody@example.com").await;
    }
    let page = browser.submit("/ui/sign_in", &[("email", "nobody@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 429);
}

#[tokio::test]
async fn one_network_cannot_try_one_password_on_many_accounts() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    for account in 0..30 {
        browser.sign_in(&format!("nobody-{account}@example.com")).await;
    }
    let page = browser.submit("/ui/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 429);
}
