//! What strangers and developers try.

use crate::browser::{Browser, PASSWORD};
use crate::support::on_both_databases;

const EVE: &str = "eve@example.com";

on_both_databases! {
    async fn nobody_becomes_an_administrator_by_saying_so(app: TestApp) {
        // Fields that a form does not have are not read, whatever they are called.
        let browser = Browser::new(app);
        let more = [
            ("role", "administrator"),
            ("Role", "administrator"),
            ("developer[role]", "administrator"),
            ("is_admin", "true"),
            ("email_verified_at_ms", "1"),
            ("suspended_at_ms", ""),
        ];
        let own = [("name", "Eve"), ("email", EVE), ("password", PASSWORD)];
        browser.post("/ui/sign_up", &[&own[..], &more[..]].concat()).await;
        app.sign_up("eve2@example.com", PASSWORD).await;
        browser.sign_in("eve2@example.com").await;
        for form in ["/ui/sign_up", "/ui/make_application", "/ui/preferences", "/ui/dismiss_announcement"] {
            browser.post(form, &[&own[..], &more[..]].concat()).await;
        }
        let administrators = "SELECT count(*) FROM developers WHERE role = 'administrator'";
        assert_eq!(app.db.number(administrators).await, 0);
        assert_eq!(browser.get("/admin").await.status, 403);
    }

    async fn a_developer_is_refused_by_every_page_and_form(app: TestApp) {
        let browser = Browser::of_member(app, EVE).await;
        let victim = app.developer("Victim").await.developer_id.to_string();
        for page in ["", "/developers", "/applications", "/settings", "/announcements", "/audit", "/audit.csv"] {
            let page = browser.get(&format!("/admin{page}")).await;
            assert_eq!(page.status, 403, "{page:?}");
            assert!(!page.html.contains("Victim"));
        }
        browser.get("/admin").await.assert_shows("For administrators only");
        let before = app.db.number("SELECT count(*) FROM audit_entries").await;
        let fields = [("developer", &*victim), ("reason", "spite"), ("confirm", EVE), ("sign_up", "closed"), ("email", EVE)];
        for form in [
            "suspend_person", "unsuspend_person", "end_sessions_of_person", "resend_verification_as",
            "make_administrator", "remove_administrator", "invite_to_sign_up", "change_settings", "announce",
            "withdraw_announcement",
        ] {
            assert_eq!(browser.post(&format!("/ui/{form}"), &fields).await.status, 403, "{form}");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries").await, before);
        assert!(!browser.get("/console").await.html.contains("href=\"/admin\""));
    }
}
