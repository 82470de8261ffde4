//! What a body may be. Each refusal names the field, and nothing is done.

use serde_json::{Value, json};

use crate::support::{Partner, TestApp, on_both_databases};

fn good() -> Value {
    json!({ "order_id": "A-1", "amount": "1.00", "currency": "USD", "method": "card_ok" })
}

fn with(member: &str, value: impl Into<Value>) -> Value {
    let mut body = good();
    body[member] = value.into();
    body
}

/// Sends a signed body and checks that it is refused with this code at this place.
async fn assert_refused(app: &TestApp, partner: &Partner, body: impl Into<Vec<u8>>, code: &str, param: Option<&str>) {
    let body = body.into();
    let shown = String::from_utf8_lossy(&body[..body.len().min(120)]).into_owned();
    let answer = app.send(app.payment_text(partner, "refused", body)).await;
    let status = if code == "body_too_large" { 413 } else { 400 };
    let problem = answer.assert_problem(status, code);
    assert_eq!(problem.get("param").and_then(Value::as_str), param, "{shown} {problem}");
}

async fn assert_nothing_was_done(app: &TestApp) {
    for table in ["payments", "idempotency", "events", "ledger_entries", "accounts", "due_work"] {
        assert_eq!(app.db.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
}

on_both_databases! {
    async fn amount_is_a_text_with_the_decimals_of_its_currency(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (amount, currency) in [
            ("0", "USD"), ("0.00", "USD"), ("-1", "USD"), ("-1.00", "USD"), ("-0", "USD"), ("-0.00", "USD"),
            ("+1.00", "USD"), ("1.001", "USD"), ("1.0", "USD"), ("1", "USD"), ("1e400", "USD"), ("1e2", "USD"),
            ("1.", "USD"), (".50", "USD"), ("01.00", "USD"), (" 1.00", "USD"), ("1.00 ", "USD"), ("", "USD"),
            ("1,000.00", "USD"), ("1_000.00", "USD"), ("NaN", "USD"), ("Infinity", "USD"), ("0x10", "USD"),
            ("１００.００", "USD"), ("١٠٠.٠٠", "USD"), ("一百", "USD"), ("1.00\u{200b}", "USD"),
            ("92233720368547758.07", "USD"), ("92233720368547758.08", "USD"), ("100000000000000000000000.00", "USD"),
            ("1000000000000.01", "USD"), ("100000000000001", "JPY"), ("100000000000.001", "KWD"),
            ("0", "JPY"), ("100.00", "JPY"), ("100.", "JPY"), ("9223372036854775808", "JPY"),
            ("1.00", "KWD"), ("1", "KWD"), ("0.000", "KWD"), ("9223372036854775.808", "KWD"),
        ] {
            let body = json!({ "order_id": "A-1", "amount": amount, "currency": currency, "method": "card_ok" });
            assert_refused(app, &partner, body.to_string(), "amount_invalid", Some("/amount")).await;
        }
        assert_nothing_was_done(app).await;
    }

    async fn card_number_is_refused_wherever_it_stands_and_neither_stored_nor_repeated(app: TestApp) {
        let partner = app.partner("Shop").await;
        const NUMBER: &str = "4111111111111111";
        for (body, param) in [
            (with("order_id", NUMBER), Some("/order_id")),
            (with("description", "4111 1111 1111 1111, thank you"), Some("/description")),
            (with("metadata", json!({ "card": format!("卡号{NUMBER}") })), Some("/metadata/card")),
            (with("metadata", json!({ NUMBER: "mine" })), None),
            (with("unheard_of", json!([[4_111_111_111_111_111_u64]])), Some("/unheard_of/0/0")),
            (with("method", NUMBER), Some("/method")),
        ] {
            assert_refused(app, &partner, body.to_string(), "card_number_refused", param).await;
        }
        let by_key = app.send(app.payment_of(&partner, NUMBER, &good())).await;
        assert!(!by_key.assert_problem(400, "card_number_refused").to_string().contains(NUMBER), "{by_key:?}");
        let searched = app.get(&format!("/v1/payments?order_id={NUMBER}")).bearer(&partner.token);
        app.send(searched).await.assert_problem(400, "card_number_refused");
        assert_nothing_was_done(app).await;
        // A date, a time and a counter are no card number, whatever their check digit.
        let paid = app.send(app.payment_of(&partner, "A-1", &with("order_id", "202611221415300008"))).await;
        assert_eq!(paid.status, 201, "{paid:?}");
    }

    async fn amount_may_be_as_large_as_one_request_may_move(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (amount, currency) in [
            ("1000000000000.00", "USD"), ("0.01", "EUR"), ("100000000000000", "JPY"), ("100000000000.000", "KWD"),
        ] {
            let body = json!({ "order_id": currency, "amount": amount, "currency": currency, "method": "card_ok" });
            let answer = app.send(app.payment_of(&partner, currency, &body)).await;
            assert_eq!((answer.status, answer.text("/captured_amount")), (201, amount.to_owned()), "{answer:?}");
        }
        app.assert_books_are_whole().await;
    }

    async fn every_field_has_its_form(app: TestApp) {
        let partner = app.partner("Shop").await;
        for currency in ["usd", "US", "USDT", "XXX", "XAU", "", "ＵＳＤ"] {
            let body = with("currency", currency).to_string();
            assert_refused(app, &partner, body, "currency_unknown", Some("/currency")).await;
        }
        for method in ["", "card", "CARD_OK", "card_ok ", "card_unheard_of"] {
            assert_refused(app, &partner, with("method", method).to_string(), "method_unknown", Some("/method")).await;
        }
        for order in ["", "a b", "订单", "a\n", &"x".repeat(65)] {
            let body = with("order_id", order).to_string();
            assert_refused(app, &partner, body, "parameter_invalid", Some("/order_id")).await;
        }
        for description in [String::new(), "a\nb".to_owned(), "文".repeat(501)] {
            let body = with("description", description).to_string();
            assert_refused(app, &partner, body, "parameter_invalid", Some("/description")).await;
        }
        for member in ["order_id", "amount", "currency", "method"] {
            let mut body = good();
            body.as_object_mut().unwrap().remove(member);
            let param = format!("/{member}");
            assert_refused(app, &partner, body.to_string(), "parameter_missing", Some(&param)).await;
            for wrong in [json!(1), json!(null), json!(true), json!([]), json!({})] {
                let body = with(member, wrong).to_string();
                assert_refused(app, &partner, body, "parameter_invalid", Some(&param)).await;
            }
        }
        assert_refused(app, &partner, with("amonut", "1.00").to_string(), "parameter_unknown", Some("/amonut")).await;
        assert_refused(app, &partner, with("a/b~c", "1").to_string(), "parameter_unknown", Some("/a~1b~0c")).await;
        assert_nothing_was_done(app).await;
    }

    async fn body_is_one_strict_json_object(app: TestApp) {
        let partner = app.partner("Shop").await;
        let text = good().to_string();
        let twice = text.replace("\"amount\"", "\"amount\":\"9.00\",\"amount\"");
        assert_refused(app, &partner, twice, "body_malformed", Some("/amount")).await;
        let escaped = text.replace("\"amount\"", "\"amount\":\"9.00\",\"am\\u006funt\"");
        assert_refused(app, &partner, escaped, "body_malformed", Some("/amount")).await;
        let mut bom = b"\xEF\xBB\xBF".to_vec();
        bom.extend_from_slice(text.as_bytes());
        assert_refused(app, &partner, bom, "body_malformed", None).await;
        assert_refused(app, &partner, text.replace("A-1", "\u{0}"), "body_malformed", Some("/order_id")).await;
        assert_refused(app, &partner, b"{\"order_id\":\"\xff\"}".to_vec(), "body_malformed", None).await;
        for broken in ["{", "{}x", "{'a':1}", "{\"a\":1,}", "NaN", "// note\n{}", &text[..text.len() - 1]] {
            let answer = app.send(app.payment_text(&partner, "refused", broken)).await;
            answer.assert_problem(400, "body_malformed");
        }
        for other in ["[]", "null", "\"text\"", "1"] {
            assert_refused(app, &partner, other, "parameter_invalid", None).await;
        }
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let answer = app.send(app.payment_text(&partner, "refused", deep)).await;
        answer.assert_problem(400, "body_malformed");
        assert_nothing_was_done(app).await;
    }

    async fn body_is_not_empty(app: TestApp) {
        let partner = app.partner("Shop").await;
        assert_refused(app, &partner, "", "body_malformed", None).await;
    }

    async fn body_larger_than_allowed_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        for bytes in [256 * 1024 + 1, 2 << 20] {
            let large = format!("{}{}", good(), " ".repeat(bytes - good().to_string().len()));
            let answer = app.send(app.payment_text(&partner, "large", large.clone())).await;
            assert!(answer.text("/detail").contains("262144 bytes"), "{answer:?}");
            assert_refused(app, &partner, large, "body_too_large", None).await;
        }
        assert_nothing_was_done(app).await;
        let fits = format!("{}{}", good(), " ".repeat(256 * 1024 - good().to_string().len()));
        assert_eq!(app.send(app.payment_text(&partner, "fits", fits)).await.status, 201);
    }

    async fn media_type_has_to_be_json(app: TestApp) {
        let partner = app.partner("Shop").await;
        for wrong in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", ""] {
            let request = app.payment(&partner, "A-1", "1.00").with("content-type", wrong);
            app.send(request).await.assert_problem(415, "media_type_unsupported");
        }
        let none = app.payment(&partner, "A-1", "1.00").without("content-type");
        app.send(none).await.assert_problem(415, "media_type_unsupported");
        assert_nothing_was_done(app).await;
        let right = app.payment(&partner, "A-1", "1.00").with("content-type", "Application/JSON; charset=utf-8");
        assert_eq!(app.send(right).await.status, 201);
    }
}
