//! The clock of a sandbox: what follows it, whom it concerns, and what it does not do.

use serde_json::{Value, json};
use tallyport_domain::sandbox_clock::{Advance, ClockMove};
use tallyport_service::ports::Clock as _;
use tokio::task::JoinSet;

use crate::support::{Answer, Partner, TestApp, on_both_databases, until};

const CLOCK: &str = "/v1/sandbox/clock";

async fn moved(app: &TestApp, partner: &Partner, body: &Value) -> Answer {
    let request = app.post(CLOCK).bearer(&partner.token).json_text(body.to_string());
    app.send(request.signed(&partner.signer(&*app.clock))).await
}

async fn made(app: &TestApp, partner: &Partner, order: &str, more: Value) -> Answer {
    let mut body = json!({ "order_id": order, "amount": "10.00", "currency": "USD" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = app.send(app.payment_of(partner, order, &body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer
}

async fn status(app: &TestApp, partner: &Partner, id: &str) -> String {
    app.send(app.get(&format!("/v1/payments/{id}")).bearer(&partner.token)).await.text("/status")
}

/// Whether a payment stands so, for when its partner's token is out of date.
async fn stands(app: &TestApp, id: &str, status: &str) -> bool {
    app.db.number(&format!("SELECT count(*) FROM payments WHERE id = '{id}' AND status = '{status}'")).await == 1
}

on_both_databases! {
    async fn expiry_follows_the_clock_of_its_own_application(app: TestApp) {
        let (mut partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        let mine = made(app, &partner, "A-1", json!({ "method": "card_3ds_required" })).await.text("/id");
        let theirs = made(app, &other, "A-1", json!({ "method": "card_3ds_required" })).await.text("/id");
        let answer = moved(app, &partner, &json!({ "now": "2026-09-21T14:28:20Z", "state": "frozen" })).await;
        assert_eq!((answer.status, answer.text("/state"), answer.text("/now")),
            (200, "frozen".into(), "2026-09-21T14:28:20.000Z".into()), "{answer:?}");
        // Nobody else's work waits behind it for longer than if it had become due just now.
        let due = format!("SELECT due_at_ms FROM due_work WHERE object_id = '{mine}'");
        assert_eq!(app.db.number(&due).await, app.clock.now_ms());
        app.services.do_due_work().await.unwrap();
        until(async || status(app, &partner, &mine).await == "expired").await;
        assert_eq!(status(app, &other, &theirs).await, "requires_action");
        // What is made from now on is of the frozen time, and waits by it.
        let later = made(app, &partner, "A-2", json!({ "method": "card_3ds_required" })).await;
        assert_eq!(later.text("/created_at"), "2026-09-21T14:28:20.000Z");
        assert_eq!(later.text("/expires_at"), "2026-09-21T14:43:20.000Z");
        app.clock.advance(3_600_000);
        while app.services.do_due_work().await.unwrap() > 0 {}
        until(async || stands(app, &theirs, "expired").await).await;
        assert!(stands(app, &later.text("/id"), "requires_action").await);
        partner.token = partner.token_for(&app.services, None).await;
        let running = moved(app, &partner, &json!({ "state": "running" })).await;
        assert_eq!(running.text("/now"), "2026-09-21T14:28:20.000Z");
        app.clock.advance(15 * 60_000);
        app.services.do_due_work().await.unwrap();
        until(async || stands(app, &later.text("/id"), "expired").await).await;
        app.assert_books_are_whole().await;
    }

    async fn payments_are_found_by_the_time_that_their_clock_showed(app: TestApp) {
        let (partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        for caller in [&partner, &other] {
            made(app, caller, "A-1", json!({ "method": "card_ok" })).await;
        }
        moved(app, &partner, &json!({ "now": "2026-12-24T12:00:00Z" })).await;
        app.clock.advance(1);
        for caller in [&partner, &other] {
            made(app, caller, "A-2", json!({ "method": "card_ok" })).await;
        }
        for (caller, query, orders) in [
            (&partner, "created_from=2026-12-24T00:00:00Z", &["A-2"][..]),
            (&partner, "created_before=2026-12-24T00:00:00Z", &["A-1"]),
            (&partner, "created_from=2026-09-21T00:00:00Z&created_before=2027-01-01T00:00:00Z", &["A-2", "A-1"]),
            (&other, "created_from=2026-12-24T00:00:00Z", &[]),
            (&other, "created_from=2026-09-21T14:13:20Z&created_before=2026-09-21T14:13:21Z", &["A-2", "A-1"]),
            (&other, "created_before=2026-09-21T14:13:20Z", &[]),
        ] {
            let page = app.send(app.get(&format!("/v1/payments?{query}")).bearer(&caller.token)).await.json();
            let found = page["data"].as_array().unwrap().iter().map(|payment| payment["order_id"].as_str().unwrap());
            assert_eq!(found.collect::<Vec<_>>(), orders, "{query}");
        }
    }

    async fn unknown_outcome_is_resolved_when_the_clock_is_moved(app: TestApp) {
        let partner = app.partner("Shop").await;
        let payment = made(app, &partner, "A-1", json!({ "method": "card_timeout_then_ok" })).await;
        assert_eq!(payment.text("/status"), "unknown");
        let id = payment.text("/id");
        app.services.do_due_work().await.unwrap();
        assert_eq!(status(app, &partner, &id).await, "unknown");
        moved(app, &partner, &json!({ "now": "2026-09-21T14:13:25Z" })).await;
        app.services.do_due_work().await.unwrap();
        until(async || status(app, &partner, &id).await == "captured").await;
        // An outcome that never comes ends as well: each check is one step of the clock.
        let silent = made(app, &partner, "A-2", json!({ "channel": "alipay", "sandbox_outcome": "never_answers" })).await;
        let id = silent.text("/id");
        let next_check = async || {
            let read = app.send(app.get(&format!("/v1/payments/{id}")).bearer(&partner.token)).await;
            read.json()["next_check_at"].as_str().map(str::to_owned)
        };
        let mut checks = 0;
        while let Some(at) = next_check().await {
            moved(app, &partner, &json!({ "now": at })).await;
            app.services.do_due_work().await.unwrap();
            until(async || next_check().await.as_ref() != Some(&at)).await;
            checks += 1;
        }
        assert_eq!((checks, status(app, &partner, &id).await), (8, "failed".to_owned()));
        app.assert_books_are_whole().await;
    }

    async fn hold_ends_by_the_clock(app: TestApp) {
        let partner = app.partner("Shop").await;
        let held = made(app, &partner, "A-1", json!({ "method": "card_ok", "capture": "manual" })).await;
        moved(app, &partner, &json!({ "now": "2026-09-28T14:13:21Z" })).await;
        let path = format!("/v1/payments/{}/capture", held.text("/id"));
        app.send(app.money_call(&partner, &path, "c1", &json!({}))).await.assert_problem(409, "state_conflict");
    }

    async fn clock_is_refused_what_makes_no_sense(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (body, param) in [
            (json!({ "now": "2026-09-21T14:13:19.999Z" }), "/now"),
            (json!({ "now": "2027-12-01T00:00:00Z" }), "/now"),
            (json!({ "now": "tomorrow" }), "/now"),
            (json!({ "state": "Frozen" }), "/state"),
        ] {
            let problem = moved(app, &partner, &body).await.assert_problem(400, "parameter_invalid");
            assert_eq!(problem["param"], param, "{body}");
        }
        moved(app, &partner, &json!({ "by": 1 })).await.assert_problem(400, "parameter_unknown");
        let unsigned = app.post(CLOCK).bearer(&partner.token).json_text("{}");
        app.send(unsigned).await.assert_problem(401, "signature_missing");
        let once = app.post(CLOCK).bearer(&partner.token).json_text("{}").signed(&partner.signer(&*app.clock));
        assert_eq!(app.send(once.clone()).await.status, 200);
        app.send(once).await.assert_problem(401, "signature_invalid");
        assert_eq!(app.db.number("SELECT count(*) FROM sandbox_clocks WHERE ahead_ms <> 0").await, 0);
    }

    async fn crowd_that_moves_a_clock_moves_it_by_the_sum(app: TestApp) {
        let partner = app.partner("Shop").await;
        let mut crowd = JoinSet::new();
        for _ in 0..16 {
            let (services, member, id) = (app.services.clone(), partner.member.clone(), partner.application_id);
            crowd.spawn(async move {
                let by = ClockMove { advance: Some(Advance::By(1_000)), ..ClockMove::default() };
                services.move_member_clock(&member, id, by).await.unwrap()
            });
        }
        crowd.join_all().await;
        assert_eq!(app.db.number("SELECT ahead_ms FROM sandbox_clocks").await, 16_000);
        assert_eq!(app.db.number("SELECT count(*) FROM audit_entries WHERE action = 'sandbox_clock.moved'").await, 16);
    }
}
