//! Payments that an account holder consented to, made over HTTP with the token that came of it.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::client::{Shop, assert_refused, good_request, parameter, part, test_holder};
use crate::support::{Answer, Request, on_both_databases};

const BAKERY: &str = r#"[{"type":"payment","amount":"30.00","currency":"USD","payee":"bakery"}]"#;

/// The token of a consent to these payments.
async fn consented(shop: &Shop<'_>, details: &str) -> Answer {
    let mut request = good_request(&shop.partner.api_key);
    request.push(("authorization_details".to_owned(), details.to_owned()));
    let answer = shop.authorize(&request).await;
    let handle = answer.header("location").strip_prefix("/consent?request=").unwrap_or_else(|| panic!("{answer:?}"));
    let answer = shop.redeem(&parameter(&shop.approve(handle).await, "code")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer
}

/// Puts fifty dollars into the buyer's wallet.
async fn fill_wallet(shop: &Shop<'_>) {
    let top_up = json!({ "amount": "50.00", "currency": "USD" });
    let transfer = json!({ "to_holder": shop.buyer.id.to_string(), "amount": "50.00", "currency": "USD" });
    for (path, body) in [("/v1/top_ups", top_up), ("/v1/transfers", transfer)] {
        let answer = shop.app.send(shop.app.money_call(&shop.partner, path, "fill", &body)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
}

fn order(number: &str) -> Value {
    json!({ "order_id": number, "amount": "30.00", "currency": "USD", "channel": "holder_wallet", "payee": "bakery" })
}

fn with(number: &str, field: &str, value: &str) -> Value {
    let mut body = order(number);
    body[field] = value.into();
    body
}

fn paying(shop: &Shop<'_>, token: &str, key: &str, body: &Value) -> Request {
    let signed = shop.app.money_call(&shop.partner, "/v1/payments", key, body);
    signed.with("authorization", format!("Bearer {token}"))
}

async fn pay(shop: &Shop<'_>, token: &str, key: &str, body: &Value) -> Answer {
    shop.app.send(paying(shop, token, key, body)).await
}

on_both_databases! {
    async fn exactly_what_was_consented_to_is_paid_from_the_wallet_once(app: TestApp) {
        let shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let answer = consented(&shop, BAKERY).await;
        assert_eq!(answer.json()["authorization_details"][0]["payee"], "bakery");
        let token = answer.text("/access_token");
        assert_eq!(part(&token, 1)["authorization_details"][0]["amount"], "30.00");
        assert!(answer.text("/scope").contains("payments:write"), "what was given is told: {answer:?}");

        for (field, value) in [("amount", "29.99"), ("amount", "30.01"), ("currency", "EUR"), ("payee", "bank")] {
            pay(&shop, &token, "k", &with("A-1", field, value)).await.assert_problem(403, "payment_not_consented");
        }
        let paid = pay(&shop, &token, "k", &order("A-1")).await;
        assert_eq!((paid.status, paid.text("/status")), (201, "captured".to_owned()), "{paid:?}");
        assert_eq!((paid.text("/payer"), paid.text("/payee")), (shop.buyer.id.to_string(), "bakery".to_owned()));
        let again = pay(&shop, &token, "k", &order("A-1")).await;
        assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (paid.body.as_str(), "true"));
        let problem = pay(&shop, &token, "k2", &order("A-2")).await.assert_problem(409, "consent_used");
        assert!(problem["detail"].as_str().unwrap().contains(&paid.text("/id")), "{problem}");
        app.assert_books_are_whole().await;
    }

    async fn a_key_is_the_applications_and_shows_nobody_what_another_paid(app: TestApp) {
        let mut shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let buyers = consented(&shop, BAKERY).await.text("/access_token");
        let paid = pay(&shop, &buyers, "k", &order("A-1")).await;
        assert_eq!(paid.status, 201, "{paid:?}");

        shop.buyer = test_holder(app, &shop.partner, "seller").await;
        let sellers = consented(&shop, BAKERY).await.text("/access_token");
        let other = pay(&shop, &sellers, "k", &order("A-1")).await;
        assert_eq!(other.assert_problem(422, "idempotency_key_reused")["differs"], json!(["/payer"]));
        let own = shop.partner.token.clone();
        pay(&shop, &own, "k", &order("A-1")).await.assert_problem(403, "consent_missing");
        let mut of_card = order("A-1");
        of_card.as_object_mut().unwrap().retain(|field, _| field != "channel" && field != "payee");
        of_card["method"] = "card_ok".into();
        let differs = json!(["/method", "/payer", "/channel", "/payee"]);
        assert_eq!(pay(&shop, &own, "k", &of_card).await.assert_problem(422, "idempotency_key_reused")["differs"], differs);
        let again = pay(&shop, &buyers, "k", &order("A-1")).await;
        assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (paid.body.as_str(), "true"));
    }

    async fn of_sixteen_at_once_on_two_processes_one_pays(app: TestApp) {
        let shop = Shop::open(app).await;
        let processes = [Arc::new(app.twin().await), Arc::new(app.twin().await)];
        fill_wallet(&shop).await;
        let token = consented(&shop, BAKERY).await.text("/access_token");
        let mut all = JoinSet::new();
        for number in 0..16 {
            let request = paying(&shop, &token, &format!("k{number}"), &order(&format!("A-{number}")));
            let process = Arc::clone(&processes[number % 2]);
            all.spawn(async move { process.send(request).await });
        }
        let answers = all.join_all().await;
        let (paid, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
        assert_eq!(paid.len(), 1, "{answers:?}");
        for answer in refused {
            answer.assert_problem(409, "consent_used");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 1);
        app.assert_books_are_whole().await;
    }

    async fn an_empty_wallet_pays_nothing_and_keeps_the_consent(app: TestApp) {
        let shop = Shop::open(app).await;
        let token = consented(&shop, BAKERY).await.text("/access_token");
        pay(&shop, &token, "k", &order("A-1")).await.assert_problem(409, "balance_insufficient");
        fill_wallet(&shop).await;
        assert_eq!(pay(&shop, &token, "k", &order("A-1")).await.status, 201);
        app.assert_books_are_whole().await;
    }

    async fn a_withdrawn_consent_pays_nothing(app: TestApp) {
        let shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let token = consented(&shop, BAKERY).await.text("/access_token");
        let twin = app.twin().await;
        // The other process believes for a moment that the token is good: the lane must not.
        assert_eq!(twin.send(twin.get("/v1/userinfo").bearer(&token)).await.status, 200);
        let grants = app.services.list_grants(&shop.buyer, None, 10).await.unwrap();
        assert!(app.services.withdraw_grant(&shop.buyer, grants[0].grant.id).await.unwrap());
        let late = twin.send(paying(&shop, &token, "k", &order("A-1"))).await;
        let code = late.json()["code"].clone();
        assert!(code == "payment_not_consented" || code == "token_invalid", "{late:?}");
        pay(&shop, &token, "k", &order("A-1")).await.assert_problem(401, "token_invalid");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    }

    async fn without_payment_details_nothing_is_paid(app: TestApp) {
        let shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let token = shop.tokens().await.text("/access_token");
        let card = json!({ "order_id": "A-1", "amount": "30.00", "currency": "USD", "method": "card_ok" });
        for body in [order("A-1"), card.clone()] {
            pay(&shop, &token, "k", &body).await.assert_problem(403, "consent_missing");
        }
        let own = shop.partner.token.clone();
        pay(&shop, &own, "k", &order("A-1")).await.assert_problem(403, "consent_missing");
        let named = pay(&shop, &own, "k", &json!({ "order_id": "A-1", "amount": "30.00", "currency": "USD", "method": "card_ok", "payee": "bakery" })).await;
        assert_eq!(named.assert_problem(400, "account_unknown")["param"], "/payee");
        let consented = consented(&shop, BAKERY).await.text("/access_token");
        assert_eq!(pay(&shop, &consented, "k", &card).await.assert_problem(400, "parameter_invalid")["param"], "/channel");
        for (field, value) in [("capture", "manual"), ("sandbox_outcome", "fails")] {
            let refused = pay(&shop, &consented, "k", &with("A-1", field, value)).await;
            assert_eq!(refused.assert_problem(400, "parameter_invalid")["param"], format!("/{field}"));
        }
        let mut unnamed = order("A-1");
        unnamed.as_object_mut().unwrap().remove("payee");
        assert_eq!(pay(&shop, &consented, "k", &unnamed).await.assert_problem(400, "parameter_missing")["param"], "/payee");
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    }

    async fn a_holders_token_opens_only_what_the_holder_paid(app: TestApp) {
        let shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let others = app.send(app.payment(&shop.partner, "other", "1.00")).await.text("/id");
        let token = consented(&shop, BAKERY).await.text("/access_token");
        let own = pay(&shop, &token, "k", &order("A-1")).await.text("/id");
        let get = async |path: &str| app.send(app.get(path).bearer(&token)).await;
        assert_eq!(get(&format!("/v1/payments/{own}")).await.status, 200);
        get(&format!("/v1/payments/{others}")).await.assert_problem(404, "not_found");
        for path in ["/v1/payments", "/v1/refunds", "/v1/balances", "/v1/events", "/v1/ledger_entries?currency=USD"] {
            get(path).await.assert_problem(403, "scope_missing");
        }
        for (path, body) in [
            (format!("/v1/payments/{own}/cancel"), json!({})),
            (format!("/v1/payments/{others}/capture"), json!({})),
            ("/v1/refunds".to_owned(), json!({ "payment_id": own })),
            ("/v1/withdrawals".to_owned(), json!({ "amount": "1.00", "currency": "USD" })),
        ] {
            let call = app.money_call(&shop.partner, &path, "k9", &body);
            app.send(call.with("authorization", format!("Bearer {token}"))).await.assert_problem(403, "scope_missing");
        }
    }

    async fn a_refund_goes_back_into_the_wallet(app: TestApp) {
        let shop = Shop::open(app).await;
        fill_wallet(&shop).await;
        let two = BAKERY.replace("}]", "},{\"type\":\"payment\",\"amount\":\"50.00\",\"currency\":\"USD\",\"payee\":\"bakery\"}]");
        let token = consented(&shop, &two).await.text("/access_token");
        let paid = pay(&shop, &token, "k1", &order("A-1")).await.text("/id");
        pay(&shop, &token, "k2", &with("A-2", "amount", "50.00")).await.assert_problem(409, "balance_insufficient");
        let refund = app.send(app.money_call(&shop.partner, "/v1/refunds", "r1", &json!({ "payment_id": paid }))).await;
        assert_eq!(refund.text("/status"), "succeeded", "{refund:?}");
        assert_eq!(pay(&shop, &token, "k2", &with("A-2", "amount", "50.00")).await.status, 201);
        app.assert_books_are_whole().await;
    }

    async fn only_scopes_that_are_a_holders_to_give_are_asked_for(app: TestApp) {
        let shop = Shop::open(app).await;
        for scope in ["payments:write", "openid refunds:write", "transfers:write", "accounts:read"] {
            let begun = shop.send("/oauth/device_authorization", &[("scope", scope)]).await;
            assert_refused(&begun, "invalid_scope");
        }
        let begun = shop.send("/oauth/device_authorization", &[("authorization_details", BAKERY)]).await;
        assert_eq!(begun.status, 200, "{begun:?}");
    }

    async fn money_reaches_wallets_of_its_own_test_holders_only(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        fill_wallet(&shop).await;
        let to = |holder: &str| json!({ "to_holder": holder, "amount": "1.00", "currency": "USD" });
        for (holder, code) in [
            (other.buyer.id.to_string(), "account_unknown"),
            ("hld_01kaemzd2w5n8h9qv7c3r4t6yb".to_owned(), "account_unknown"),
            ("acct_01kaemzd2w5n8h9qv7c3r4t6yb".to_owned(), "account_unknown"),
        ] {
            let refused = app.send(app.money_call(&shop.partner, "/v1/transfers", "k", &to(&holder))).await;
            assert_eq!(refused.assert_problem(400, code)["param"], "/to_holder");
        }
        let mut both = to(&shop.buyer.id.to_string());
        both["to_account"] = "acct_01kaemzd2w5n8h9qv7c3r4t6yb".into();
        app.send(app.money_call(&shop.partner, "/v1/transfers", "k", &both)).await.assert_problem(400, "parameter_invalid");
    }
}
