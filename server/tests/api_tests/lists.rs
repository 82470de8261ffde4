//! Lists: pages, filters and what they refuse.

use std::collections::HashSet;

use serde_json::json;

use crate::support::on_both_databases;

/// An id that something under this path might have.
fn path_id(path: &str) -> String {
    let prefix = match path.split('/').nth(2) {
        Some("payments") => "pay",
        Some("refunds") => "rfd",
        Some("transfers") => "trf",
        Some("top_ups") => "top",
        Some("withdrawals") => "wdl",
        _ => "evt",
    };
    format!("{prefix}_01kaemzd2w5n8h9qv7c3r4t6yb")
}

on_both_databases! {
    async fn pages_of_payments_lead_to_the_oldest(app: TestApp) {
        let partner = app.partner("Shop").await;
        let stranger = app.partner("Stranger").await;
        app.send(app.payment(&stranger, "A-0", "1.00")).await;
        for order in 0..5 {
            app.clock.advance(1);
            assert_eq!(app.send(app.payment(&partner, &format!("A-{order}"), "1.00")).await.status, 201);
        }
        let (mut orders, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/payments?limit=2{cursor}");
            let page = app.send(app.get(&path).bearer(&partner.token)).await.json();
            let data = page["data"].as_array().unwrap();
            orders.extend(data.iter().map(|payment| payment["order_id"].as_str().unwrap().to_owned()));
            if page["has_more"] == false {
                assert!(page["next_cursor"].is_null());
                break;
            }
            cursor = format!("&cursor={}", page["next_cursor"].as_str().unwrap());
        }
        assert_eq!(orders, ["A-4", "A-3", "A-2", "A-1", "A-0"]);
    }

    async fn filters_let_through_what_they_name(app: TestApp) {
        let partner = app.partner("Shop").await;
        app.send(app.payment(&partner, "A-1", "1.00")).await;
        let declined = json!({ "order_id": "A-2", "amount": "1.00", "currency": "USD", "method": "card_declined" });
        app.send(app.payment_of(&partner, "k", &declined)).await;
        for (query, count) in [
            ("status=captured", 1),
            ("status=failed&order_id=A-2", 1),
            ("status=failed&order_id=A-1", 0),
            ("created_from=2026-09-21T14:13:20Z", 2),
            ("created_before=2026-09-21T14:13:20Z", 0),
        ] {
            let page = app.send(app.get(&format!("/v1/payments?{query}")).bearer(&partner.token)).await.json();
            assert_eq!(page["data"].as_array().unwrap().len(), count, "{query}");
        }
    }

    async fn rare_ones_are_found_among_many_page_by_page(app: TestApp) {
        let partner = app.partner("Shop").await;
        let stranger = app.partner("Stranger").await;
        let mut declined = Vec::new();
        for number in 0..12 {
            app.clock.advance(1);
            let method = if number % 4 == 1 { "card_declined" } else { "card_ok" };
            let order = format!("A-{number}");
            let body = json!({ "order_id": order, "amount": "1.00", "currency": "USD", "method": method });
            app.send(app.payment_of(&partner, &order, &body)).await;
            app.send(app.payment_of(&stranger, &order, &body)).await;
            declined.extend((method == "card_declined").then_some(order));
        }
        declined.reverse();
        for (path, order) in [
            ("/v1/payments?status=failed", "/order_id"),
            ("/v1/events?type=payment.failed", "/data/object/order_id"),
        ] {
            let (mut orders, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = app.send(app.get(&format!("{path}&limit=1{cursor}")).bearer(&partner.token)).await.json();
                let found = page["data"].as_array().unwrap();
                orders.extend(found.iter().map(|item| item.pointer(order).unwrap().as_str().unwrap().to_owned()));
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(orders, declined, "{path}");
        }
        let refund = app.send(app.get("/v1/refunds?status=failed").bearer(&partner.token)).await.json();
        assert_eq!(refund["data"], json!([]));
    }

    async fn queries_are_read_as_strictly_as_bodies(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (query, param, code) in [
            ("limit=0", "limit", "parameter_invalid"),
            ("limit=101", "limit", "parameter_invalid"),
            ("limit=two", "limit", "parameter_invalid"),
            ("limit=1&limit=2", "limit", "parameter_invalid"),
            ("cursor=x", "cursor", "parameter_invalid"),
            ("status=paid", "status", "parameter_invalid"),
            ("colour=blue", "colour", "parameter_unknown"),
        ] {
            let answer = app.send(app.get(&format!("/v1/payments?{query}")).bearer(&partner.token)).await;
            assert_eq!(answer.assert_problem(400, code)["param"], param, "{query}");
        }
        for (target, param) in [
            ("/v1/events?type=payment.capturd", "type"),
            ("/v1/events?object_id=pay_1", "object_id"),
            ("/v1/ledger_entries?currency=USD&purpose=fees", "purpose"),
            ("/v1/ledger_entries?currency=USD&purpose=wallet", "purpose"),
            ("/v1/ledger_entries?currency=usd", "currency"),
            ("/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb?a=1&a=2", "a"),
        ] {
            let answer = app.send(app.get(target).bearer(&partner.token)).await;
            assert_eq!(answer.assert_problem(400, "parameter_invalid")["param"], param, "{target}");
        }
        let answer = app.send(app.get("/v1/ledger_entries").bearer(&partner.token)).await;
        assert_eq!(answer.assert_problem(400, "parameter_missing")["param"], "currency");
    }

    async fn no_operation_takes_a_parameter_that_the_document_does_not_describe(app: TestApp) {
        let partner = app.partner("Shop").await;
        let document = serde_json::to_value(tallyport_server::api::document()).unwrap();
        let mut refused = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            // An echo tells the query back, whatever it is.
            if !path.starts_with("/v1/") || path == "/v1/echo" {
                continue;
            }
            for method in item.as_object().unwrap().keys().map(|method| method.to_uppercase()) {
                for (query, param) in [("colour=blue", "colour"), ("currency=USD&Limit=1", "Limit"), ("=", "")] {
                    let path = path.replace("{id}", &path_id(path));
                    let request = app.get(&format!("{path}?{query}")).method(&method).bearer(&partner.token);
                    let request = if method == "POST" { request.header("idempotency-key", "k").json_text("{}") } else { request };
                    let answer = app.send(request.signed(&partner.signer(&*app.clock))).await;
                    let problem = answer.assert_problem(400, "parameter_unknown");
                    let known = if path == "/v1/ledger_entries" { "" } else { "currency" };
                    assert!(problem["param"] == param || problem["param"] == known, "{method} {path}?{query}: {problem}");
                    refused += 1;
                }
            }
        }
        assert!(refused >= 60, "{refused}");
        let limited = app.send(app.get("/v1/balances?limit=0&cursor=x").bearer(&partner.token)).await;
        assert_eq!(limited.assert_problem(400, "parameter_unknown")["param"], "limit");
        assert_eq!(app.send(app.get("/v1/balances?").bearer(&partner.token)).await.status, 200);
    }

    async fn lines_of_a_posting_have_ids_of_their_own(app: TestApp) {
        let partner = app.partner("Shop").await;
        let payment = app.send(app.payment(&partner, "A-1", "1.00")).await.text("/id");
        let refund = json!({ "payment_id": payment, "sandbox_outcome": "never_answers" });
        assert_eq!(app.send(app.money_call(&partner, "/v1/refunds", "r", &refund)).await.status, 201);
        let (mut entries, mut cursor) = (Vec::new(), String::new());
        for purpose in ["reserved", "available"] {
            loop {
                let path = format!("/v1/ledger_entries?currency=USD&purpose={purpose}&limit=1{cursor}");
                let page = app.send(app.get(&path).bearer(&partner.token)).await.json();
                entries.push(page["data"][0].clone());
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            cursor.clear();
        }
        let of = |entry: usize, name: &str| entries[entry][name].as_str().unwrap().to_owned();
        assert_eq!(entries.len(), 3, "{entries:?}");
        assert_eq!([0, 1, 2].map(|entry| of(entry, "rule")), ["reserved", "reserved", "captured"]);
        assert_eq!(of(0, "posting_id"), of(1, "posting_id"));
        let ids = HashSet::from([0, 1, 2].map(|entry| of(entry, "id")));
        assert!(ids.len() == 3 && ids.iter().all(|id| id.starts_with("ent_")), "{ids:?}");
        let balance = app.send(app.get("/v1/balances").bearer(&partner.token)).await;
        assert_eq!(balance.text("/data/0/created_at"), of(2, "created_at"));
    }

    async fn events_tell_everything_that_happened_to_an_object(app: TestApp) {
        let partner = app.partner("Shop").await;
        let stranger = app.partner("Stranger").await;
        let payment = app.send(app.payment(&partner, "A-1", "1.00")).await;
        let id = payment.text("/id");
        let refund = json!({ "payment_id": id });
        app.send(app.money_call(&partner, "/v1/refunds", "r", &refund)).await;
        let list = app.send(app.get(&format!("/v1/events?object_id={id}")).bearer(&partner.token)).await.json();
        // Newest first.
        let told: Vec<(i64, String)> = list["data"].as_array().unwrap().iter().rev()
            .map(|event| (event["sequence"].as_i64().unwrap(), event["type"].as_str().unwrap().to_owned()))
            .collect();
        let kinds = ["payment.created", "payment.captured", "payment.refunded"];
        assert_eq!(told, (1..).zip(kinds.map(str::to_owned)).collect::<Vec<_>>());
        let event = list["data"].as_array().unwrap().iter().find(|event| event["sequence"] == 2).unwrap();
        assert_eq!(event["data"]["object"], payment.json());
        assert_eq!(event["object"], "event");
        let path = format!("/v1/events/{}", event["id"].as_str().unwrap());
        assert_eq!(&app.send(app.get(&path).bearer(&partner.token)).await.json(), event);
        app.send(app.get(&path).bearer(&stranger.token)).await.assert_problem(404, "not_found");
        let all = app.send(app.get("/v1/events?type=refund.succeeded").bearer(&partner.token)).await.json();
        assert_eq!(all["data"].as_array().unwrap().len(), 1);
    }
}
