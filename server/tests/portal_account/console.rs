//! Applications, their keys and their payments.

use crate::browser::{Browser, Page};
use crate::support::{TestApp, on_both_databases};
use tallyport_service::CallFrom;

const EMAIL: &str = "ada@example.com";
/// How every secret of the sandbox begins.
const SECRET_START: &str = "sk_sandbox_";

/// Makes an application and opens the page that follows.
async fn made(browser: &Browser<'_>, name: &str) -> (String, Page) {
    let answer = browser.post("/ui/make_application", &[("name", name)]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let page = browser.get(&answer.location).await;
    (answer.location, page)
}

on_both_databases! {
    async fn an_application_is_made_and_its_secret_shown_once(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        browser.get("/console").await.assert_shows("action=\"/ui/show_my_keys\"");
        browser.get("/console/applications").await.assert_shows("First application");

        let (path, page) = made(&browser, "Bookshop").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), "no-store");
        let secret = page.between("API_SECRET='", "'").replace("&#x27;", "'");
        let key = page.between("API_KEY='", "'").to_owned();
        assert!(secret.starts_with(SECRET_START), "{secret}");
        page.assert_shows(&format!("data:text/plain;charset=utf-8,API_KEY%3D{key}%0AAPI_SECRET%3D{secret}%0A"));
        // What was shown is what works.
        app.services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();

        let again = browser.get(&path).await;
        again.assert_shows(&key);
        for page in [&again, &browser.get("/console").await, &browser.get("/console/applications").await] {
            assert_eq!(page.status, 200);
            assert!(!page.html.contains(SECRET_START), "{page:?}");
        }
        let application = path.trim_end_matches("/keys");
        browser.get(&format!("{application}/payments")).await.assert_shows("No payments yet");
        let stored = app.db.number("SELECT COUNT(*) FROM sessions WHERE data LIKE '%sk\\_sandbox%' ESCAPE '\\'").await;
        assert_eq!(stored, 0);
    }

    async fn payments_are_listed_newest_first_and_page_by_page(app: TestApp) {
        let member = app.sign_up(EMAIL, crate::browser::PASSWORD).await;
        let partner = app.application(&member, "Bookshop").await;
        for number in 1..=21 {
            app.clock.advance(1_000);
            let answer = app.send(app.payment(&partner, &format!("A-{number:04}"), "1250.50")).await;
            assert_eq!(answer.status, 201);
        }
        let browser = Browser::new(app);
        browser.sign_in(EMAIL).await;
        let path = format!("/console/applications/{}/payments", partner.application_id);
        let first = browser.get(&path).await;
        first.assert_shows("1,250.50");
        assert!(first.html.find("A-0021") < first.html.find("A-0020"));
        assert!(!first.html.contains("A-0001"));
        let older = first.between("class=\"pagination\"", "</nav>").split_once("href=\"").unwrap().1;
        let older = older.split_once('"').unwrap().0.replace("&amp;", "&");
        let second = browser.get(&older).await;
        second.assert_shows("A-0001");
        assert!(!second.html.contains("A-0002"));
        second.assert_shows(&format!("href=\"{path}\""));
        browser.get("/console").await.assert_shows("A-0021");
    }
}

#[tokio::test]
async fn a_payment_is_told_in_full_and_leads_back_to_its_application() {
    let app = TestApp::sqlite().await;
    let member = app.sign_up(EMAIL, crate::browser::PASSWORD).await;
    let partner = app.application(&member, "Bookshop").await;
    let body = serde_json::json!({
        "order_id": "A-1", "amount": "9.99", "currency": "USD", "method": "card_declined",
        "description": "<img src=x onerror=alert(1)>",
    });
    let id = app.send(app.payment_of(&partner, "key-of-a-payment", &body)).await.text("/id");
    let browser = Browser::new(&app);
    browser.sign_in(EMAIL).await;
    let page = browser.get(&format!("/console/payments/{id}")).await;
    for text in ["9.99", "A-1", "card_declined", "declined", "The issuer declined", "key-of-a-payment", &id, "SANDBOX"]
    {
        page.assert_shows(text);
    }
    page.assert_shows(&format!("href=\"/console/applications/{}\"", partner.application_id));
    page.assert_shows("&lt;img src=x");
    assert!(!page.html.contains("<img"));
}

#[tokio::test]
async fn what_is_somebody_else_s_does_not_exist() {
    let app = TestApp::sqlite().await;
    let other = app.partner("Other").await;
    let id = app.send(app.payment(&other, "A-1", "1.00")).await.text("/id");
    let browser = Browser::of_member(&app, EMAIL).await;
    let application = format!("/console/applications/{}", other.application_id);
    for path in [
        application.clone(),
        format!("{application}/payments"),
        format!("/console/payments/{id}"),
        "/console/applications/app_00000000000000000000000000".to_owned(),
        "/console/payments/nonsense".to_owned(),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 404, "{path}");
        page.assert_shows("There is no page here");
        assert!(!page.html.contains("Other"), "{path}");
    }
}

#[tokio::test]
async fn a_fresh_secret_is_shown_on_the_page_of_its_own_application_only() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let (first, _) = made(&browser, "First").await;
    let second = browser.post("/ui/make_application", &[("name", "Second")]).await.location;
    assert!(!browser.get(&first).await.html.contains(SECRET_START));
    browser.get(&second).await.assert_shows(SECRET_START);
}

#[tokio::test]
async fn a_fresh_secret_that_nobody_looked_at_is_not_shown_later() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let path = browser.post("/ui/make_application", &[("name", "Late")]).await.location;
    app.clock.advance(11 * 60 * 1000);
    assert!(!browser.get(&path).await.html.contains(SECRET_START));
}

#[tokio::test]
async fn names_are_text_and_never_html() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let (path, page) = made(&browser, "</title><script>alert(1)</script>\"'&").await;
    for page in [
        &page,
        &browser.get("/console/applications").await,
        &browser.get(&format!("{}/payments", path.trim_end_matches("/keys"))).await,
    ] {
        page.assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.assert_shows("<title>");
        assert!(!page.html.contains("<script>alert"), "{page:?}");
    }
}

#[tokio::test]
async fn a_name_that_is_refused_is_kept_beside_the_reason() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let long = "x".repeat(81);
    let page = browser.submit("/ui/make_application", &[("name", &long)]).await;
    page.assert_shows("Enter a name of 1 to 80 characters.");
    page.assert_shows(&format!("value=\"{long}\""));
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_makes_nothing() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    for path in ["/console", "/console/applications", "/console/applications/new", "/console/payments/pay_1"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 303, "{path}");
        assert!(page.location.starts_with("/signin?return_to=%2Fconsole"), "{path}");
    }
    let answer = browser.post("/ui/make_application", &[("name", "Nobody's")]).await;
    assert_eq!(answer.location, "/signin?return_to=%2Fconsole%2Fapplications%2Fnew");
    assert_eq!(app.db.number("SELECT COUNT(*) FROM applications").await, 0);
}
