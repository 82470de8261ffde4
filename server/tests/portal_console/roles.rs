//! What a viewer is shown and refused, and that strangers find nothing.

use tallyport_domain::TeamRole;
use tallyport_storage::teams;

use crate::browser::{Browser, PASSWORD};
use crate::support::{BEGINNING_MS, on_both_databases};

on_both_databases! {
    async fn a_viewer_sees_everything_and_changes_nothing(app: TestApp) {
        let owner = app.sign_up("ada@example.com", PASSWORD).await;
        let partner = app.application(&owner, "Bookshop").await;
        let viewer = app.sign_up("vi@example.com", PASSWORD).await;
        let team = app.services.list_teams(&owner).await.unwrap()[0].team.id;
        let mut tx = app.services.db().begin_write().await.unwrap();
        teams::add_member(&mut tx, team, viewer.developer_id, TeamRole::Viewer, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
        let browser = Browser::new(app);
        browser.sign_in("vi@example.com").await;
        let stranger = Browser::of_member(app, "eve@example.com").await;
        let (id, key) = (partner.application_id.to_string(), partner.api_key.clone());
        let application = format!("/console/applications/{id}");
        for path in [
            application.clone(),
            format!("{application}/keys"),
            format!("{application}/keys/live"),
            format!("{application}/credentials/{key}"),
            format!("/console/teams/{team}"),
        ] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            // Leaving a team is everybody's own affair; signing out and the switches are on every page.
            let forms = page.html.matches("action=\"/ui/").count();
            let allowed = ["/ui/sign_out", "/ui/preferences", "/ui/leave_team", "/ui/dismiss_announcement"];
            let own: usize = allowed.iter().map(|form| page.html.matches(&format!("action=\"{form}\"")).count()).sum();
            assert_eq!(forms, own, "{path}: {page:?}");
            assert_eq!(stranger.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(browser.get(&format!("{application}/public-keys/new/sandbox")).await.status, 404);

        let before = app.db.number("SELECT max(sequence) FROM audit_entries").await;
        let (owner_id, team) = (owner.developer_id.to_string(), team.to_string());
        let app_field = ("application", id.as_str());
        let forms: Vec<(&str, Vec<(&str, &str)>)> = vec![
            ("/ui/rename_application", vec![app_field, ("name", "Mine")]),
            ("/ui/set_redirect_uris", vec![app_field, ("redirect_uris", "https://evil.example/")]),
            ("/ui/set_networks", vec![app_field, ("networks", "")]),
            ("/ui/remove_icon", vec![app_field]),
            ("/ui/close_own_application", vec![app_field, ("name", "Bookshop")]),
            ("/ui/show_my_keys", vec![app_field]),
            ("/ui/make_credential", vec![app_field, ("name", "Mine"), ("environment", "sandbox")]),
            ("/ui/rotate_credential", vec![app_field, ("api_key", &key), ("overlap", "now")]),
            ("/ui/change_credential", vec![app_field, ("api_key", &key), ("name", "Mine")]),
            ("/ui/revoke_credential", vec![app_field, ("api_key", &key)]),
            ("/ui/add_public_key", vec![app_field, ("name", "Mine"), ("pem", "x"), ("environment", "sandbox")]),
            ("/ui/rename_team", vec![("team", &team), ("name", "Mine")]),
            ("/ui/invite_member", vec![("team", &team), ("email", "eve@example.com"), ("role", "owner")]),
            ("/ui/change_member_role", vec![("team", &team), ("member", &owner_id), ("role", "viewer")]),
            ("/ui/remove_member", vec![("team", &team), ("member", &owner_id)]),
        ];
        for (form, fields) in &forms {
            assert_eq!(browser.post(form, fields).await.status, 403, "{form}");
            assert_eq!(stranger.post(form, fields).await.status, 404, "{form}");
            let nobody = Browser::new(app).post(form, fields).await;
            assert!(nobody.location.starts_with("/signin?return_to="), "{form}: {nobody:?}");
            assert_eq!(browser.post_from("cross-site", form, fields).await.status, 403, "{form}");
        }
        assert_eq!(app.db.number("SELECT max(sequence) FROM audit_entries").await, before);
    }
}
