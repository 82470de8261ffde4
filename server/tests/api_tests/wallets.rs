//! Account holders as payees of payments by channels, and as payers whose channel gives nothing back.

use serde_json::json;
use tallyport_domain::fee::FeeText;
use tallyport_domain::ids::AppId;
use tallyport_service::admin::Authority;

use crate::support::{Partner, TestApp, on_both_databases};

/// One of the application's two test holders.
async fn holder(app: &TestApp, partner: &Partner, role: &str) -> String {
    let holders = app.services.list_test_holders(&partner.member, partner.application_id).await.unwrap();
    holders.into_iter().find(|holder| holder.role == role).unwrap().id.to_string()
}

async fn wallet_of(app: &TestApp, holder: &str) -> i64 {
    let sum = format!(
        "SELECT CAST(coalesce(sum(balance_minor), 0) AS BIGINT) FROM accounts WHERE purpose = 'wallet' AND owner = '{holder}'"
    );
    app.db.number(&sum).await
}

async fn charge(app: &TestApp, application: AppId) {
    let fee = FeeText { currency: "USD", percent: "2.9", fixed: "0.30" };
    app.services.set_fee(&Authority::Command("test"), application, fee).await.unwrap();
}

on_both_databases! {
    async fn payee_of_a_payment_by_card_gets_each_capture_less_the_fee(app: TestApp) {
        let partner = app.partner("Market").await;
        charge(app, partner.application_id).await;
        let seller = holder(app, &partner, "seller").await;
        let body = json!({
            "order_id": "A-1", "amount": "100.00", "currency": "USD", "method": "card_ok", "capture": "manual", "payee": seller,
        });
        let held = app.send(app.payment_of(&partner, "A-1", &body)).await;
        assert_eq!((held.status, held.text("/payee"), held.text("/status")), (201, seller.clone(), "authorized".into()));
        assert_eq!(wallet_of(app, &seller).await, 0, "nothing is paid before it is captured");
        let path = format!("/v1/payments/{}/capture", held.text("/id"));
        for (key, amount, wallet) in [("c1", "40.00", 3_854), ("c2", "60.00", 9_680)] {
            let capture = json!({ "amount": amount, "currency": "USD" });
            assert_eq!(app.send(app.money_call(&partner, &path, key, &capture)).await.status, 200);
            assert_eq!(wallet_of(app, &seller).await, wallet);
        }
        // The application keeps nothing of it, so a refund needs money of its own.
        let refund = json!({ "payment_id": held.text("/id"), "amount": "1.00", "currency": "USD" });
        app.send(app.money_call(&partner, "/v1/refunds", "r1", &refund)).await.assert_problem(409, "balance_insufficient");
        app.assert_books_are_whole().await;
    }

    async fn payee_that_this_application_cannot_pay_is_named(app: TestApp) {
        let (partner, stranger) = (app.partner("Market").await, app.partner("Stranger").await);
        let not_ours = holder(app, &stranger, "seller").await;
        for payee in ["nobody", "hld_01kaemzd2w5n8h9qv7c3r4t6yb", "acct_01kaemzd2w5n8h9qv7c3r4t6yb", &not_ours] {
            let body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok", "payee": payee });
            let refused = app.send(app.payment_of(&partner, "A-1", &body)).await;
            assert_eq!(refused.assert_problem(400, "account_unknown")["param"], "/payee", "{payee}");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    }

    async fn refund_through_a_channel_that_is_gone_goes_into_the_payers_wallet(app: TestApp) {
        let partner = app.partner("Shop").await;
        let buyer = holder(app, &partner, "buyer").await;
        let payment = app.send(app.payment(&partner, "A-1", "10.00")).await.text("/id");
        let refund = |key: &str, amount: &str, outcome: &str, to: Option<&str>| {
            let mut body = json!({ "payment_id": payment, "amount": amount, "currency": "USD", "sandbox_outcome": outcome });
            if let Some(to) = to {
                body["to_holder"] = json!(to);
            }
            app.money_call(&partner, "/v1/refunds", key, &body)
        };
        for (key, outcome) in [("r1", "channel_closed"), ("r2", "channel_exhausted")] {
            let made = app.send(refund(key, "2.00", outcome, Some(&buyer))).await;
            let told = (made.text("/status"), made.text("/returned_to"), made.text("/to_holder"));
            assert_eq!(told, ("succeeded".into(), "balance".into(), buyer.clone()), "{made:?}");
            let again = app.send(refund(key, "2.00", outcome, Some(&buyer))).await;
            assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (made.body.as_str(), "true"));
        }
        assert_eq!(wallet_of(app, &buyer).await, 400);
        // As long as the channel works, the money goes back through it; without a wallet it stays.
        let through = app.send(refund("r3", "1.00", "succeeds", Some(&buyer))).await;
        assert_eq!((through.text("/status"), through.text("/returned_to")), ("succeeded".into(), "channel".into()));
        let nowhere = app.send(refund("r4", "1.00", "channel_closed", None)).await;
        assert_eq!((nowhere.text("/status"), nowhere.text("/failure_code")), ("failed".into(), "channel_closed".into()));
        assert!(nowhere.json()["returned_to"].is_null());
        assert_eq!(wallet_of(app, &buyer).await, 400);

        let not_ours = holder(app, &app.partner("Stranger").await, "buyer").await;
        for to in ["nobody", &not_ours] {
            let refused = app.send(refund("r5", "1.00", "channel_closed", Some(to))).await;
            assert_eq!(refused.assert_problem(400, "account_unknown")["param"], "/to_holder", "{to}");
        }
        app.assert_books_are_whole().await;
    }
}
