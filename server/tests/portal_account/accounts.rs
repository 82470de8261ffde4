//! Signing up, in and out.

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases};

const EMAIL: &str = "ada@example.com";

fn person<'a>(email: &'a str, password: &'a str) -> [(&'static str, &'a str); 3] {
    [("name", "Ada"), ("email", email), ("password", password)]
}

on_both_databases! {
    async fn somebody_signs_up_verifies_signs_in_and_out_again(app: TestApp) {
        let browser = Browser::new(app);
        let page = browser.submit("/ui/sign_up", &person(EMAIL, PASSWORD)).await;
        page.assert_shows("Check your mail");
        page.assert_shows(EMAIL);

        let link = app.mailed_link(EMAIL).await;
        let page = browser.get(&link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
        assert_eq!(page.header("cache-control"), "no-store");
        let answer = browser.verify(&link, "").await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/console"));
        let session = answer.session.unwrap();
        browser.get("/console").await.assert_shows("Ada");

        let answer = browser.post("/ui/sign_out", &[]).await;
        assert_eq!(answer.location, "/signin?notice=signed-out");
        // The cookie's id is dead, not only forgotten by the browser.
        let again = app.get("/console").header("cookie", format!("tallyport={session}")).header("accept", "text/html");
        assert_eq!(app.send(again).await.header("location"), "/signin?return_to=%2Fconsole");

        let answer = browser.sign_in(EMAIL).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/console"));
        assert_ne!(answer.session.unwrap(), session);
    }

    async fn known_and_unknown_addresses_are_answered_alike(app: TestApp) {
        app.sign_up(EMAIL, PASSWORD).await;
        let mut answers = Vec::new();
        for email in [EMAIL, "ADA@example.com", "eve@example.com"] {
            let browser = Browser::new(app);
            let up = browser.post("/ui/sign_up", &person(email, "another long password")).await;
            let landed = browser.get(&up.location).await;
            let wrong = browser.post("/ui/sign_in", &[("email", email), ("password", "wrong password")]).await;
            let refused = browser.get(&wrong.location).await;
            let plain = |html: &str| without_varying(html).replace(email, "EMAIL");
            answers.push((up.status, up.location, up.html, landed.status, plain(&landed.html)));
            answers.push((wrong.status, wrong.location, wrong.html, refused.status, plain(&refused.html)));
        }
        assert_eq!(answers[0], answers[2]);
        assert_eq!(answers[0], answers[4]);
        assert_eq!(answers[1], answers[3]);
        assert_eq!(answers[1], answers[5]);
        // Each address got a mail, and the known account is as it was.
        assert_eq!(app.services.list_mails(10).await.unwrap().len(), 3);
        assert_eq!(Browser::new(app).sign_in(EMAIL).await.location, "/console");
    }
}

/// A page without what differs in each response.
fn without_varying(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("nonce=\"") {
        text.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    text + rest
}

#[tokio::test]
async fn refused_sign_up_says_why_beside_each_field_and_keeps_what_is_no_secret() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    let page = browser.submit("/ui/sign_up", &[("name", "Ada <b>"), ("email", "ada"), ("password", "tooshort1")]).await;
    assert_eq!(page.status, 200);
    page.assert_shows("Enter an address with a domain");
    page.assert_shows("Choose a password of at least 10 characters.");
    page.assert_shows("value=\"Ada &lt;b&gt;\"");
    page.assert_shows("value=\"ada\"");
    assert!(!page.html.contains("tooshort1"));
    // Shown once: a reload is an empty form.
    assert!(!browser.get("/signup").await.html.contains("Enter an address with a domain"));
}

#[tokio::test]
async fn a_form_without_any_field_is_refused_like_an_empty_one() {
    let app = TestApp::sqlite().await;
    let page = Browser::new(&app).submit("/ui/sign_up", &[]).await;
    page.assert_shows("Enter a name of 1 to 80 characters.");
}

#[tokio::test]
async fn a_session_id_that_somebody_planted_is_not_the_one_that_is_signed_in() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    let planted = browser.post("/ui/sign_in", &[("email", EMAIL), ("password", "wrong password")]).await.session;
    let own = browser.sign_in(EMAIL).await.session;
    assert!(planted.is_some() && own.is_some() && planted != own);
    let cookie = format!("tallyport={}", planted.unwrap());
    let answer = app.send(app.get("/console").header("cookie", cookie).header("accept", "text/html")).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn signing_in_leads_back_to_the_page_that_asked_for_it() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    let sent = browser.get("/console/applications?x=1").await;
    assert_eq!((sent.status, sent.location.as_str()), (303, "/signin?return_to=%2Fconsole%2Fapplications%3Fx%3D1"));
    let page = browser.get(&sent.location).await;
    page.assert_shows("Sign in to go on");
    let return_to = page.between("name=\"return_to\" value=\"", "\"").to_owned();
    let fields = [("email", EMAIL), ("password", PASSWORD), ("return_to", return_to.as_str())];
    assert_eq!(browser.post("/ui/sign_in", &fields).await.location, "/console/applications?x=1");
}

#[tokio::test]
async fn a_wrong_password_keeps_the_way_back() {
    let app = TestApp::sqlite().await;
    let fields = [("email", EMAIL), ("password", "wrong password"), ("return_to", "/console/applications")];
    let page = Browser::new(&app).submit("/ui/sign_in", &fields).await;
    page.assert_shows("The address or the password is wrong.");
    page.assert_shows("name=\"return_to\" value=\"/console/applications\"");
}

#[tokio::test]
async fn signed_in_people_have_no_business_on_the_pages_that_sign_in() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    for path in ["/signin", "/signup", "/signin?return_to=//evil.example"] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/console"), "{path}");
    }
}

#[tokio::test]
async fn the_pages_speak_chinese() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    let page = browser.get("/signin?lang=zh&notice=signed-out").await;
    page.assert_shows("您在此浏览器上的会话已结束。");
    page.assert_shows("<html lang=\"zh");
}

#[tokio::test]
async fn where_signing_up_takes_an_invitation_only_the_invited_address_gets_in() {
    let app = TestApp::sqlite().await;
    app.db.execute("INSERT INTO settings (name, value, updated_at_ms) VALUES ('sign_up', 'invitation', 1)").await;
    let by = tallyport_service::admin::Authority::Command("test");
    app.services.invite_to_sign_up(&by, EMAIL, tallyport_domain::Language::En).await.unwrap();
    let invitation = app.mailed_link(EMAIL).await;
    let browser = Browser::new(&app);
    browser.get("/signup").await.assert_shows("Signing up takes an invitation");
    let page = browser.get(&invitation).await;
    page.assert_shows(&format!("value=\"{EMAIL}\""));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let token = page.between("name=\"token\" value=\"", "\"").to_owned();
    browser.post("/ui/sign_up", &person("eve@example.com", PASSWORD)).await;
    let other = [&person("eve@example.com", PASSWORD)[..], &[("token", &*token)]].concat();
    browser.submit("/ui/sign_up", &other).await.assert_shows("The invitation is for another address");
    assert_eq!(app.db.number("SELECT count(*) FROM developers").await, 0);
    let own = [&person(EMAIL, PASSWORD)[..], &[("token", &*token)]].concat();
    assert_eq!(browser.post("/ui/sign_up", &own).await.location, "/verify");
    assert_eq!(browser.verify(&app.mailed_link(EMAIL).await, "").await.location, "/console");
}
