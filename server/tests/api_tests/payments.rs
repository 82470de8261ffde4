//! Making and reading payments.

use serde_json::json;

use crate::support::on_both_databases;

/// Every card that fails, with what its payment says.
const FAILING_CARDS: [(&str, &str); 5] = [
    ("card_declined", "declined"),
    ("card_insufficient_funds", "insufficient_funds"),
    ("card_expired", "card_expired"),
    ("card_processing_error", "processing_error"),
    ("card_fraud_suspected", "fraud_suspected"),
];

on_both_databases! {
    async fn payment_by_a_good_card_is_captured(app: TestApp) {
        let partner = app.partner("Shop").await;
        let body = json!({
            "order_id": "A-1001", "amount": "100.00", "currency": "USD", "method": "card_ok",
            "description": "两杯咖啡",
        });
        let answer = app.send(app.payment_of(&partner, "key-1", &body)).await;
        assert_eq!((answer.status, answer.header("content-type")), (201, "application/json"), "{answer:?}");
        let id = answer.text("/id");
        assert!(id.starts_with("pay_01") && id.len() == 30, "{id}");
        let expected = json!({
            "id": id,
            "object": "payment",
            "environment": "sandbox",
            "order_id": "A-1001",
            "amount": "100.00",
            "captured_amount": "100.00",
            "refunded_amount": "0.00",
            "capturable_amount": "0.00",
            "fee_amount": "0.00",
            "currency": "USD",
            "method": "card_ok",
            "payer": null,
            "payee": null,
            "scene": null,
            "capture": "automatic",
            "status": "captured",
            "failure_code": null,
            "next_action": null,
            "next_check_at": null,
            "expires_at": null,
            "return_url": null,
            "description": "两杯咖啡",
            "metadata": {},
            "created_at": "2026-09-21T14:13:20.000Z",
            "updated_at": "2026-09-21T14:13:20.000Z",
        });
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.header("location"), format!("/v1/payments/{id}"));
        assert_eq!(answer.header("idempotent-replayed"), "");
        assert!(answer.header("request-id").starts_with("req_"));

        let read = app.send(app.get(answer.header("location")).bearer(&partner.token)).await;
        assert_eq!(read.status, 200);
        assert_eq!(read.json(), expected);
        app.assert_books_are_whole().await;
    }

    async fn smallest_payment_of_the_documentation_works(app: TestApp) {
        let partner = app.partner("Shop").await;
        let text = r#"{"order_id":"A-1001","amount":"100.00","currency":"USD","method":"card_ok"}"#;
        let answer = app.send(app.payment_text(&partner, "k", text)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        assert!(answer.json()["description"].is_null());
    }

    async fn declined_payment_is_made_and_moves_no_money(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (card, failure) in FAILING_CARDS {
            let body = json!({ "order_id": "A-1", "amount": "5.00", "currency": "USD", "method": card });
            let answer = app.send(app.payment_of(&partner, card, &body)).await;
            assert_eq!(answer.status, 201, "{answer:?}");
            assert_eq!((answer.text("/status"), answer.text("/failure_code")), ("failed".into(), failure.into()));
            assert_eq!(answer.text("/captured_amount"), "0.00");
            let read = app.send(app.get(answer.header("location")).bearer(&partner.token)).await;
            assert_eq!(read.json(), answer.json());
        }
        assert_eq!(app.db.number("SELECT count(*) FROM ledger_entries").await, 0);
        assert_eq!(app.db.number("SELECT count(*) FROM events WHERE type = 'payment.failed'").await, 5);
        app.assert_books_are_whole().await;
    }

    async fn payment_exists_for_its_own_application_only(app: TestApp) {
        let (partner, stranger) = (app.partner("Shop").await, app.partner("Stranger").await);
        let sister = app.application(&partner.member, "Sister").await;
        let path = app.send(app.payment(&partner, "A-1", "1.00")).await.header("location").to_owned();
        for other in [&stranger, &sister] {
            app.send(app.get(&path).bearer(&other.token)).await.assert_problem(404, "not_found");
        }
        let id = path.strip_prefix("/v1/payments/").unwrap();
        for wrong in [
            "pay_01kaemzd2w5n8h9qv7c3r4t6yb".to_owned(),
            id.to_uppercase(),
            id.replace("pay_", "app_"),
            format!("{id}x"),
            "x".to_owned(),
            "%00".to_owned(),
            "..%2f".to_owned(),
            "'%20OR%201=1".to_owned(),
        ] {
            let answer = app.send(app.get(&format!("/v1/payments/{wrong}")).bearer(&partner.token)).await;
            answer.assert_problem(404, "not_found");
        }
    }

    async fn applications_keep_accounts_of_their_own(app: TestApp) {
        let (first, second) = (app.partner("First").await, app.partner("Second").await);
        for order in 0..3 {
            assert_eq!(app.send(app.payment(&first, &format!("A-{order}"), "2.00")).await.status, 201);
            assert_eq!(app.send(app.payment(&second, &format!("A-{order}"), "0.50")).await.status, 201);
        }
        for (partner, cents) in [(&first, 600), (&second, 150)] {
            let sql = format!("SELECT balance_minor FROM accounts WHERE owner = '{}'", partner.application_id);
            assert_eq!(app.db.number(&sql).await, cents);
        }
        app.assert_books_are_whole().await;
    }
}
