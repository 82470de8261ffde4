//! What people type is text, and what they do not get to decide they cannot send along.

use crate::browser::Browser;
use crate::keys::first_application;
use crate::support::on_both_databases;

const EMAIL: &str = "ada@example.com";
/// Would run if it were taken for HTML anywhere: in text, in an attribute, in a title.
const SCRIPT: &str = "</title></textarea><script>alert(1)</script>\"'><img src=x>";

on_both_databases! {
    async fn text_of_people_is_never_html(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let id = first_application(&browser).await;
        let application = format!("/console/applications/{id}");
        let saved = browser
            .submit("/ui/rename_application", &[("application", &id), ("name", SCRIPT), ("description", SCRIPT)])
            .await;
        saved.assert_shows("Saved");
        browser.submit("/ui/show_my_keys", &[("application", &id)]).await;
        let fields = [("application", id.as_str()), ("environment", "sandbox"), ("name", SCRIPT)];
        let keys = browser.submit("/ui/make_credential", &fields).await;
        let key = keys.between("/credentials/", "\"").to_owned();
        let team = browser.submit("/ui/make_team", &[("name", SCRIPT)]).await;
        team.assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
        browser.submit("/ui/set_networks", &[("application", &id), ("networks", SCRIPT)]).await
            .assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
        browser.submit("/ui/set_redirect_uris", &[("application", &id), ("redirect_uris", SCRIPT)]).await
            .assert_shows("&lt;script&gt;alert(1)&lt;/script&gt;");
        for path in [
            application.clone(),
            format!("{application}/keys"),
            format!("{application}/credentials/{key}"),
            format!("{application}/payments"),
            format!("{application}/try"),
            "/console".to_owned(),
            "/console/applications".to_owned(),
            "/console/applications?q=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
            "/console/applications/new".to_owned(),
            "/console/teams".to_owned(),
        ] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.html.contains("<script>alert"), "{path}: {page:?}");
            assert!(!page.html.contains("<img src=x"), "{path}: {page:?}");
        }
    }

    async fn fields_that_a_form_does_not_have_change_nothing(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let other = app.partner("Other").await;
        let id = first_application(&browser).await;
        let other_team = app.services.list_teams(&other.member).await.unwrap()[0].team.id.to_string();
        let more = [
            ("team_id", other_team.as_str()),
            ("team", &other_team),
            ("closed_at_ms", "1"),
            ("created_by", "dev_00000000000000000000000000"),
            ("networks", "10.0.0.0/8"),
            ("environment", "live"),
            ("status", "approved"),
            ("role", "administrator"),
        ];
        let fields: Vec<(&str, &str)> = [("application", id.as_str()), ("name", "Renamed")].into_iter().chain(more).collect();
        browser.submit("/ui/rename_application", &fields).await.assert_shows("Renamed");
        let untouched = format!(
            "SELECT count(*) FROM applications WHERE id = '{id}' AND name = 'Renamed' AND networks = '' \
             AND closed_at_ms IS NULL AND team_id <> '{other_team}'"
        );
        assert_eq!(app.db.number(&untouched).await, 1);
        // The team of somebody else is not there to make an application for.
        let made = browser.post("/ui/make_application", &[("name", "Planted"), ("team", &other_team)]).await;
        assert_eq!(made.status, 404);
        let shown = browser.post("/ui/show_my_keys", &fields).await;
        assert_eq!(shown.status, 303);
        assert_eq!(app.db.number("SELECT count(*) FROM credentials WHERE environment = 'live'").await, 0);
    }

    async fn what_is_wrong_with_a_line_is_said_beside_what_was_typed(app: TestApp) {
        let browser = Browser::of_member(app, EMAIL).await;
        let id = first_application(&browser).await;
        let typed = "https://shop.example/cb\nhttp://shop.example/cb";
        let page = browser.submit("/ui/set_redirect_uris", &[("application", &id), ("redirect_uris", typed)]).await;
        page.assert_shows("http://shop.example/cb: http is for this machine only");
        page.assert_shows("https://shop.example/cb\nhttp://shop.example/cb");
        let typed = "https://shop.example/cb\r\nhttp://localhost:3000/cb\r\n";
        let page = browser.submit("/ui/set_redirect_uris", &[("application", &id), ("redirect_uris", typed)]).await;
        page.assert_shows("Saved");
        page.assert_shows("https://shop.example/cb\nhttp://localhost:3000/cb");
        let page = browser.submit("/ui/set_networks", &[("application", &id), ("networks", "10.1.2.3/8\nhere")]).await;
        page.assert_shows("here is neither an address nor a network");
        let page = browser.submit("/ui/close_own_application", &[("application", &id), ("name", "Else")]).await;
        page.assert_shows("This is not the name of the application.");
        let page = browser.submit("/ui/close_own_application", &[("application", &id), ("name", "First application")]).await;
        page.assert_shows("This application is closed");
        assert!(!page.html.contains("action=\"/ui/rename_application\""));
        let renamed = browser.post("/ui/rename_application", &[("application", &id), ("name", "New")]).await;
        assert_eq!(renamed.status, 409);
    }
}
