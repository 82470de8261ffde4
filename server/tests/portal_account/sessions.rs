//! How long a session lasts, and what its cookie lets browsers do with it.

use crate::browser::{Browser, PASSWORD};
use crate::support::on_both_databases;

const EMAIL: &str = "ada@example.com";
const HOUR_MS: i64 = 60 * 60 * 1000;

on_both_databases! {
    async fn a_session_ends_after_half_a_day_without_a_visit(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        for _ in 0..2 {
            app.clock.advance(12 * HOUR_MS - 1);
            assert_eq!(browser.get("/console/account").await.status, 200);
        }
        app.clock.advance(12 * HOUR_MS);
        assert!(browser.get("/console/account").await.location.starts_with("/signin"));
        app.clock.advance(-12 * HOUR_MS);
        assert_eq!(browser.get("/console/account").await.status, 303, "what has ended does not come back");
    }

    async fn a_session_ends_after_thirty_days_however_often_it_is_used(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        for _ in 0..71 {
            app.clock.advance(10 * HOUR_MS);
            assert_eq!(browser.get("/console/account").await.status, 200);
        }
        app.clock.advance(10 * HOUR_MS - 1);
        assert_eq!(browser.get("/console/account").await.status, 200);
        app.clock.advance(1);
        assert!(browser.get("/console/account").await.location.starts_with("/signin"));
    }

    async fn no_script_and_no_other_site_gets_at_the_cookie(app: TestApp) {
        app.sign_up(EMAIL, PASSWORD).await;
        let answer = Browser::new(app).sign_in(EMAIL).await;
        let cookie = answer.header("set-cookie");
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}
