//! What people change about their own account, and the sessions that they look at and end.

use tallyport_service::audit::ChainState;

use crate::browser::{Browser, PASSWORD};
use crate::support::{TestApp, on_both_databases};

const EMAIL: &str = "ada@example.com";
const NEW_EMAIL: &str = "lovelace@example.com";
const OTHER_PASSWORD: &str = "seven lemons on a tree";

on_both_databases! {
    async fn another_password_ends_the_other_sessions_and_not_this_one(app: TestApp) {
        let (here, elsewhere) = (Browser::of_member(app, EMAIL).await, Browser::new(app));
        assert_eq!(elsewhere.sign_in(EMAIL).await.location, "/console");
        let wrong = [("password", "not my password"), ("new_password", OTHER_PASSWORD)];
        here.submit("/ui/change_password", &wrong).await.assert_shows("This is not your password.");
        let weak = [("password", PASSWORD), ("new_password", "qwertyuiop")];
        here.submit("/ui/change_password", &weak).await.assert_shows("This password is easy to guess.");
        assert_eq!(elsewhere.get("/console").await.status, 200);

        let answer = here.post("/ui/change_password", &[("password", PASSWORD), ("new_password", OTHER_PASSWORD)]).await;
        assert_eq!(answer.location, "/console/account?notice=password");
        assert!(answer.session.is_some());
        here.get(&answer.location).await.assert_shows("every other session has ended");
        assert_eq!(elsewhere.get("/console").await.status, 303);
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "Your password was changed");
        assert_eq!(Browser::new(app).sign_in(EMAIL).await.location, "/signin");
    }

    async fn sessions_are_shown_with_device_and_place_and_end_at_once_on_every_process(app: TestApp) {
        app.sign_up(EMAIL, PASSWORD).await;
        let (here, there) = (Browser::new(app), Browser::new(app));
        here.sign_in(EMAIL).await;
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";
        let fields = [("email", EMAIL), ("password", PASSWORD)];
        let other = there.post_as(agent, "/ui/sign_in", &fields).await.session.unwrap();
        let page = here.get("/console/account").await;
        page.assert_shows("Firefox on Linux");
        page.assert_shows("This machine");
        page.assert_shows("This one");
        let handle = page.between("name=\"session\" value=\"", "\"").to_owned();

        let twin = app.twin().await;
        let asks = || twin.get("/console").header("cookie", format!("tallyport={other}")).header("accept", "text/html");
        assert_eq!(twin.send(asks()).await.status, 200);
        // Nobody else's session can be ended.
        let eve = Browser::of_member(app, "eve@example.com").await;
        eve.post("/ui/end_session", &[("session", &handle)]).await;
        assert_eq!(twin.send(asks()).await.status, 200);
        assert_eq!(here.post("/ui/end_session", &[("session", &handle)]).await.location, "/console/account?notice=session");
        assert_eq!(twin.send(asks()).await.status, 303);

        there.sign_in(EMAIL).await;
        here.post("/ui/end_other_sessions", &[]).await;
        assert_eq!(there.get("/console").await.status, 303);
        assert_eq!(here.get("/console").await.status, 200);
    }

    async fn another_address_counts_once_its_mail_is_answered(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        app.services.forgot_password(None, EMAIL).await.unwrap();
        let reset = app.mailed_link(EMAIL).await;
        let fields = [("email", NEW_EMAIL), ("password", PASSWORD)];
        browser.submit("/ui/change_email", &fields).await.assert_shows("We have sent a link to the new address.");
        assert_eq!(Browser::new(app).sign_in(NEW_EMAIL).await.location, "/signin");
        let link = app.mailed_link(NEW_EMAIL).await;
        browser.get(&link).await.assert_shows(NEW_EMAIL);
        let token = link.split_once("token=").unwrap().1;
        let answer = browser.post("/ui/confirm_email", &[("token", token)]).await;
        assert_eq!(answer.location, "/verify/address?notice=changed");
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "Your address was changed");
        assert_eq!(Browser::new(app).sign_in(NEW_EMAIL).await.location, "/console");
        assert_eq!(Browser::new(app).sign_in(EMAIL).await.location, "/signin");
        // Neither the link again nor what went to the old address works.
        assert_eq!(browser.post("/ui/confirm_email", &[("token", token)]).await.location, link);
        assert_eq!(browser.get(&reset).await.status, 404);
    }

    async fn an_address_that_is_taken_is_told_to_its_owner_only(app: TestApp) {
        app.sign_up(NEW_EMAIL, PASSWORD).await;
        let browser = Browser::of_member(app, EMAIL).await;
        let free = browser.post("/ui/change_email", &[("email", "free@example.com"), ("password", PASSWORD)]).await;
        let taken = browser.post("/ui/change_email", &[("email", NEW_EMAIL), ("password", PASSWORD)]).await;
        assert_eq!((free.status, &free.location), (taken.status, &taken.location));
        assert_eq!(app.last_mail(NEW_EMAIL).await.letter.subject, "This address has an account already");
    }

    async fn a_closed_account_is_gone_and_its_address_is_free(app: TestApp) {
        let (browser, other) = (Browser::of_member(app, EMAIL).await, Browser::new(app));
        other.sign_in(EMAIL).await;
        browser.submit("/ui/close_account", &[("email", "else@example.com")]).await.assert_shows("This is not the address");
        let answer = browser.post("/ui/close_account", &[("email", EMAIL)]).await;
        assert_eq!(answer.location, "/signin?notice=closed");
        assert_eq!(other.get("/console").await.status, 303);
        assert_eq!(browser.sign_in(EMAIL).await.location, "/signin");
        assert_eq!(app.last_mail(EMAIL).await.letter.subject, "Your account is closed");
        let again = Browser::of_member(app, EMAIL).await;
        assert_eq!(again.get("/console").await.status, 200);
        assert!(matches!(app.services.verify_audit_log().await.unwrap(), ChainState::Whole { entries: 3.., .. }));
    }

    async fn a_suspended_person_is_signed_out_at_once_on_every_process(app: TestApp) {
        app.sign_up(EMAIL, PASSWORD).await;
        let browser = Browser::new(app);
        let session = browser.sign_in(EMAIL).await.session.unwrap();
        let twin = app.twin().await;
        let asks = || twin.get("/console").header("cookie", format!("tallyport={session}")).header("accept", "text/html");
        assert_eq!(twin.send(asks()).await.status, 200);
        app.db.execute("UPDATE developers SET suspended_at_ms = 1").await;
        assert_eq!(twin.send(asks()).await.status, 303);
        assert_eq!(browser.get("/console").await.status, 303);
        let wrong = [("email", EMAIL), ("password", "wrong password")];
        browser.submit("/ui/sign_in", &wrong).await.assert_shows("The address or the password is wrong.");
        let right = [("email", EMAIL), ("password", PASSWORD)];
        browser.submit("/ui/sign_in", &right).await.assert_shows("This account is suspended");
    }
}

#[tokio::test]
async fn the_profile_is_changed_and_mails_follow_the_language() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    browser.submit("/ui/change_profile", &[("name", ""), ("language", "zh")]).await.assert_shows("Enter a name of 1");
    let fields = [("name", "Ada <script>"), ("language", "zh"), ("role", "administrator"), ("email", "x@example.com")];
    let page = browser.submit("/ui/change_profile", &fields).await;
    page.assert_shows("Ada &lt;script&gt;");
    browser.post("/ui/forgot", &[("email", EMAIL)]).await;
    assert_eq!(app.last_mail(EMAIL).await.letter.subject, "重设密码");
    // What the form does not ask for cannot be set by it.
    assert_eq!(
        app.db.number("SELECT count(*) FROM developers WHERE role = 'administrator' OR email LIKE 'x@%'").await,
        0
    );
}

#[tokio::test]
async fn the_only_owner_of_a_team_with_others_cannot_leave_it() {
    let app = TestApp::sqlite().await;
    let browser = Browser::of_member(&app, EMAIL).await;
    let guest = app.developer("Guest").await.developer_id;
    let owned = "SELECT team_id FROM team_members AS m JOIN developers AS d ON d.id = m.developer_id WHERE d.email_key = 'ada@example.com'";
    app.db
        .execute(&format!(
            "INSERT INTO team_members (team_id, developer_id, role, created_at_ms) \
             SELECT team_id, '{guest}', 'developer', 1 FROM ({owned}) AS owned"
        ))
        .await;
    browser.submit("/ui/close_account", &[("email", EMAIL)]).await.assert_shows("You are the only owner of a team");
    assert_eq!(browser.get("/console").await.status, 200);
}
