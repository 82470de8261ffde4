//! "Try it": a real call, signed with the stored secret, shown in full but for the secrets.

use tallyport_service::identity::SignInAnswer;

use crate::browser::{Browser, Page};
use crate::support::{TestApp, on_both_databases};

const EMAIL: &str = "ada@example.com";

/// Makes an application and returns its id.
async fn application(browser: &Browser<'_>) -> String {
    let made = browser.post("/ui/make_application", &[("name", "Bookshop")]).await;
    let path = made.location.strip_prefix("/console/applications/").unwrap();
    path.split('/').next().unwrap().to_owned()
}

/// Fills in the form and opens the page that shows what came of it.
async fn call(browser: &Browser<'_>, application: &str, changes: &[(&'static str, &str)]) -> Page {
    let answer = browser.post("/ui/try_it", &fields(application, changes)).await;
    assert_eq!(answer.location, format!("/console/applications/{application}/try#result"), "{answer:?}");
    browser.get(&format!("/console/applications/{application}/try")).await
}

fn fields<'a>(application: &'a str, changes: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let mut fields = vec![
        ("application", application),
        ("order_id", "A-1001"),
        ("amount", "100.00"),
        ("currency", "USD"),
        ("method", "card_ok"),
        ("description", ""),
        ("idempotency_key", "key-1"),
    ];
    for (name, value) in changes {
        fields.iter_mut().find(|(field, _)| field == name).unwrap().1 = value;
    }
    fields
}

on_both_databases! {
    async fn a_payment_is_captured_and_its_postings_balance(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let application = application(&browser).await;
        let form = browser.get(&format!("/console/applications/{application}/try")).await;
        form.assert_shows("value=\"try-");
        assert_eq!(form.header("cache-control"), "no-store");

        let page = call(&browser, &application, &[("description", "Two <coffees>")]).await;
        page.assert_shows("201 Created");
        page.assert_shows("captured");
        // The request as it went, but for the token.
        for text in ["POST", "/v1/payments", "Idempotency-Key", "content-digest", "@signature-params", "Bearer eyJ…"] {
            page.assert_shows(text);
        }
        assert!(!page.html.contains("sk_sandbox_") && !page.html.contains("<coffees>"));
        let token = page.html.split("eyJ").nth(1).unwrap();
        assert!(token.starts_with('…'), "{}", token.get(..20).unwrap_or_default());
        // Debits and credits are equal.
        let cells = page.html.replace('\u{a0}', " ");
        assert!(cells.matches("-100.00 USD").count() >= 2 && cells.matches("100.00 USD").count() >= 6, "{cells}");

        let id = page.html.split("/console/payments/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let password = crate::browser::PASSWORD.to_owned().into();
        let SignInAnswer::SignedIn(entrance) = app.services.try_sign_in(None, EMAIL, password).await.unwrap() else {
            panic!("the password is right");
        };
        let member = entrance.member;
        let entries = app.services.member_entries(&member, id.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries.iter().map(|entry| entry.amount.minor()).sum::<i64>(), 0);
        // Somebody else has no way to them.
        let stranger = app.developer("Eve").await;
        assert!(app.services.member_entries(&stranger, id.parse().unwrap()).await.unwrap().is_none());
    }

    async fn the_same_call_again_is_replayed_and_another_body_is_refused(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let application = application(&browser).await;
        call(&browser, &application, &[]).await;
        let again = call(&browser, &application, &[]).await;
        again.assert_shows("idempotent-replayed");
        let other = call(&browser, &application, &[("amount", "99.00")]).await;
        other.assert_shows("422 Unprocessable Entity");
        other.assert_shows("idempotency_key_reused");
        other.assert_shows("Nothing was booked");
    }
}

#[tokio::test]
async fn what_the_api_refuses_is_shown_as_it_refused_it() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let application = application(&browser).await;
    call(&browser, &application, &[("amount", "100")]).await.assert_shows("amount_invalid");
    call(&browser, &application, &[("currency", "XXX")]).await.assert_shows("currency_unknown");
    call(&browser, &application, &[("idempotency_key", "")]).await.assert_shows("idempotency_key_missing");
    let declined = call(&browser, &application, &[("method", "card_declined")]).await;
    declined.assert_shows("201 Created");
    declined.assert_shows("Nothing was booked");
}

#[tokio::test]
async fn a_key_that_is_no_header_is_refused_beside_its_field_and_the_rest_is_kept() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let application = application(&browser).await;
    let changes = [("idempotency_key", "a key"), ("order_id", "A-77")];
    let page = browser.submit("/ui/try_it", &fields(&application, &changes)).await;
    page.assert_shows("A key is 1 to 255 visible ASCII characters.");
    page.assert_shows("value=\"A-77\"");
    assert!(!page.html.contains("id=\"result\""));
}

#[tokio::test]
async fn nobody_calls_as_somebody_elses_application() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let stranger = app.partner("Stranger").await.application_id.to_string();
    let path = format!("/console/applications/{stranger}/try");
    assert_eq!(browser.get(&path).await.status, 404);
    assert_eq!(browser.post("/ui/try_it", &fields(&stranger, &[])).await.status, 404);
    assert_eq!(browser.post("/ui/try_it", &fields("app_nonsense", &[])).await.status, 404);
    let id = stranger.parse().unwrap();
    let mut reader = app.services.db().read().await.unwrap();
    let environment = tallyport_domain::Environment::Sandbox;
    let made = tallyport_storage::payments::list(&mut reader, id, environment, None, 10).await.unwrap();
    assert!(made.is_empty());
}

#[tokio::test]
async fn nobody_calls_without_signing_in_or_from_another_site() {
    let app = TestApp::sqlite().await;
    let partner = app.partner("Shop").await.application_id.to_string();
    let browser = Browser::new(&app);
    let page = browser.get(&format!("/console/applications/{partner}/try")).await;
    assert!(page.location.starts_with("/signin?return_to="), "{page:?}");
    let answer = browser.post("/ui/try_it", &fields(&partner, &[])).await;
    assert!(answer.location.starts_with("/signin?return_to="), "{answer:?}");
    let forged = browser.post_from("cross-site", "/ui/try_it", &fields(&partner, &[])).await;
    assert_eq!(forged.status, 403);
}

#[tokio::test]
async fn a_call_of_one_application_is_not_shown_under_another() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let first = application(&browser).await;
    let second = application(&browser).await;
    call(&browser, &first, &[]).await.assert_shows("id=\"result\"");
    let page = browser.get(&format!("/console/applications/{second}/try")).await;
    assert!(!page.html.contains("id=\"result\""));
}
