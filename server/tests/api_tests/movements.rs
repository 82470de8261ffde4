//! Refunds, transfers, top-ups and withdrawals over the API.

use serde_json::{Value, json};

use crate::support::{Partner, TestApp, on_both_databases, until};

async fn balances(app: &TestApp, partner: &Partner) -> Value {
    app.send(app.get("/v1/balances").bearer(&partner.token)).await.json()["data"].clone()
}

on_both_databases! {
    async fn refunds_are_paid_up_to_what_was_captured(app: TestApp) {
        let partner = app.partner("Shop").await;
        let payment = app.send(app.payment(&partner, "A-1", "10.00")).await.text("/id");
        let part = json!({ "payment_id": payment, "amount": "4.00", "currency": "USD", "description": "cold" });
        let refund = app.send(app.money_call(&partner, "/v1/refunds", "r1", &part)).await;
        assert_eq!((refund.status, refund.text("/status")), (201, "succeeded".into()), "{refund:?}");
        assert_eq!(refund.text("/object"), "refund");
        let read = app.send(app.get(refund.header("location")).bearer(&partner.token)).await;
        assert_eq!(read.json(), refund.json());
        let above = json!({ "payment_id": payment, "amount": "6.01", "currency": "USD" });
        app.send(app.money_call(&partner, "/v1/refunds", "r2", &above)).await.assert_problem(409, "amount_exceeds_remaining");
        let rest = json!({ "payment_id": payment });
        assert_eq!(app.send(app.money_call(&partner, "/v1/refunds", "r3", &rest)).await.text("/amount"), "6.00");
        let read = app.send(app.get(&format!("/v1/payments/{payment}")).bearer(&partner.token)).await;
        assert_eq!((read.text("/status"), read.text("/refunded_amount")), ("refunded".into(), "10.00".into()));
        let list = app.send(app.get(&format!("/v1/refunds?payment_id={payment}")).bearer(&partner.token)).await.json();
        assert_eq!(list["data"].as_array().unwrap().len(), 2);
        app.assert_books_are_whole().await;
    }

    async fn payment_of_somebody_else_is_not_refunded(app: TestApp) {
        let (partner, stranger) = (app.partner("Shop").await, app.partner("Stranger").await);
        let payment = app.send(app.payment(&partner, "A-1", "10.00")).await.text("/id");
        for id in [payment.as_str(), "pay_01kaemzd2w5n8h9qv7c3r4t6yb", "x"] {
            let body = json!({ "payment_id": id });
            let refused = app.send(app.money_call(&stranger, "/v1/refunds", "r1", &body)).await;
            assert_eq!(refused.assert_problem(404, "not_found")["param"], "/payment_id", "{id}");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 0);
    }

    async fn refund_that_nobody_knows_of_holds_the_money_until_it_is_resolved(app: TestApp) {
        let partner = app.partner("Shop").await;
        let payment = app.send(app.payment(&partner, "A-1", "10.00")).await.text("/id");
        let body = json!({ "payment_id": payment, "sandbox_outcome": "times_out_then_succeeds" });
        let refund = app.send(app.money_call(&partner, "/v1/refunds", "r1", &body)).await;
        assert_eq!(refund.text("/status"), "unknown");
        let balance = balances(app, &partner).await;
        assert_eq!((&balance[0]["available"], &balance[0]["reserved"]), (&json!("0.00"), &json!("10.00")));
        app.assert_books_are_whole().await;
        app.clock.advance(5_000);
        app.services.do_due_work().await.unwrap();
        let path = refund.header("location").to_owned();
        until(async || app.send(app.get(&path).bearer(&partner.token)).await.text("/status") == "succeeded").await;
        app.assert_books_are_whole().await;
    }

    async fn money_that_is_put_in_may_be_taken_out_and_no_more(app: TestApp) {
        let partner = app.partner("Shop").await;
        let ten = json!({ "amount": "10.00", "currency": "USD" });
        let none = app.send(app.money_call(&partner, "/v1/withdrawals", "w0", &ten)).await;
        none.assert_problem(409, "balance_insufficient");
        let top_up = app.send(app.money_call(&partner, "/v1/top_ups", "t1", &ten)).await;
        assert_eq!((top_up.status, top_up.text("/status")), (201, "succeeded".into()), "{top_up:?}");
        let refused = json!({ "amount": "10.00", "currency": "USD", "sandbox_outcome": "fails" });
        let failed = app.send(app.money_call(&partner, "/v1/withdrawals", "w1", &refused)).await;
        assert_eq!((failed.status, failed.text("/status")), (201, "failed".into()));
        let out = app.send(app.money_call(&partner, "/v1/withdrawals", "w2", &ten)).await;
        assert_eq!(out.text("/status"), "succeeded");
        let again = app.send(app.money_call(&partner, "/v1/withdrawals", "w2", &ten)).await;
        assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (out.body.as_str(), "true"));
        let entries = app.send(app.get("/v1/ledger_entries?currency=USD").bearer(&partner.token)).await.json();
        let after: Vec<&str> =
            entries["data"].as_array().unwrap().iter().map(|entry| entry["balance_after"].as_str().unwrap()).collect();
        assert_eq!(after, ["0.00", "10.00", "0.00", "10.00"]);
        app.assert_books_are_whole().await;
    }

    async fn transfer_reaches_another_application(app: TestApp) {
        let (partner, friend) = (app.partner("Shop").await, app.partner("Friend").await);
        for owner in [&partner, &friend] {
            let ten = json!({ "amount": "10.00", "currency": "USD" });
            assert_eq!(app.send(app.money_call(owner, "/v1/top_ups", "t1", &ten)).await.status, 201);
        }
        let own = balances(app, &partner).await[0]["id"].as_str().unwrap().to_owned();
        let other = balances(app, &friend).await[0]["id"].as_str().unwrap().to_owned();
        let body = |to: &str, amount: &str, currency: &str| json!({ "to_account": to, "amount": amount, "currency": currency });
        let call = |key: &str, body: &Value| app.money_call(&partner, "/v1/transfers", key, body);
        let moved = app.send(call("f1", &body(&other, "3.00", "USD"))).await;
        assert_eq!((moved.status, moved.text("/to_account")), (201, other.clone()), "{moved:?}");
        app.send(call("f2", &body(&other, "7.01", "USD"))).await.assert_problem(409, "balance_insufficient");
        app.send(call("f3", &body(&own, "1.00", "USD"))).await.assert_problem(400, "parameter_invalid");
        app.send(call("f4", &body(&other, "1.00", "EUR"))).await.assert_problem(400, "account_unknown");
        app.send(call("f5", &body("acct_01kaemzd2w5n8h9qv7c3r4t6yb", "1.00", "USD"))).await.assert_problem(400, "account_unknown");
        assert_eq!(balances(app, &friend).await[0]["available"], "13.00");
        app.assert_books_are_whole().await;
    }

    async fn each_call_demands_its_scope(app: TestApp) {
        let mut partner = app.partner("Shop").await;
        partner.token = partner.token_for(&app.services, Some("payments:write")).await;
        for (path, body) in [
            ("/v1/refunds", json!({ "payment_id": "pay_01kaemzd2w5n8h9qv7c3r4t6yb" })),
            ("/v1/transfers", json!({ "to_account": "acct_01kaemzd2w5n8h9qv7c3r4t6yb", "amount": "1.00", "currency": "USD" })),
            ("/v1/top_ups", json!({ "amount": "1.00", "currency": "USD" })),
            ("/v1/withdrawals", json!({ "amount": "1.00", "currency": "USD" })),
        ] {
            app.send(app.money_call(&partner, path, "k", &body)).await.assert_problem(403, "scope_missing");
            let unsigned = app.money_call(&partner, path, "k", &body).without("signature").without("signature-input");
            app.send(unsigned).await.assert_problem(401, "signature_missing");
            let keyless = app.money_call(&partner, path, "k", &body).without("idempotency-key");
            app.send(keyless).await.assert_problem(400, "idempotency_key_missing");
        }
        for path in ["/v1/refunds", "/v1/balances", "/v1/ledger_entries?currency=USD", "/v1/events", "/v1/transfers"] {
            app.send(app.get(path).bearer(&partner.token)).await.assert_problem(403, "scope_missing");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 0);
    }
}
