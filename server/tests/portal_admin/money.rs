//! The platform's money as administrators see it.

use serde_json::json;

use crate::administrator;
use crate::support::{on_both_databases, until};

on_both_databases! {
    async fn books_of_every_currency_are_shown_with_their_sum_and_what_is_unknown(app: TestApp) {
        let browser = administrator(app).await;
        let empty = browser.get("/admin/money").await;
        empty.assert_shows("No books yet");
        empty.assert_shows("No outcome is unknown");
        let partner = app.partner("Shop").await;
        assert_eq!(app.send(app.payment(&partner, "A-1", "1250.50")).await.status, 201);
        let yen = json!({ "order_id": "A-2", "amount": "300", "currency": "JPY", "method": "card_ok" });
        assert_eq!(app.send(app.payment_of(&partner, "A-2", &yen)).await.status, 201);
        let silent = json!({ "order_id": "A-3", "amount": "7.00", "currency": "USD", "method": "card_timeout_then_ok" });
        let unknown = app.send(app.payment_of(&partner, "A-3", &silent)).await.text("/id");
        let page = browser.get("/admin/money").await;
        for text in ["sandbox USD", "sandbox JPY", "-1,250.50", "Sums to zero", unknown.as_str(), "of at most 4,096"] {
            page.assert_shows(text);
        }
        assert!(!page.html.contains("Does not sum to zero"));
        // A book that somebody broke behind the program's back is told in so many words.
        app.db.execute("UPDATE accounts SET balance_minor = balance_minor + 1 WHERE purpose = 'available' AND currency = 'JPY'").await;
        let broken = browser.get("/admin/money").await;
        broken.assert_shows("A book does not sum to zero");
        broken.assert_shows("<strong>sandbox JPY</strong>");
    }

    async fn movements_of_unknown_outcome_are_shown_until_their_channel_has_answered(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        let ten = json!({ "amount": "10.00", "currency": "USD" });
        assert_eq!(app.send(app.money_call(&partner, "/v1/top_ups", "t1", &ten)).await.status, 201);
        let paid = app.send(app.payment(&partner, "A-1", "5.00")).await.text("/id");
        let silent = |amount: &str| {
            json!({ "amount": amount, "currency": "USD", "sandbox_outcome": "times_out_then_succeeds" })
        };
        let mut refund = silent("3.00");
        refund["payment_id"] = json!(paid);
        let mut unknown = Vec::new();
        for (path, body) in
            [("/v1/withdrawals", silent("2.00")), ("/v1/top_ups", silent("4.00")), ("/v1/refunds", refund)]
        {
            let made = app.send(app.money_call(&partner, path, path, &body)).await;
            assert_eq!(made.text("/status"), "unknown", "{made:?}");
            unknown.push(made.text("/id"));
        }
        let page = browser.get("/admin/money").await;
        for text in ["Unknown outcomes", ">Withdrawal<", ">Top-up<", ">Refund<", "<span class=\"soft small\">Sandbox", "sandbox_bank", "2.00"] {
            page.assert_shows(text);
        }
        for id in &unknown {
            page.assert_shows(&format!("copyable-value\">{id}</code>"));
        }
        assert!(!page.html.contains(&paid) && !page.html.contains("There are more."));
        app.clock.advance(5_000);
        app.services.do_due_work().await.unwrap();
        until(async || browser.get("/admin/money").await.html.contains("No outcome is unknown")).await;
        app.assert_books_are_whole().await;
    }

    async fn sums_larger_than_an_account_are_shown(app: TestApp) {
        let browser = administrator(app).await;
        let partner = app.partner("Shop").await;
        assert_eq!(app.send(app.payment(&partner, "A-1", "1.00")).await.status, 201);
        for number in 0..3 {
            app.db.execute(&format!(
                "INSERT INTO accounts (id, owner, environment, purpose, currency, balance_minor, entry_count, created_at_ms) \
                 VALUES ('x{number}', 'x{number}', 'live', 'wallet', 'USD', {}, 0, 0)", i64::MAX
            )).await;
        }
        browser.get("/admin/money").await.assert_shows("276,701,161,105,643,274.21");
    }
}
