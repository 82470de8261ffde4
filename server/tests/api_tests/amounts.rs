//! Amounts that are none, of every call that takes one: each is refused by name, with the field, and
//! nothing is done.

use serde_json::{Value, json};

use crate::support::{Answer, Partner, TestApp, on_both_databases};

/// Texts that are no amount of their currency.
const NO_AMOUNTS: [(&str, &str); 36] = [
    ("0", "USD"),
    ("0.00", "USD"),
    ("0", "JPY"),
    ("-1", "USD"),
    ("-1.00", "USD"),
    ("-0", "JPY"),
    ("-0.00", "USD"),
    ("+1.00", "USD"),
    ("1", "USD"),
    ("1.0", "USD"),
    ("1.001", "USD"),
    ("1e400", "USD"),
    ("1E2", "JPY"),
    ("1.00e2", "USD"),
    ("92233720368547758.07", "USD"),
    ("92233720368547758.08", "USD"),
    ("9223372036854775807", "JPY"),
    ("9223372036854775808", "JPY"),
    ("99999999999999999999999999999999999999999999.99", "USD"),
    ("１００", "JPY"),
    ("１.００", "USD"),
    ("٣", "JPY"),
    ("100.00", "JPY"),
    ("100.", "JPY"),
    ("1.00", "KWD"),
    ("1.0000", "KWD"),
    ("", "USD"),
    (".", "USD"),
    (".50", "USD"),
    ("1.", "USD"),
    ("01.00", "USD"),
    ("1,000.00", "USD"),
    (" 1.00", "USD"),
    ("1.00\\n", "USD"),
    ("NaN", "USD"),
    ("0x10", "JPY"),
];
/// What is not even a text, as it stands in the body.
const NO_TEXTS: [&str; 11] = [
    "0",
    "-1",
    "-0",
    "1.001",
    "1e400",
    "9223372036854775807",
    "9223372036854775808",
    "100",
    "true",
    "[\"1.00\"]",
    "{}",
];
const NO_CURRENCIES: [&str; 9] = ["XYZ", "XAU", "XXX", "usd", "US", "USDT", "", "ＵＳＤ", "USD "];
/// After so many calls a second passes, so that no limit is met.
const CALLS_PER_SECOND: usize = 20;

/// The calls that take an amount, with what stands before it in the body.
struct Calls {
    partner: Partner,
    paths: Vec<(String, Value)>,
}

impl Calls {
    async fn new(app: &TestApp) -> Self {
        let partner = app.partner("Shop").await;
        let manual =
            json!({ "order_id": "H", "amount": "10.00", "currency": "USD", "method": "card_ok", "capture": "manual" });
        let held = app.send(app.payment_of(&partner, "H", &manual)).await.text("/id");
        let paid = app.send(app.payment(&partner, "P", "10.00")).await.text("/id");
        let account = app.send(app.get("/v1/balances").bearer(&partner.token)).await.text("/data/0/id");
        let paths = vec![
            ("/v1/payments".to_owned(), json!({ "order_id": "N", "method": "card_ok" })),
            (format!("/v1/payments/{held}/capture"), json!({})),
            ("/v1/refunds".to_owned(), json!({ "payment_id": paid })),
            ("/v1/transfers".to_owned(), json!({ "to_account": account })),
            ("/v1/top_ups".to_owned(), json!({})),
            ("/v1/withdrawals".to_owned(), json!({})),
        ];
        Self { partner, paths }
    }

    /// Sends the body with this amount, as it stands there, and this currency.
    async fn send(&self, app: &TestApp, (path, before): &(String, Value), amount: &str, currency: &str) -> Answer {
        let mut body = before.to_string();
        body.pop();
        let comma = if body.len() > 1 { "," } else { "" };
        let body = format!("{body}{comma}\"amount\":{amount},\"currency\":\"{currency}\"}}");
        let request = app.post(path).bearer(&self.partner.token).header("idempotency-key", "k").json_text(body);
        app.send(request.signed(&self.partner.signer(&*app.clock))).await
    }

    async fn refuse(&self, app: &TestApp, amount: &str, currency: &str, code: &str, param: &str) {
        for call in &self.paths {
            let refused = self.send(app, call, amount, currency).await;
            let problem = refused.assert_problem(400, code);
            assert_eq!(problem["param"], param, "{} {amount} {currency}: {problem}", call.0);
        }
    }
}

/// The balance of an account that can take a hundred minor units and no more.
const ALMOST_FULL: i64 = i64::MAX - 100;

async fn fill(app: &TestApp, condition: &str) {
    let fill = format!("UPDATE accounts SET balance_minor = {ALMOST_FULL} WHERE {condition}");
    app.db.execute(&fill).await;
}

#[track_caller]
fn assert_full(refused: &Answer) {
    let problem = refused.assert_problem(409, "account_limit_reached");
    assert_eq!(problem["param"], "/amount", "{problem}");
}

on_both_databases! {
    async fn what_is_no_amount_is_refused_by_name_and_nothing_is_done(app: TestApp) {
        let calls = Calls::new(app).await;
        let entries = app.db.number("SELECT count(*) FROM ledger_entries").await;
        let texts = NO_AMOUNTS.map(|(amount, currency)| (format!("\"{amount}\""), currency, "amount_invalid", "/amount"));
        let others = NO_TEXTS.map(|amount| (amount.to_owned(), "USD", "parameter_invalid", "/amount"));
        let currencies = NO_CURRENCIES.map(|code| ("\"1.00\"".to_owned(), code, "currency_unknown", "/currency"));
        let all = texts.into_iter().chain(others).chain(currencies);
        for (number, (amount, currency, code, param)) in all.enumerate() {
            if number % (CALLS_PER_SECOND / calls.paths.len()) == 0 {
                app.clock.advance(1_000);
            }
            calls.refuse(app, &amount, currency, code, param).await;
        }
        assert_eq!(app.db.number("SELECT count(*) FROM ledger_entries").await, entries);
        assert_eq!(app.db.number("SELECT count(*) FROM payments WHERE order_id = 'N'").await, 0);
        assert_eq!(app.db.number("SELECT count(*) FROM movements").await, 0);
        // The key was not used up by any of them.
        app.clock.advance(1_000);
        let made = calls.send(app, &calls.paths[0], "\"1.00\"", "USD").await;
        assert_eq!(made.status, 201, "{made:?}");
        app.assert_books_are_whole().await;
    }

    async fn sum_that_an_account_cannot_hold_is_refused_by_name_whoever_adds_to_it(app: TestApp) {
        let (partner, friend) = (app.partner("Shop").await, app.partner("Friend").await);
        let manual = json!({ "order_id": "H", "amount": "10.00", "currency": "USD", "method": "card_ok", "capture": "manual" });
        let held = app.send(app.payment_of(&partner, "H", &manual)).await.text("/id");
        let paid = app.send(app.payment(&partner, "P", "10.00")).await.text("/id");
        let dollars = |amount: &str| json!({ "amount": amount, "currency": "USD" });
        assert_eq!(app.send(app.money_call(&friend, "/v1/top_ups", "t0", &dollars("1.00"))).await.status, 201);
        assert_eq!(app.send(app.money_call(&partner, "/v1/withdrawals", "w0", &dollars("1.00"))).await.status, 201);

        fill(app, &format!("purpose = 'available' AND owner = '{}'", friend.application_id)).await;
        let friends = app.send(app.get("/v1/balances").bearer(&friend.token)).await.text("/data/0/id");
        let to_friend = json!({ "to_account": friends, "amount": "1.01", "currency": "USD" });
        assert_full(&app.send(app.money_call(&partner, "/v1/transfers", "f1", &to_friend)).await);
        assert_full(&app.send(app.payment(&friend, "F", "1.01")).await);
        assert_full(&app.send(app.money_call(&friend, "/v1/top_ups", "t1", &dollars("1.01"))).await);

        fill(app, &format!("purpose = 'reserved' AND owner = '{}'", partner.application_id)).await;
        let refund = json!({ "payment_id": paid, "amount": "1.01", "currency": "USD" });
        assert_full(&app.send(app.money_call(&partner, "/v1/refunds", "r1", &refund)).await);
        assert_full(&app.send(app.money_call(&partner, "/v1/withdrawals", "w1", &dollars("1.01"))).await);

        fill(app, &format!("purpose = 'available' AND owner = '{}'", partner.application_id)).await;
        let capture = app.money_call(&partner, &format!("/v1/payments/{held}/capture"), "c1", &dollars("1.01"));
        assert_full(&app.send(capture).await);
        // What fits exactly is taken.
        let exactly = app.money_call(&partner, &format!("/v1/payments/{held}/capture"), "c2", &dollars("1.00"));
        assert_eq!(app.send(exactly).await.text("/captured_amount"), "1.00");
    }
}
