//! Links in mails: what they let their holder do, how often, and where they lead.

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases, race_rounds};

const EMAIL: &str = "ada@example.com";
const OTHER_PASSWORD: &str = "seven lemons on a tree";
const RACERS: usize = 16;

fn token(link: &str) -> &str {
    link.split_once("token=").unwrap().1
}

async fn sign_up(browser: &Browser<'_>, email: &str, password: &str) {
    let fields = [("name", "Ada"), ("email", email), ("password", password)];
    assert_eq!(browser.post("/ui/sign_up", &fields).await.location, "/verify");
}

on_both_databases! {
    async fn the_link_works_once_and_asks_other_browsers_for_the_password(app: TestApp) {
        sign_up(&Browser::new(app), EMAIL, PASSWORD).await;
        let link = app.mailed_link(EMAIL).await;
        let other = Browser::new(app);
        other.get(&link).await.assert_shows("autocomplete=\"current-password\"");
        for wrong in ["", "not the password"] {
            let answer = other.verify(&link, wrong).await;
            assert_eq!(answer.location, link);
            other.get(&link).await.assert_shows("id=\"verify-password-error\"");
        }
        assert_eq!(other.sign_in(EMAIL).await.location, "/signin");
        let fresh = app.mailed_link(EMAIL).await;
        assert_ne!(fresh, link);
        // The older link is replaced by the one that signing in has sent.
        assert_eq!(Browser::new(app).get(&link).await.status, 404);
        assert_eq!(Browser::new(app).verify(&fresh, PASSWORD).await.location, "/console");
        let page = Browser::new(app).get(&fresh).await;
        assert_eq!(page.status, 404);
        page.assert_shows("This link does not work");
        assert_eq!(Browser::new(app).verify(&fresh, PASSWORD).await.location, fresh);
    }

    async fn whoever_signs_up_with_a_strangers_address_gets_nothing_from_the_strangers_click(app: TestApp) {
        sign_up(&Browser::new(app), EMAIL, "the password of eve").await;
        let link = app.mailed_link(EMAIL).await;
        // The owner of the address is curious, and finds a question instead of an account.
        let owner = Browser::new(app);
        assert_eq!(owner.verify(&link, "").await.location, link);
        // And can have the account all the same, with a password of their own.
        sign_up(&owner, EMAIL, PASSWORD).await;
        assert_eq!(owner.verify(&app.mailed_link(EMAIL).await, "").await.location, "/console");
        let eve = [("email", EMAIL), ("password", "the password of eve")];
        assert_eq!(Browser::new(app).post("/ui/sign_in", &eve).await.location, "/signin");
        assert_eq!(app.db.number("SELECT count(*) FROM developers").await, 1);
    }

    async fn a_reset_ends_every_session_and_its_link_works_once_for_an_hour(app: TestApp) {
        let signed_in = Browser::of_member(app, EMAIL).await;
        let browser = Browser::new(app);
        browser.submit("/ui/forgot", &[("email", "ADA@example.com")]).await.assert_shows("a link is on its way");
        let link = app.mailed_link(EMAIL).await;
        app.clock.advance(3_600_000);
        assert_eq!(browser.get(&link).await.status, 404);

        browser.post("/ui/forgot", &[("email", EMAIL)]).await;
        let link = app.mailed_link(EMAIL).await;
        let page = browser.get(&link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
        let page = browser.submit("/ui/reset", &[("token", token(&link)), ("password", "password123")]).await;
        page.assert_shows("This password is easy to guess.");
        let fields = [("token", token(&link)), ("password", OTHER_PASSWORD)];
        let answer = browser.post("/ui/reset", &fields).await;
        assert_eq!((answer.location.as_str(), answer.session), ("/signin?notice=password-reset", None));

        assert_eq!(signed_in.get("/console").await.status, 303);
        assert_eq!(browser.sign_in(EMAIL).await.location, "/signin");
        let new = [("email", EMAIL), ("password", OTHER_PASSWORD)];
        assert_eq!(browser.post("/ui/sign_in", &new).await.location, "/console");
        let again = [("token", token(&link)), ("password", PASSWORD)];
        assert_eq!(Browser::new(app).post("/ui/reset", &again).await.location, link);
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "Your password was changed");
        assert_eq!(app.db.number("SELECT count(*) FROM sessions WHERE data LIKE '%lemons%'").await, 0);
    }

    async fn of_sixteen_who_use_a_reset_link_at_once_one_wins(app: TestApp) {
        app.sign_up(EMAIL, PASSWORD).await;
        for round in 0..race_rounds() {
            // The limits of guessing are another test's.
            app.clock.advance(3_600_000);
            app.services.forgot_password(None, EMAIL).await.unwrap();
            let link = app.mailed_link(EMAIL).await;
            let racers: Vec<_> = (0..RACERS)
                .map(|racer| {
                    let (services, token) = (app.services.clone(), token(&link).to_owned());
                    tokio::spawn(async move {
                        let password = format!("password of {round} {racer}").into();
                        services.reset_password(None, &token, password).await.is_ok()
                    })
                })
                .collect();
            let mut winners = 0;
            for racer in racers {
                winners += usize::from(racer.await.unwrap());
            }
            assert_eq!(winners, 1, "round {round}");
        }
    }
}

#[tokio::test]
async fn a_request_for_another_host_changes_no_link() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    for (name, value) in
        [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")]
    {
        app.clock.advance(3_600_000);
        let request = app.post("/ui/forgot").with(name, value).header("accept", "text/html");
        let request = request.header("sec-fetch-site", "same-origin").form("email=ada%40example.com");
        app.send(request).await;
        let text = app.last_mail(EMAIL).await.letter.text;
        assert!(!text.contains("evil"), "{name}: {text}");
        assert!(text.contains(&format!("{}/reset?token=", app.services.public_url())), "{name}: {text}");
    }
}

#[tokio::test]
async fn asking_for_a_link_says_the_same_for_everybody_and_does_the_same_work() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@example.com", "no address at all"] {
        let before = app.services.hashed_passwords();
        let links = app.db.number("SELECT count(*) FROM one_time_links").await;
        let browser = Browser::new(&app);
        let answer = browser.post("/ui/forgot", &[("email", email)]).await;
        let work = app.services.hashed_passwords() - before;
        let made = app.db.number("SELECT count(*) FROM one_time_links").await - links;
        answers.push((answer.status, answer.location, answer.html, answer.session, work, made));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn signing_up_and_in_hash_as_often_for_known_and_unknown_people() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    sign_up(&browser, "unverified@example.com", PASSWORD).await;
    for email in [EMAIL, "unverified@example.com", "nobody@example.com"] {
        let before = app.services.hashed_passwords();
        let wrong = [("email", email), ("password", "wrong password")];
        browser.post("/ui/sign_in", &wrong).await;
        assert_eq!(app.services.hashed_passwords() - before, 1, "{email}");
        sign_up(&browser, email, PASSWORD).await;
        assert_eq!(app.services.hashed_passwords() - before, 2, "{email}");
    }
}

#[tokio::test]
async fn one_address_is_not_flooded_with_mail() {
    let app = TestApp::sqlite().await;
    app.sign_up(EMAIL, PASSWORD).await;
    let browser = Browser::new(&app);
    for _ in 0..5 {
        assert_eq!(browser.post("/ui/forgot", &[("email", EMAIL)]).await.location, "/forgot?notice=sent");
    }
    let page = browser.submit("/ui/forgot", &[("email", EMAIL)]).await;
    assert_eq!(page.status, 429);
    page.assert_shows("Too many tries");
    assert_eq!(app.services.list_mails(100).await.unwrap().len(), 5);
    let page = browser.submit("/ui/sign_up", &[("name", "Ada"), ("email", EMAIL), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 429);
}

#[tokio::test]
async fn the_local_mailbox_shows_the_link_and_nothing_that_a_stranger_typed() {
    let app = TestApp::sqlite().await;
    let browser = Browser::new(&app);
    browser.get("/dev/mail").await.assert_shows("No mail yet");
    let fields = [("name", "<b>Buy now</b> http://evil.example"), ("email", EMAIL), ("password", PASSWORD)];
    browser.submit("/ui/sign_up", &fields).await.assert_shows("/dev/mail");
    let page = browser.get("/dev/mail").await;
    let link = app.mailed_link(EMAIL).await;
    page.assert_shows(&format!("href=\"{}{link}\"", app.services.public_url()));
    assert!(!page.html.contains("evil.example") && !page.html.contains("Buy now"));
    assert_eq!(page.header("cache-control"), "no-store");
}
