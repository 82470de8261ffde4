//! A payment's life beside the straight way: holds, captures, cancels, expiry, unknown outcomes.

use serde_json::json;
use tallyport_service::ports::Clock as _;

use crate::support::{BEGINNING_MS, Partner, TestApp, on_both_databases, until};

/// A payment of ten dollars with these members beside.
async fn made(app: &TestApp, partner: &Partner, order: &str, more: serde_json::Value) -> crate::support::Answer {
    let mut body = json!({ "order_id": order, "amount": "10.00", "currency": "USD" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = app.send(app.payment_of(partner, order, &body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer
}

async fn status(app: &TestApp, partner: &Partner, id: &str) -> String {
    app.send(app.get(&format!("/v1/payments/{id}")).bearer(&partner.token)).await.text("/status")
}

on_both_databases! {
    async fn held_money_is_captured_in_parts_and_the_rest_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let held = made(app, &partner, "A-1", json!({ "method": "card_ok", "capture": "manual" })).await;
        assert_eq!((held.text("/status"), held.text("/capturable_amount")), ("authorized".into(), "10.00".into()));
        assert_eq!(held.text("/expires_at"), "2026-09-28T14:13:20.000Z");
        let path = format!("/v1/payments/{}/capture", held.text("/id"));
        let part = json!({ "amount": "6.00", "currency": "USD" });
        let first = app.send(app.money_call(&partner, &path, "c1", &part)).await;
        assert_eq!((first.status, first.text("/captured_amount")), (200, "6.00".into()), "{first:?}");
        let again = app.send(app.money_call(&partner, &path, "c1", &part)).await;
        assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (first.body.as_str(), "true"));
        let above = json!({ "amount": "4.01", "currency": "USD" });
        let problem = app.send(app.money_call(&partner, &path, "c2", &above)).await;
        assert_eq!(problem.assert_problem(409, "amount_exceeds_remaining")["param"], "/amount");
        let euros = json!({ "amount": "1.00", "currency": "EUR" });
        app.send(app.money_call(&partner, &path, "c3", &euros)).await.assert_problem(400, "currency_mismatch");
        let lone = json!({ "amount": "1.00" });
        app.send(app.money_call(&partner, &path, "c4", &lone)).await.assert_problem(400, "parameter_missing");
        let rest = app.send(app.money_call(&partner, &path, "c5", &json!({}))).await;
        assert_eq!((rest.text("/captured_amount"), rest.text("/capturable_amount")), ("10.00".into(), "0.00".into()));
        app.send(app.money_call(&partner, &path, "c6", &json!({}))).await.assert_problem(409, "state_conflict");
        app.assert_books_are_whole().await;
    }

    async fn rest_of_a_hold_ends_when_its_time_has_come(app: TestApp) {
        let partner = app.partner("Shop").await;
        let held = made(app, &partner, "A-1", json!({ "method": "card_ok", "capture": "manual" })).await;
        let path = format!("/v1/payments/{}", held.text("/id"));
        let part = json!({ "amount": "6.00", "currency": "USD" });
        app.send(app.money_call(&partner, &format!("{path}/capture"), "c1", &part)).await;
        app.assert_books_are_whole().await;
        app.clock.advance(7 * 24 * 3_600_000);
        let token = partner.token_for(&app.services, None).await;
        let read = async || app.send(app.get(&path).bearer(&token)).await;
        assert_eq!(read().await.text("/capturable_amount"), "4.00");
        app.services.do_due_work().await.unwrap();
        until(async || read().await.text("/capturable_amount") == "0.00").await;
        let ended = read().await.json();
        assert_eq!((&ended["status"], &ended["expires_at"]), (&json!("captured"), &json!(null)));
        let told = app.send(app.get("/v1/events?type=payment.hold_ended").bearer(&token)).await.json();
        assert_eq!(told["data"][0]["data"]["object"], ended);
        app.assert_books_are_whole().await;
    }

    async fn canceled_payment_frees_its_order(app: TestApp) {
        let partner = app.partner("Shop").await;
        let stranger = app.partner("Stranger").await;
        let held = made(app, &partner, "A-1", json!({ "method": "card_ok", "capture": "manual" })).await;
        let path = format!("/v1/payments/{}/cancel", held.text("/id"));
        app.send(app.money_call(&stranger, &path, "x", &json!({}))).await.assert_problem(404, "not_found");
        let canceled = app.send(app.money_call(&partner, &path, "x", &json!({}))).await;
        assert_eq!((canceled.status, canceled.text("/status")), (200, "canceled".into()));
        app.send(app.money_call(&partner, &path, "y", &json!({}))).await.assert_problem(409, "state_conflict");
        let body = json!({ "order_id": "A-1", "amount": "10.00", "currency": "USD", "method": "card_ok" });
        assert_eq!(app.send(app.payment_of(&partner, "anew", &body)).await.text("/status"), "captured");
        app.assert_books_are_whole().await;
    }

    async fn payer_who_lets_the_time_pass_lets_the_payment_expire(app: TestApp) {
        let partner = app.partner("Shop").await;
        let expires = json!({ "method": "card_3ds_required", "expires_at": "2026-09-21T14:20:00Z" });
        let waiting = made(app, &partner, "A-1", expires).await;
        assert_eq!(waiting.text("/status"), "requires_action");
        assert_eq!(waiting.text("/next_action/type"), "authenticate");
        assert_eq!(waiting.text("/expires_at"), "2026-09-21T14:20:00.000Z");
        let cashier = made(app, &partner, "A-2", json!({ "channel": "cashier" })).await;
        assert_eq!((cashier.text("/status"), cashier.text("/next_action/type")), ("created".into(), "choose".into()));
        app.clock.advance(400_000);
        app.services.do_due_work().await.unwrap();
        until(async || status(app, &partner, &waiting.text("/id")).await == "expired").await;
        assert_eq!(status(app, &partner, &cashier.text("/id")).await, "created");
        app.assert_books_are_whole().await;
    }

    async fn payer_who_acts_pays_unless_the_card_fails(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (card, confirms, ends) in [
            ("card_3ds_required", true, "captured"),
            ("card_3ds_required", false, "failed"),
            ("card_3ds_fails", true, "failed"),
        ] {
            let payment = made(app, &partner, &format!("{card}-{confirms}"), json!({ "method": card })).await;
            let id = payment.text("/id");
            app.services.act_as_sandbox_payer(id.parse().unwrap(), confirms).await.unwrap();
            assert_eq!(status(app, &partner, &id).await, ends, "{card} {confirms}");
        }
        app.assert_books_are_whole().await;
    }

    async fn unknown_outcome_says_when_it_is_asked_about_and_is_resolved(app: TestApp) {
        let partner = app.partner("Shop").await;
        let unknown = made(app, &partner, "A-1", json!({ "method": "card_timeout_then_ok" })).await;
        assert_eq!((unknown.text("/status"), unknown.text("/captured_amount")), ("unknown".into(), "0.00".into()));
        assert_eq!(unknown.text("/next_check_at"), "2026-09-21T14:13:25.000Z");
        let never = made(app, &partner, "A-2", json!({ "channel": "alipay", "sandbox_outcome": "never_answers" })).await;
        app.clock.advance(5_000);
        app.services.do_due_work().await.unwrap();
        until(async || status(app, &partner, &unknown.text("/id")).await == "captured").await;
        for _ in 0..9 {
            app.clock.advance(73 * 3_600_000);
            app.services.do_due_work().await.unwrap();
        }
        let id = never.text("/id");
        let token = partner.token_for(&app.services, None).await;
        let ended = app.send(app.get(&format!("/v1/payments/{id}")).bearer(&token)).await;
        assert_eq!((ended.text("/status"), ended.text("/failure_code")), ("failed".into(), "channel_silent".into()));
        app.assert_books_are_whole().await;
    }

    async fn late_and_doubled_answers_are_booked_once(app: TestApp) {
        let partner = app.partner("Shop").await;
        for outcome in ["answers_late", "answers_twice"] {
            let body = json!({ "channel": "wechat_pay", "scene": "qr", "sandbox_outcome": outcome });
            let payment = made(app, &partner, outcome, body).await;
            assert_eq!(payment.text("/status"), "captured", "{payment:?}");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM ledger_entries").await, 4);
        app.assert_books_are_whole().await;
    }

    async fn outcome_may_stand_in_a_header_behind_that_of_the_body(app: TestApp) {
        const HEADER: &str = "tallyport-sandbox-outcome";
        let partner = app.partner("Shop").await;
        let mut body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "channel": "alipay" });
        let call = |key: &str, body: &serde_json::Value| app.payment_of(&partner, key, body);
        let by_header = app.send(call("k1", &body).header(HEADER, "fails")).await;
        assert_eq!((by_header.status, by_header.text("/status")), (201, "failed".into()), "{by_header:?}");
        body["sandbox_outcome"] = "succeeds".into();
        let by_body = app.send(call("k2", &body).header(HEADER, "fails")).await;
        assert_eq!((by_body.status, by_body.text("/status")), (201, "captured".into()), "{by_body:?}");
        let top_up = app.money_call(&partner, "/v1/top_ups", "t", &json!({ "amount": "1.00", "currency": "USD" }));
        assert_eq!(app.send(top_up.header(HEADER, "never_answers")).await.text("/status"), "unknown");
        for twisted in [call("k3", &body).header(HEADER, "explodes"),
            call("k3", &body).header(HEADER, "fails").header(HEADER, "fails")]
        {
            let refused = app.send(twisted).await;
            assert_eq!(refused.assert_problem(400, "parameter_invalid")["param"], "Tallyport-Sandbox-Outcome");
        }
        app.assert_books_are_whole().await;
    }

    async fn fields_of_a_payment_come_back_as_they_were_sent(app: TestApp) {
        let partner = app.partner("Shop").await;
        let more = json!({
            "channel": "bank_transfer", "scene": "mobile", "return_url": "https://shop.example/done",
            "metadata": { "桌": "七", "b": "" },
        });
        let payment = made(app, &partner, "A-1", more).await;
        assert_eq!(payment.text("/method"), "bank_transfer");
        assert_eq!(payment.text("/scene"), "mobile");
        assert_eq!(payment.text("/return_url"), "https://shop.example/done");
        assert_eq!(payment.json()["metadata"], json!({ "桌": "七", "b": "" }));
        let read = app.send(app.get(payment.header("location")).bearer(&partner.token)).await;
        assert_eq!(read.json(), payment.json());
        assert_eq!(app.clock.now_ms(), BEGINNING_MS);
    }

    async fn fields_of_a_payment_have_their_form(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (member, value, code) in [
            ("scene", json!("moon"), "parameter_invalid"),
            ("capture", json!("later"), "parameter_invalid"),
            ("return_url", json!("javascript:alert(1)"), "parameter_invalid"),
            ("expires_at", json!("tomorrow"), "parameter_invalid"),
            ("expires_at", json!("2026-09-21T14:13:20Z"), "parameter_invalid"),
            ("expires_at", json!("2027-09-21T14:13:20Z"), "parameter_invalid"),
            ("metadata", json!({ "a": 1 }), "parameter_invalid"),
            ("metadata", json!({ "": "a" }), "parameter_invalid"),
            ("sandbox_outcome", json!("explodes"), "parameter_invalid"),
            ("channel", json!("alipay"), "parameter_invalid"),
        ] {
            let mut body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
            body[member] = value.clone();
            let problem = app.send(app.payment_of(&partner, "k", &body)).await.assert_problem(400, code);
            assert!(problem["param"].as_str().unwrap().starts_with(&format!("/{member}")), "{member} {value} {problem}");
        }
        let body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "channel": "card_ok" });
        app.send(app.payment_of(&partner, "k", &body)).await.assert_problem(400, "method_unknown");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    }
}
