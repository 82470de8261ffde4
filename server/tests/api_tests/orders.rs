//! An order is paid at most once.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinSet;

use crate::support::on_both_databases;

on_both_databases! {
    async fn paid_order_is_not_paid_again(app: TestApp) {
        let partner = app.partner("Shop").await;
        let body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
        let made = app.send(app.payment_of(&partner, "first", &body)).await;
        let answer = app.send(app.payment_of(&partner, "second", &body)).await;
        let problem = answer.assert_problem(409, "order_already_paid");
        assert!(problem["detail"].as_str().unwrap().contains(&made.text("/id")));
        assert_eq!(problem["retryable"], false);
        app.assert_books_are_whole().await;
    }

    async fn order_may_be_paid_anew_after_a_failure(app: TestApp) {
        let partner = app.partner("Shop").await;
        let body = |card: &str| json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": card });
        for (key, card, status) in [
            ("first", "card_declined", "failed"),
            ("second", "card_expired", "failed"),
            ("third", "card_ok", "captured"),
        ] {
            let answer = app.send(app.payment_of(&partner, key, &body(card))).await;
            assert_eq!((answer.status, answer.text("/status")), (201, status.to_owned()));
        }
        let late = app.send(app.payment_of(&partner, "fourth", &body("card_declined"))).await;
        late.assert_problem(409, "order_already_paid");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 3);
        app.assert_books_are_whole().await;
    }

    async fn of_many_keys_at_once_one_pays_the_order(app: TestApp) {
        let partner = app.partner("Shop").await;
        let processes = [Arc::new(app.twin().await), Arc::new(app.twin().await)];
        let mut crowd = JoinSet::new();
        for number in 0..16 {
            let process = Arc::clone(&processes[number % 2]);
            let body = json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" });
            let request = app.payment_of(&partner, &format!("k-{number}"), &body);
            crowd.spawn(async move { process.send(request).await });
        }
        let answers = crowd.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            let code = answer.text("/code");
            assert!(code == "order_already_paid" || code == "order_in_progress", "{answer:?}");
            answer.assert_problem(409, &code);
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
        app.assert_books_are_whole().await;
    }
}
