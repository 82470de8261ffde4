//! Fees: set by administrators, seen by the team, charged for what is paid from then on.

use serde_json::json;

use crate::administrator;
use crate::support::{TestApp, on_both_databases};

on_both_databases! {
    async fn a_fee_is_charged_for_payments_that_come_after_it(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        let id = partner.application_id.to_string();
        let page = format!("/admin/applications/{id}");
        let fee = |percent, fixed| [("application", id.as_str()), ("currency", "USD"), ("percent", percent), ("fixed", fixed)];
        let available = format!("SELECT balance_minor FROM accounts WHERE owner = '{id}' AND purpose = 'available'");

        browser.get(&page).await.assert_shows("No fee is charged.");
        assert_eq!(app.send(app.payment(&partner, "A-1", "100.00")).await.status, 201);
        assert_eq!(app.db.number(&available).await, 10_000);

        browser.submit("/ui/set_fee", &fee("2.9", "0.30")).await.assert_shows("2.90% + 0.30\u{a0}USD");
        browser.submit("/ui/set_fee", &fee("2.90", "0.30")).await.assert_shows("Saved");
        assert_eq!(app.send(app.payment(&partner, "A-2", "100.00")).await.status, 201);
        assert_eq!(app.db.number(&available).await, 10_000 + 9_680);

        browser.submit("/ui/set_fee", &fee("0", "0")).await.assert_shows("No fee is charged.");
        assert_eq!(app.send(app.payment(&partner, "A-3", "100.00")).await.status, 201);
        assert_eq!(app.db.number(&available).await, 10_000 + 9_680 + 10_000);

        // Setting what is in force already leaves no entry.
        let entries = "SELECT count(*) FROM audit_entries WHERE action = 'application.fee_set'";
        assert_eq!(app.db.number(entries).await, 2);
        app.assert_books_are_whole().await;
    }
}

#[tokio::test]
async fn the_team_sees_what_it_is_charged_and_nobody_else_does() {
    let app = TestApp::sqlite().await;
    let (administrator, partner) = (administrator(&app).await, app.partner("Shop").await);
    let id = partner.application_id.to_string();
    let fee = [("application", id.as_str()), ("currency", "KWD"), ("percent", "1.05"), ("fixed", "0.125")];
    administrator.submit("/ui/set_fee", &fee).await.assert_shows("1.05% + 0.125\u{a0}KWD");
    let fees = app.services.list_member_fees(&partner.member, partner.application_id).await.unwrap();
    assert_eq!(json!([fees[0].0.code(), fees[0].1.percent(), fees[0].1.fixed_minor]), json!(["KWD", "1.05", 125]));
    let stranger = app.partner("Stranger").await;
    assert!(app.services.list_member_fees(&stranger.member, partner.application_id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_fee_that_does_not_fit_is_said_beside_its_field() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    let id = app.partner("Shop").await.application_id.to_string();
    let wrong = [("application", id.as_str()), ("currency", "JPY"), ("percent", "100.5"), ("fixed", "0.30")];
    let page = browser.submit("/ui/set_fee", &wrong).await;
    page.assert_shows("Enter a number from 0 to 100 with at most two decimals");
    page.assert_shows("Enter an amount with the decimals of the currency");
    page.assert_shows("value=\"100.5\"");
    for unknown in ["app_1", "app_01kaemzd2w5n8h9qv7c3r4t6yb"] {
        let fee = [("application", unknown), ("currency", "USD"), ("percent", "1"), ("fixed", "0")];
        assert_eq!(browser.post("/ui/set_fee", &fee).await.status, 404, "{unknown}");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM fees").await, 0);
}
