//! Turning operations of the open API off and on.

use crate::administrator;
use crate::browser::Browser;
use crate::support::{TestApp, on_both_databases};

const OFF: [(&str, &str); 3] =
    [("operation", "createPayment"), ("reason_en", "The bank is <b>closed</b>."), ("reason_zh", "银行维护中。")];

on_both_databases! {
    async fn an_operation_that_is_off_is_refused_with_the_reason_until_it_is_on(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        let payment = app.payment(&partner, "A-1", "1.00");
        browser.submit("/ui/switch_off_operation", &OFF).await.assert_shows("The bank is &lt;b&gt;closed&lt;/b&gt;.");

        let refused = app.send(payment.clone()).await;
        refused.assert_problem(503, "operation_off");
        assert_eq!(refused.json()["detail"], "The bank is <b>closed</b>.");
        assert_eq!(refused.header("retry-after"), "60");
        let refused = app.send(payment.clone().header("accept-language", "zh")).await;
        assert_eq!(refused.json()["detail"], "银行维护中。");
        // Before a token is looked at; and nothing else is off.
        app.send(app.post("/v1/payments")).await.assert_problem(503, "operation_off");
        assert_eq!(app.send(app.get("/v1/payments").bearer(&partner.token)).await.status, 200);
        Browser::new(app).get("/docs/api/createPayment").await.assert_shows("This operation is turned off for now.");

        browser.submit("/ui/switch_on_operation", &[("operation", "createPayment")]).await;
        // Neither nonce nor key was used up.
        assert_eq!(app.send(payment).await.status, 201);
        let said = "SELECT count(*) FROM audit_entries WHERE action LIKE 'operation.switched_%' AND object = 'createPayment'";
        assert_eq!(app.db.number(said).await, 2);
    }
}

#[tokio::test]
async fn tokens_and_unknown_operations_cannot_be_turned_off() {
    let app = TestApp::sqlite().await;
    let browser = administrator(&app).await;
    for operation in ["issueToken", "nothing", ""] {
        let fields = [("operation", operation), ("reason_en", "Kept"), ("reason_zh", "")];
        let page = browser.submit("/ui/switch_off_operation", &fields).await;
        page.assert_shows("Choose one of the operations.");
        page.assert_shows("Enter 1 to 200 characters on one line.");
        page.assert_shows("Kept");
    }
    assert_eq!(app.db.number("SELECT count(*) FROM switched_off_operations").await, 0);
}
