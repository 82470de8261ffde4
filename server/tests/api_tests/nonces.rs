//! A signature works once.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::support::{Answer, Partner, Request, TestApp, fresh_nonce, on_both_databases};

#[track_caller]
fn assert_used(answer: &Answer) {
    let problem = answer.assert_problem(401, "signature_invalid");
    assert!(problem["server_time"].is_string(), "{problem}");
}

/// A signed request with this nonce.
fn with_nonce(app: &TestApp, partner: &Partner, order: &str, nonce: &str) -> Request {
    let mut signer = partner.signer(&*app.clock);
    nonce.clone_into(&mut signer.nonce);
    app.payment(partner, order, "1.00").signed(&signer)
}

on_both_databases! {
    async fn same_request_works_once(app: TestApp) {
        let partner = app.partner("Shop").await;
        let request = app.payment(&partner, "A-1", "1.00");
        assert_eq!(app.send(request.clone()).await.status, 201);
        assert_used(&app.send(request).await);
    }

    async fn nonce_works_once_whatever_it_signs(app: TestApp) {
        let (partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        let nonce = fresh_nonce();
        assert_eq!(app.send(with_nonce(app, &partner, "A-1", &nonce)).await.status, 201);
        assert_used(&app.send(with_nonce(app, &partner, "A-2", &nonce)).await);
        let mut signer = partner.signer(&*app.clock);
        signer.nonce = nonce.clone();
        let get = app.get("/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb").bearer(&partner.token).signed(&signer);
        assert_used(&app.send(get).await);
        // Another key has nonces of its own.
        assert_eq!(app.send(with_nonce(app, &other, "A-1", &nonce)).await.status, 201);
    }

    async fn signed_reading_uses_its_nonce_up(app: TestApp) {
        let partner = app.partner("Shop").await;
        let path = app.send(app.payment(&partner, "A-1", "1.00")).await.header("location").to_owned();
        let get = app.get(&path).bearer(&partner.token);
        assert_eq!(app.send(get.clone()).await.status, 200);
        let signed = get.signed(&partner.signer(&*app.clock));
        assert_eq!(app.send(signed.clone()).await.status, 200);
        assert_used(&app.send(signed).await);
    }

    async fn nonce_is_not_used_up_by_a_bad_signature(app: TestApp) {
        let partner = app.partner("Shop").await;
        let nonce = fresh_nonce();
        let good = with_nonce(app, &partner, "A-1", &nonce);
        assert_used(&app.send(good.clone().with("idempotency-key", "stolen")).await);
        assert_eq!(app.send(good).await.status, 201);
    }

    async fn of_fifty_at_once_one_wins_on_two_processes(app: TestApp) {
        let partner = app.partner("Shop").await;
        let processes = [Arc::new(app.twin().await), Arc::new(app.twin().await)];
        let mut crowd = JoinSet::new();
        for number in 0..50 {
            let process = Arc::clone(&processes[number % 2]);
            let request = with_nonce(app, &partner, &format!("A-{number}"), "one-nonce-for-all-of-them");
            crowd.spawn(async move { process.send(request).await });
        }
        let answers = crowd.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "{answers:?}");
        answers.iter().filter(|answer| answer.status != 201).for_each(assert_used);
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn nonce_stays_used_after_a_restart_and_to_the_end_of_its_window(app: TestApp) {
        let partner = app.partner("Shop").await;
        let request = app.payment(&partner, "A-1", "1.00");
        assert_eq!(app.send(request.clone()).await.status, 201);
        app.services.drain().await;
        let restarted = app.twin().await;
        assert_used(&restarted.send(request.clone()).await);
        app.clock.advance(300_000);
        let later = app.twin().await;
        assert_used(&later.send(request.clone()).await);
        assert_eq!(app.db.number("SELECT count(*) FROM nonces").await, 1);
        app.clock.advance(1);
        assert_used(&later.send(request).await);
    }
}
