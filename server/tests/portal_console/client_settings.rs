//! What an application is to the authorization server, as its team chooses on a page.

use tallyport_domain::TeamRole;
use tallyport_storage::teams;

use crate::browser::{Browser, PASSWORD};
use crate::support::{BEGINNING_MS, on_both_databases};

/// The fields of the form as it is shown at first, with some of them changed.
fn fields<'a>(id: &'a str, environment: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let shown = [
        ("application", id),
        ("environment", environment),
        ("profile", "oauth2.1"),
        ("kind", "confidential"),
        ("access_token_s", "600"),
        ("refresh_token_h", "720"),
        ("consent_h", "2160"),
    ];
    let kept = shown.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed.iter().copied()).collect()
}

on_both_databases! {
    async fn settings_are_kept_per_environment_and_written_down(app: TestApp) {
        let owner = app.sign_up("ada@example.com", PASSWORD).await;
        let partner = app.application(&owner, "Bookshop").await;
        let browser = Browser::new(app);
        browser.sign_in("ada@example.com").await;
        let id = partner.application_id.to_string();
        let path = format!("/console/applications/{id}/oauth/sandbox");
        assert!(browser.get(&format!("/console/applications/{id}")).await.html.contains(&path));
        let changed = [("profile", "fapi2"), ("access_token_s", "300"), ("demands_dpop_nonce", "yes")];
        let page = browser.submit("/ui/save_client_settings", &fields(&id, "sandbox", &changed)).await;
        page.assert_shows("The client settings are saved.");
        page.assert_shows("private_key_jwt");
        assert!(!page.html.contains("client_secret_basic"), "{page:?}");
        let saved = "SELECT count(*) FROM client_settings WHERE environment = 'sandbox' AND profile = 'fapi2' \
            AND access_token_s = 300 AND refresh_token_s = 2592000 AND grant_s = 7776000 AND demands_dpop_nonce = 1";
        assert_eq!(app.db.number(saved).await, 1);
        let live = browser.get(&format!("/console/applications/{id}/oauth/live")).await;
        live.assert_shows("client_secret_basic");
        let told = "SELECT count(*) FROM audit_entries WHERE action = 'client_settings.changed'";
        assert_eq!(app.db.number(told).await, 1);
        let chinese = browser.get(&format!("{path}?lang=zh")).await;
        chinese.assert_shows("访问令牌有效期（秒）");
    }

    async fn what_is_out_of_bounds_is_told_beside_its_field(app: TestApp) {
        let owner = app.sign_up("ada@example.com", PASSWORD).await;
        let partner = app.application(&owner, "Bookshop").await;
        let browser = Browser::new(app);
        browser.sign_in("ada@example.com").await;
        let id = partner.application_id.to_string();
        for (field, value, fault) in [
            ("access_token_s", "59", "A whole number within the bounds, please."),
            ("access_token_s", "3601", "A whole number within the bounds, please."),
            ("access_token_s", "ten", "A whole number within the bounds, please."),
            ("refresh_token_h", "0", "A whole number within the bounds, please."),
            ("consent_h", "8761", "A whole number within the bounds, please."),
            ("consent_h", "4294967295", "A whole number within the bounds, please."),
        ] {
            let page = browser.submit("/ui/save_client_settings", &fields(&id, "sandbox", &[(field, value)])).await;
            page.assert_shows(fault);
            page.assert_shows(value);
        }
        let both = [("profile", "fapi2"), ("kind", "public")];
        let page = browser.submit("/ui/save_client_settings", &fields(&id, "sandbox", &both)).await;
        page.assert_shows("FAPI 2.0 is for programs that can keep a secret.");
        assert_eq!(app.db.number("SELECT count(*) FROM client_settings").await, 0);
    }

    async fn live_is_the_owners_to_choose(app: TestApp) {
        let owner = app.sign_up("ada@example.com", PASSWORD).await;
        let partner = app.application(&owner, "Bookshop").await;
        let developer = app.sign_up("dee@example.com", PASSWORD).await;
        let team = app.services.list_teams(&owner).await.unwrap()[0].team.id;
        let mut tx = app.services.db().begin_write().await.unwrap();
        teams::add_member(&mut tx, team, developer.developer_id, TeamRole::Developer, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
        let browser = Browser::new(app);
        browser.sign_in("dee@example.com").await;
        let id = partner.application_id.to_string();
        let live = browser.get(&format!("/console/applications/{id}/oauth/live")).await;
        live.assert_shows("In live, only an owner of the team changes this.");
        assert!(!live.html.contains("/ui/save_client_settings"), "{live:?}");
        assert_eq!(browser.post("/ui/save_client_settings", &fields(&id, "live", &[])).await.status, 403);
        assert_eq!(browser.post("/ui/save_client_settings", &fields(&id, "sandbox", &[])).await.status, 303);
    }
}
