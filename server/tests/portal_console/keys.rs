//! Keys in the portal: shown once, kept nowhere in the clear, ended by their pages.

use crate::browser::{Browser, Page};
use crate::support::{TestApp, on_both_databases};

const EMAIL: &str = "ada@example.com";
/// How every secret of the sandbox begins.
const SECRET_START: &str = "sk_sandbox_";

/// The id of the member's first application.
pub(crate) async fn first_application(browser: &Browser<'_>) -> String {
    let list = browser.get("/console/applications").await;
    format!("app_{}", list.between("href=\"/console/applications/app_", "\""))
}

/// The `api_key` and the secret of a page that shows them.
pub(crate) fn shown(page: &Page) -> (String, String) {
    let text = |name: &str| page.between(&format!("{name}='"), "'").to_owned();
    (text("API_KEY"), text("API_SECRET"))
}

on_both_databases! {
    async fn the_first_application_shows_its_keys_once(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let id = first_application(&browser).await;
        let keys = format!("/console/applications/{id}/keys");
        browser.get("/console").await.assert_shows("Show my keys");
        let empty = browser.get(&keys).await;
        empty.assert_shows("No keys yet");
        assert!(!empty.html.contains(SECRET_START));

        let page = browser.submit("/ui/show_my_keys", &[("application", &id)]).await;
        let (key, secret) = shown(&page);
        assert_eq!(page.header("cache-control"), "no-store");
        for file in [
            format!("data:text/plain;charset=utf-8,API_KEY%3D{key}%0AAPI_SECRET%3D{secret}%0A"),
            format!("%22api_secret%22%3A%20%22{secret}%22"),
        ] {
            page.assert_shows(&file);
        }
        let form = "grant_type=client_credentials";
        let token = app.send(app.post("/oauth/token").basic(&key, &secret).form(form)).await;
        assert_eq!(token.status, 200);

        // Pressing the button again shows no secret and makes no key.
        let again = browser.submit("/ui/show_my_keys", &[("application", &id)]).await;
        again.assert_shows(&key);
        assert_eq!(app.db.number("SELECT count(*) FROM credentials").await, 1);
        let detail = browser.get(&format!("/console/applications/{id}/credentials/{key}")).await;
        detail.assert_shows(&key);
        for page in [&again, &detail, &browser.get(&keys).await, &browser.get("/console").await] {
            assert_eq!(page.status, 200);
            assert!(!page.html.contains(SECRET_START), "{page:?}");
        }
    }

    async fn no_table_holds_a_secret_in_the_clear(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let id = first_application(&browser).await;
        let (key, secret) = shown(&browser.submit("/ui/show_my_keys", &[("application", &id)]).await);
        let fields = [("application", id.as_str()), ("environment", "sandbox"), ("api_key", &key), ("overlap", "1h")];
        let (_, second) = shown(&browser.submit("/ui/rotate_credential", &fields).await);
        for canary in [&secret, &second] {
            for (table, columns) in [
                ("credentials", &["api_key", "name", "networks", "created_by"][..]),
                ("sessions", &["data", "device", "network"]),
                ("audit_entries", &["actor", "object", "detail", "network"]),
                ("applications", &["name", "description", "redirect_uris", "networks"]),
                ("mails", &["recipient"]),
            ] {
                for column in columns {
                    let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{}%'", &canary[11..40]);
                    assert_eq!(app.db.number(&sql).await, 0, "{table}.{column}");
                }
            }
        }
    }

    async fn a_rotated_key_says_whether_it_is_still_used(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let id = first_application(&browser).await;
        let (key, secret) = shown(&browser.submit("/ui/show_my_keys", &[("application", &id)]).await);
        app.clock.advance(60_000);
        let fields = [("application", id.as_str()), ("environment", "sandbox"), ("api_key", &key), ("overlap", "7d")];
        let (successor, _) = shown(&browser.submit("/ui/rotate_credential", &fields).await);
        let path = format!("/console/applications/{id}/credentials/{key}");
        let page = browser.get(&path).await;
        page.assert_shows(&successor);
        page.assert_shows("Not used since it was replaced");
        app.clock.advance(60_000);
        let form = "grant_type=client_credentials";
        assert_eq!(app.send(app.post("/oauth/token").basic(&key, &secret).form(form)).await.status, 200);
        app.services.write_last_uses().await.unwrap();
        browser.get(&path).await.assert_shows("Still used since it was replaced");

        let second = browser.submit("/ui/rotate_credential", &fields).await;
        second.assert_shows("The key was replaced before.");
        let revoked = browser.submit("/ui/revoke_credential", &[("application", &id), ("api_key", &key)]).await;
        revoked.assert_shows("The key no longer works.");
        revoked.assert_shows("Revoked");
        assert_eq!(app.send(app.post("/oauth/token").basic(&key, &secret).form(form)).await.status, 401);
    }
}

#[tokio::test]
async fn live_keys_wait_for_the_approval() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let id = first_application(&browser).await;
    let page = browser.get(&format!("/console/applications/{id}/keys/live")).await;
    page.assert_shows("Live is not open yet");
    let fields = [("application", id.as_str()), ("environment", "live"), ("name", "Server")];
    browser.submit("/ui/make_credential", &fields).await.assert_shows("not approved for live yet");
    assert_eq!(app.db.number("SELECT count(*) FROM credentials").await, 0);
}

#[tokio::test]
async fn a_public_key_is_added_and_a_private_one_is_not_repeated() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let id = first_application(&browser).await;
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----";
    let fields = [("application", id.as_str()), ("environment", "sandbox"), ("name", "Laptop"), ("pem", pem)];
    let page = browser.submit("/ui/add_public_key", &fields).await;
    page.assert_shows("The public key was added");
    page.assert_shows("Ed25519 · 256");
    browser.submit("/ui/add_public_key", &fields).await.assert_shows("has this key already");
    let canary = "-----BEGIN PRIVATE KEY-----\nQ0FOQVJZQ0FOQVJZ\n-----END PRIVATE KEY-----";
    let fields = [("application", id.as_str()), ("environment", "sandbox"), ("name", "Leak"), ("pem", canary)];
    let page = browser.submit("/ui/add_public_key", &fields).await;
    page.assert_shows("This is a private key.");
    page.assert_shows("value=\"Leak\"");
    assert!(!page.html.contains("Q0FOQVJZ"), "{page:?}");
    assert_eq!(app.db.number("SELECT count(*) FROM sessions WHERE data LIKE '%Q0FOQVJZ%'").await, 0);
}
