//! Signing in with an outside OpenID provider.

use tallyport_storage::test_support::TestDb;

use crate::browser::{Browser, PASSWORD};
use crate::outside_provider::{Provider, Spoilt};
use crate::support::{Chosen, TestApp};

const EMAIL: &str = "ada@example.com";

async fn app(provider: &Provider, db: TestDb) -> TestApp {
    TestApp::chosen(db, Chosen { provider: Some(provider.settings()), ..Chosen::default() }).await
}

/// Goes to the provider; returns the path that it sends the browser back to.
async fn way_back(app: &TestApp, browser: &Browser<'_>, start: &str) -> String {
    let answer = browser.get(start).await;
    assert_eq!((answer.status, answer.header("referrer-policy")), (303, "no-referrer"));
    let response = app.browser().get(&answer.location).send().await.unwrap();
    let back = response.headers()["location"].to_str().unwrap();
    back.strip_prefix(app.services.public_url()).unwrap().to_owned()
}

/// Goes to the provider and back; returns where the browser ends.
async fn signed_in(app: &TestApp, browser: &Browser<'_>) -> String {
    let back = way_back(app, browser, "/signin/outside").await;
    browser.get(&back).await.location
}

async fn whole_way(db: TestDb) {
    let provider = Provider::start().await;
    let app = app(&provider, db).await;
    let browser = Browser::new(&app);
    browser.get("/signin?return_to=%2Fconsole%2Faccount").await.assert_shows("Continue with Example Login");

    // Somebody new.
    provider.is_used_by("subject-1", EMAIL, true);
    let back = way_back(&app, &browser, "/signin/outside?return_to=%2Fconsole%2Faccount").await;
    let answer = browser.get(&back).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/console/account"));
    browser.get("/console/account").await.assert_shows("Ada of elsewhere");
    // The way back works once, and only in the browser that went.
    assert_eq!(Browser::new(&app).get(&back).await.location, "/signin");
    browser.post("/ui/sign_out", &[]).await;
    assert_eq!(browser.get(&back).await.location, "/signin");

    // The same person, whatever the address is by now.
    provider.is_used_by("subject-1", "moved@example.com", false);
    assert_eq!(signed_in(&app, &browser).await, "/console");
    // Somebody with an account here.
    app.sign_up("eve@example.com", PASSWORD).await;
    provider.is_used_by("subject-2", "EVE@example.com", true);
    assert_eq!(signed_in(&app, &Browser::new(&app)).await, "/console");
    assert_eq!(Browser::new(&app).sign_in("eve@example.com").await.location, "/console");
    assert_eq!(app.db.number("SELECT count(*) FROM developers").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_sign_in_with_the_provider_on_sqlite() {
    whole_way(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_sign_in_with_the_provider_on_postgres() {
    whole_way(TestDb::postgres().await).await;
}

#[tokio::test]
async fn an_address_that_the_provider_does_not_vouch_for_links_nobody() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    app.sign_up(EMAIL, PASSWORD).await;
    for email in [EMAIL, "", "no address"] {
        provider.is_used_by("subject-1", email, false);
        let browser = Browser::new(&app);
        assert_eq!(signed_in(&app, &browser).await, "/signin");
        browser.get("/signin").await.assert_shows("does not say that your address is verified");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM outside_identities").await, 0);
}

#[tokio::test]
async fn a_password_that_a_stranger_chose_does_not_open_the_account_of_whoever_is_vouched_for() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    let eve = Browser::new(&app);
    eve.post("/ui/sign_up", &[("name", "Eve"), ("email", EMAIL), ("password", PASSWORD)]).await;
    let link = app.mailed_link(EMAIL).await;
    provider.is_used_by("subject-1", EMAIL, true);
    assert_eq!(signed_in(&app, &Browser::new(&app)).await, "/console");
    assert_eq!(eve.sign_in(EMAIL).await.location, "/signin");
    assert_eq!(eve.verify(&link, "").await.location, link);
}

#[tokio::test]
async fn tokens_that_are_not_what_they_should_be_sign_nobody_in() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    provider.is_used_by("subject-1", EMAIL, true);
    for spoilt in [
        Spoilt::Nonce,
        Spoilt::Audience,
        Spoilt::Issuer,
        Spoilt::Expired,
        Spoilt::Signature,
        Spoilt::Unsigned,
        Spoilt::MacUnderClientSecret,
        Spoilt::UnknownKey,
        Spoilt::AuthorizedParty,
        Spoilt::Missing,
    ] {
        provider.spoil(spoilt);
        let browser = Browser::new(&app);
        assert_eq!(signed_in(&app, &browser).await, "/signin", "{spoilt:?}");
        browser.get("/signin").await.assert_shows("Signing in did not work");
        assert_eq!(browser.get("/console").await.status, 303, "{spoilt:?}");
    }
    provider.spoil(Spoilt::Nothing);
    assert_eq!(signed_in(&app, &Browser::new(&app)).await, "/console");
}

#[tokio::test]
async fn a_way_back_that_was_changed_or_is_late_signs_nobody_in() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    provider.is_used_by("subject-1", EMAIL, true);
    let changes: [fn(&str) -> String; 4] = [
        |back| back.replace("state=", "state=x"),
        |back| back.replace("iss=", "iss=https%3A%2F%2Fevil.example&was="),
        |back| back.replace("code=", "code=x"),
        |back| back.replace("code=", "error=access_denied&was="),
    ];
    for change in changes {
        let browser = Browser::new(&app);
        let back = way_back(&app, &browser, "/signin/outside").await;
        assert_eq!(browser.get(&change(&back)).await.location, "/signin");
        // What was tried once is over.
        assert_eq!(browser.get(&back).await.location, "/signin");
    }
    let browser = Browser::new(&app);
    let back = way_back(&app, &browser, "/signin/outside").await;
    app.clock.advance(10 * 60 * 1000);
    assert_eq!(browser.get(&back).await.location, "/signin");
    assert_eq!(app.db.number("SELECT count(*) FROM developers").await, 0);
}

#[tokio::test]
async fn another_browsers_way_back_signs_nobody_in_as_somebody_else() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    provider.is_used_by("subject-of-eve", "eve@example.com", true);
    let eves = way_back(&app, &Browser::new(&app), "/signin/outside").await;
    let victim = Browser::new(&app);
    way_back(&app, &victim, "/signin/outside").await;
    assert_eq!(victim.get(&eves).await.location, "/signin");
    assert_eq!(victim.get("/console").await.status, 303);
}

#[tokio::test]
async fn the_second_step_is_asked_for_here_too_and_the_way_back_stays_on_this_site() {
    let provider = Provider::start().await;
    let app = app(&provider, TestDb::sqlite().await).await;
    provider.is_used_by("subject-1", EMAIL, true);
    let browser = Browser::new(&app);
    let back = way_back(&app, &browser, "/signin/outside?return_to=%2F%2Fevil.example").await;
    assert_eq!(browser.get(&back).await.location, "/console");
    app.db
        .execute(
            "INSERT INTO totp SELECT id, email, 0, 1, 1 FROM developers"
                .replace("email", "CAST(email AS BLOB)")
                .as_str(),
        )
        .await;
    assert_eq!(signed_in(&app, &Browser::new(&app)).await, "/signin/code");
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_one() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    assert!(!browser.get("/signin").await.html.contains("/signin/outside"));
    assert_eq!(browser.get("/signin/outside").await.location, "/signin");
    assert_eq!(browser.get("/signin/callback?code=a&state=b").await.location, "/signin");
}
