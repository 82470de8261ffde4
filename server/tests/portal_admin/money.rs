//! The platform's money as administrators see it.

use serde_json::json;

use crate::administrator;
use crate::support::on_both_databases;

on_both_databases! {
    async fn books_of_every_currency_are_shown_with_their_sum_and_what_is_unknown(app: TestApp) {
        let browser = administrator(app).await;
        let empty = browser.get("/admin/money").await;
        empty.assert_shows("No books yet");
        empty.assert_shows("No payment is unknown");
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
