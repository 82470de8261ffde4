//! Codes after the password.

use tallyport_service::identity::SignInAnswer;
use tallyport_service::identity::second_step::{PendingEntrance, SecondStepAnswer};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases, race_rounds};

const EMAIL: &str = "ada@example.com";
/// The limit of guessing lets five of them come as far as the database. A test of the storage has all of
/// them there.
const RACERS: usize = 16;
const STEP_MS: i64 = 30_000;
/// After so long, spent tries have grown back.
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// An authenticator on somebody's telephone.
struct Authenticator(Totp);

impl Authenticator {
    fn scanned(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        Self(Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).with_account_name("a").build().unwrap())
    }

    fn code(&self, app: &TestApp) -> String {
        let now_s = u64::try_from(app.services.clock().now_ms() / 1000).unwrap();
        self.0.generate(now_s).to_string()
    }
}

/// Turns the second step on; returns the authenticator and the recovery codes.
async fn turned_on(app: &TestApp, browser: &Browser<'_>) -> (Authenticator, Vec<String>) {
    let page = browser.submit("/ui/start_totp", &[("password", PASSWORD)]).await;
    page.assert_shows("<svg viewBox");
    assert_eq!(page.header("cache-control"), "no-store");
    let secret = page.between("class=\"copyable-value\">", "</code>").to_owned();
    let authenticator = Authenticator::scanned(&secret);
    let page = browser.submit("/ui/confirm_totp", &[("code", &authenticator.code(app))]).await;
    let codes = page.between("class=\"secret-value\">", "</code>");
    let codes: Vec<String> = codes.lines().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10, "{codes:?}");
    let again = browser.get("/console/account/second-step").await;
    assert!(!again.html.contains(&codes[0]) && !again.html.contains(&secret));
    (authenticator, codes)
}

async fn pending(app: &TestApp) -> PendingEntrance {
    match app.services.try_sign_in(None, EMAIL, PASSWORD.to_owned().into()).await.unwrap() {
        SignInAnswer::SecondStep(pending) => pending,
        _ => panic!("a code is asked for"),
    }
}

/// How many of sixteen who show this code at once get in.
async fn winners(app: &TestApp, code: &str) -> usize {
    let pending = pending(app).await;
    let racers: Vec<_> = (0..RACERS)
        .map(|racer| {
            let (services, pending, code) = (app.services.clone(), pending.clone(), code.to_owned());
            // From networks of their own; the limit of the account is another test's.
            let from = Some(std::net::IpAddr::from([10, 0, 0, u8::try_from(racer).unwrap()]));
            tokio::spawn(async move {
                let answer = services.pass_second_step(from, &pending, &code).await.unwrap();
                matches!(answer, SecondStepAnswer::Passed(_))
            })
        })
        .collect();
    let mut winners = 0;
    for racer in racers {
        winners += usize::from(racer.await.unwrap());
    }
    winners
}

on_both_databases! {
    async fn a_code_signs_in_once_and_the_password_alone_does_not(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let (authenticator, _) = turned_on(app, &browser).await;
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "Two-step sign-in is on");

        let other = Browser::new(app);
        let half = other.sign_in(EMAIL).await;
        assert_eq!(half.location, "/signin/code");
        assert_eq!(other.get("/console").await.status, 303);
        // The code that turned it on was used by that.
        let used = other.submit("/ui/second_step", &[("code", &authenticator.code(app))]).await;
        used.assert_shows("This code does not fit");
        app.clock.advance(STEP_MS);
        let code = authenticator.code(app);
        let whole = other.post("/ui/second_step", &[("code", &code)]).await;
        assert_eq!(whole.location, "/console");
        assert_ne!(whole.session, half.session);
        assert_eq!(other.get("/console").await.status, 200);

        let thief = Browser::new(app);
        thief.sign_in(EMAIL).await;
        thief.submit("/ui/second_step", &[("code", &code)]).await.assert_shows("This code does not fit");
    }

    async fn of_sixteen_who_show_one_code_or_recovery_code_at_once_one_gets_in(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let (authenticator, mut codes) = turned_on(app, &browser).await;
        for round in 0..race_rounds() {
            app.clock.advance(WINDOW_MS);
            assert_eq!(winners(app, &authenticator.code(app)).await, 1, "code of round {round}");
            app.clock.advance(WINDOW_MS);
            if codes.is_empty() {
                let page = browser.submit("/ui/replace_recovery_codes", &[("password", PASSWORD)]).await;
                codes = page.between("class=\"secret-value\">", "</code>").lines().map(str::to_owned).collect();
            }
            assert_eq!(winners(app, &codes.pop().unwrap()).await, 1, "recovery code of round {round}");
        }
    }

    async fn a_recovery_code_works_once_and_is_told(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let (_, codes) = turned_on(app, &browser).await;
        app.clock.advance(1);
        for expected in ["/console", "/signin/code"] {
            let other = Browser::new(app);
            other.sign_in(EMAIL).await;
            let typed = codes[3].to_uppercase().replace('-', "");
            assert_eq!(other.post("/ui/second_step", &[("code", &typed)]).await.location, expected);
        }
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "A recovery code was used");
        browser.get("/console/account/second-step").await.assert_shows(">9<");
        // Turning it off takes the password, and then the codes are gone.
        browser.submit("/ui/stop_totp", &[("password", "wrong password")]).await.assert_shows("This is not your password.");
        browser.submit("/ui/stop_totp", &[("password", PASSWORD)]).await.assert_shows("Two-step sign-in is off.");
        assert_eq!(Browser::new(app).sign_in(EMAIL).await.location, "/console");
        assert_eq!(app.db.number("SELECT count(*) FROM recovery_codes").await, 0);
    }
}

#[tokio::test]
async fn the_sixth_guess_waits_also_from_other_networks_and_with_the_right_code() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let (authenticator, _) = turned_on(&app, &browser).await;
    app.clock.advance(STEP_MS);
    let pending = pending(&app).await;
    for guess in 0..5_u8 {
        let from = Some(std::net::IpAddr::from([10, 0, 0, guess]));
        let answer = app.services.pass_second_step(from, &pending, "000000").await.unwrap();
        assert!(matches!(answer, SecondStepAnswer::Wrong), "{answer:?}");
    }
    let from = Some(std::net::IpAddr::from([10, 0, 0, 99]));
    let answer = app.services.pass_second_step(from, &pending, &authenticator.code(&app)).await.unwrap();
    assert!(matches!(answer, SecondStepAnswer::TooManyTries(_)), "{answer:?}");
}

#[tokio::test]
async fn what_waits_for_a_code_lapses_with_time_and_with_the_password() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let (authenticator, _) = turned_on(&app, &browser).await;
    let waiting = pending(&app).await;
    app.clock.advance(10 * 60 * 1000);
    let answer = app.services.pass_second_step(None, &waiting, &authenticator.code(&app)).await.unwrap();
    assert!(matches!(answer, SecondStepAnswer::Lapsed), "{answer:?}");
    let waiting = pending(&app).await;
    app.services.forgot_password(None, EMAIL).await.unwrap();
    let link = app.mailed_link(EMAIL).await;
    let token = link.split_once("token=").unwrap().1;
    app.services.reset_password(None, token, "seven lemons on a tree".to_owned().into()).await.unwrap();
    let answer = app.services.pass_second_step(None, &waiting, &authenticator.code(&app)).await.unwrap();
    assert!(matches!(answer, SecondStepAnswer::Lapsed), "{answer:?}");
    let nobody = Browser::new(&app);
    assert_eq!(nobody.get("/signin/code").await.location, "/signin");
    assert_eq!(nobody.post("/ui/second_step", &[("code", "000000")]).await.location, "/signin?notice=lapsed");
}

#[tokio::test]
async fn secrets_of_the_second_step_lie_nowhere_in_the_open() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let started = browser.submit("/ui/start_totp", &[("password", PASSWORD)]).await;
    let secret = started.between("class=\"copyable-value\">", "</code>").to_owned();
    let confirmed = browser.post("/ui/confirm_totp", &[("code", &Authenticator::scanned(&secret).code(&app))]).await;
    // The codes wait in the session to be shown.
    let waiting = app.db.number("SELECT count(*) FROM sessions WHERE data LIKE '%fresh_recovery_codes%'").await;
    assert_eq!((confirmed.status, waiting), (303, 1));
    let page = browser.get("/console/account/second-step").await;
    let codes = page.between("class=\"secret-value\">", "</code>");
    let mails = app.services.list_mails(50).await.unwrap();
    let dump = app.dump();
    let raw = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let canaries = codes.lines().chain([secret.as_str(), PASSWORD]).map(str::to_owned);
    for canary in canaries.chain([secret.replace(' ', "")]) {
        assert!(!mails.iter().any(|mail| mail.letter.text.contains(&canary)), "{canary} in a mail");
        assert!(!contains(&dump, canary.as_bytes()), "{canary} in the database");
    }
    assert!(!contains(&dump, raw.as_bytes()), "the secret in the database");
    // What is searched is the database.
    assert!(contains(&dump, EMAIL.as_bytes()));
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
