//! The same key and body have one effect and one answer.

use serde_json::json;
use std::sync::Arc;
use tokio::task::JoinSet;

use crate::support::on_both_databases;

on_both_databases! {
    async fn repeated_call_gets_the_same_bytes(app: TestApp) {
        let partner = app.partner("Shop").await;
        for card in ["card_ok", "card_declined"] {
            let body = json!({ "order_id": card, "amount": "1.00", "currency": "USD", "method": card });
            let first = app.send(app.payment_of(&partner, card, &body)).await;
            app.clock.advance(1_000);
            let again = app.send(app.payment_of(&partner, card, &body)).await;
            assert_eq!((again.status, &again.body), (first.status, &first.body));
            assert_eq!(again.header("idempotent-replayed"), "true");
            assert_eq!(again.header("location"), first.header("location"));
            assert_eq!(again.header("content-type"), first.header("content-type"));
            assert_ne!(again.header("request-id"), first.header("request-id"));
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 2);
        app.assert_books_are_whole().await;
    }

    async fn repeated_call_is_answered_although_it_would_be_refused_by_now(app: TestApp) {
        let partner = app.partner("Shop").await;
        let mut body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok",
            "expires_at": "2026-09-21T14:20:00Z" });
        let first = app.send(app.payment_of(&partner, "k", &body)).await;
        assert_eq!((first.status, first.text("/status")), (201, "captured".to_owned()));
        app.clock.advance(400_000);
        let again = app.send(app.payment_of(&partner, "k", &body)).await;
        assert_eq!((again.status, &again.body, again.header("idempotent-replayed")), (201, &first.body, "true"));
        let anew = app.send(app.payment_of(&partner, "other", &body)).await;
        assert_eq!(anew.assert_problem(400, "parameter_invalid")["param"], "/expires_at");
        body["amount"] = "2.00".into();
        let other = app.send(app.payment_of(&partner, "k", &body)).await;
        assert_eq!(other.assert_problem(422, "idempotency_key_reused")["differs"], json!(["/amount"]));
    }

    async fn repeated_call_after_a_restart_gets_the_same_bytes(app: TestApp) {
        let partner = app.partner("Shop").await;
        let first = app.send(app.payment(&partner, "A-1", "1.00")).await;
        app.services.drain().await;
        let again = app.twin().await.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!((again.status, &again.body, again.header("idempotent-replayed")), (201, &first.body, "true"));
    }

    async fn order_and_spacing_of_the_body_do_not_matter(app: TestApp) {
        let partner = app.partner("Shop").await;
        let first = r#"{"order_id":"A-1","amount":"1.00","currency":"USD","method":"card_ok"}"#;
        let same = "{ \"method\" : \"card\\u005fok\",\r\n\"currency\":\"USD\", \
                     \"amount\":\"1.00\",\"order_id\":\"A-1\"}";
        let first = app.send(app.payment_text(&partner, "k", first)).await;
        let again = app.send(app.payment_text(&partner, "k", same)).await;
        assert_eq!((again.status, &again.body, again.header("idempotent-replayed")), (201, &first.body, "true"));
    }

    async fn other_body_is_refused_naming_what_differs(app: TestApp) {
        let partner = app.partner("Shop").await;
        let body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
        assert_eq!(app.send(app.payment_of(&partner, "k", &body)).await.status, 201);
        let mut other = body.clone();
        (other["amount"], other["description"]) = ("2.00".into(), "x".into());
        let answer = app.send(app.payment_of(&partner, "k", &other)).await;
        let problem = answer.assert_problem(422, "idempotency_key_reused");
        assert_eq!(problem["differs"], json!(["/amount", "/description"]));
        assert!(!answer.body.contains("1.00"), "{answer:?}");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
    }

    async fn applications_have_keys_of_their_own(app: TestApp) {
        let (first, second) = (app.partner("First").await, app.partner("Second").await);
        let made = app.send(app.payment(&first, "A-1", "1.00")).await;
        let other = app.send(app.payment(&second, "A-1", "2.00")).await;
        assert_eq!((made.status, other.status), (201, 201));
        assert_ne!(made.text("/id"), other.text("/id"));
    }

    async fn of_sixteen_at_once_one_makes_the_payment(app: TestApp) {
        let partner = app.partner("Shop").await;
        let processes = [Arc::new(app.twin().await), Arc::new(app.twin().await)];
        let mut crowd = JoinSet::new();
        for number in 0..16 {
            let process = Arc::clone(&processes[number % 2]);
            let request = app.payment(&partner, "A-1", "1.00");
            crowd.spawn(async move { process.send(request).await });
        }
        let answers = crowd.join_all().await;
        let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        let first = made.iter().filter(|answer| answer.header("idempotent-replayed").is_empty());
        assert_eq!(first.count(), 1, "{answers:?}");
        assert!(made.iter().all(|answer| answer.body == made[0].body));
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            answer.assert_problem(409, "idempotency_in_progress");
            assert_eq!(answer.header("retry-after"), "1");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn refusal_before_any_effect_leaves_the_key_free(app: TestApp) {
        let mut partner = app.partner("Shop").await;
        let good = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
        let bad = json!({ "order_id": "A-1", "amount": "1", "currency": "USD", "method": "card_ok" });
        assert_eq!(app.send(app.payment_of(&partner, "k", &bad)).await.status, 400);
        assert_eq!(app.send(app.payment_of(&partner, "k", &good).without("authorization")).await.status, 401);
        assert_eq!(app.send(app.payment_of(&partner, "k", &good).with("signature", "sig=:AAAA:")).await.status, 401);
        assert_eq!(app.send(app.payment_of(&partner, "k", &good).with("content-type", "a/b")).await.status, 415);
        let all = std::mem::take(&mut partner.token);
        partner.token = partner.token_for(&app.services, Some("payments:read")).await;
        assert_eq!(app.send(app.payment_of(&partner, "k", &good)).await.status, 403);
        partner.token = all;
        assert_eq!(app.db.number("SELECT count(*) FROM idempotency").await, 0);
        let made = app.send(app.payment_of(&partner, "k", &good)).await;
        assert_eq!((made.status, made.header("idempotent-replayed")), (201, ""));
    }

    async fn refusal_by_the_order_leaves_the_key_free(app: TestApp) {
        let partner = app.partner("Shop").await;
        assert_eq!(app.send(app.payment(&partner, "A-1", "1.00")).await.status, 201);
        let paid = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
        app.send(app.payment_of(&partner, "k", &paid)).await.assert_problem(409, "order_already_paid");
        let other = json!({ "order_id": "A-2", "amount": "1.00", "currency": "USD", "method": "card_ok" });
        assert_eq!(app.send(app.payment_of(&partner, "k", &other)).await.status, 201);
    }
}
