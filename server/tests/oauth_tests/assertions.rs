//! `private_key_jwt`, and the profile that takes nothing else.

use serde_json::{Value, json};

use crate::client::{Key, Shop, assert_refused, encoded};
use crate::support::{Answer, TestApp, fresh_nonce, on_both_databases};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn claims(app: &TestApp, api_key: &str) -> Value {
    json!({
        "iss": api_key, "sub": api_key, "aud": app.url(""), "jti": fresh_nonce(),
        "exp": app.services.clock().now_ms() / 1000 + 60,
    })
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "JWT" })
}

async fn ask(app: &TestApp, assertion: &str) -> Answer {
    let form =
        [("grant_type", "client_credentials"), ("client_assertion_type", JWT_BEARER), ("client_assertion", assertion)];
    app.send(app.post("/oauth/token").form(&encoded(&form))).await
}

on_both_databases! {
    async fn a_registered_key_shows_who_the_client_is(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let assertion = key.sign(&header(), &claims(app, &shop.partner.api_key));
        assert_refused(&ask(app, &assertion).await, "invalid_client");
        key.register(app, &shop.partner).await;
        assert_eq!(ask(app, &key.sign(&header(), &claims(app, &shop.partner.api_key))).await.status, 200);
    }

    async fn an_assertion_works_once(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        key.register(app, &shop.partner).await;
        let twin = app.twin().await;
        let assertion = key.sign(&header(), &claims(app, &shop.partner.api_key));
        assert_eq!(ask(app, &assertion).await.status, 200);
        assert_refused(&ask(app, &assertion).await, "invalid_client");
        assert_refused(&ask(&twin, &assertion).await, "invalid_client");
    }

    async fn an_assertion_with_other_claims_is_refused(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        key.register(app, &shop.partner).await;
        let other = Shop::open(app).await;
        let now_s = app.services.clock().now_ms() / 1000;
        for (member, value) in [
            ("iss", json!(other.partner.api_key)),
            ("sub", json!(other.partner.api_key)),
            ("aud", json!(app.url("/oauth/token"))),
            ("aud", json!([app.url(""), "https://other.example"])),
            ("aud", Value::Null),
            ("exp", json!(now_s - 10)),
            ("exp", json!(now_s + 61 * 60)),
            ("exp", json!((now_s + 60).to_string())),
            ("exp", json!(1.0e18)),
            ("exp", Value::Null),
            ("nbf", json!(now_s + 11)),
            ("nbf", json!("now")),
            ("iat", json!(now_s + 11)),
            ("jti", json!("")),
            ("jti", Value::Null),
        ] {
            let mut claims = claims(app, &shop.partner.api_key);
            claims[member] = value.clone();
            assert_refused(&ask(app, &key.sign(&header(), &claims)).await, "invalid_client");
        }
    }

    async fn an_assertion_of_another_form_is_refused(app: TestApp) {
        let (shop, key, other) = (Shop::open(app).await, Key::generate(), Key::generate());
        key.register(app, &shop.partner).await;
        let api_key = &shop.partner.api_key;
        let good = || claims(app, api_key);
        for header in [
            json!({ "alg": "none" }),
            json!({ "alg": "HS256" }),
            json!({ "alg": "RS256" }),
            json!({ "alg": "ES256", "typ": "at+jwt" }),
            json!({ "alg": "ES256", "crit": ["exp"] }),
        ] {
            assert_refused(&ask(app, &key.sign(&header, &good())).await, "invalid_client");
        }
        // A key that comes along is nobody's registered key.
        let embedded = json!({ "alg": "ES256", "jwk": other.jwk(), "kid": "../../key" });
        assert_refused(&ask(app, &other.sign(&embedded, &good())).await, "invalid_client");
        let doubled = good().to_string().replace("\"iss\"", "\"iss\":\"x\",\"iss\"");
        assert_refused(&ask(app, &key.sign_text(&header().to_string(), &doubled)).await, "invalid_client");
        // Somebody else's key, registered for somebody else.
        let theirs = Shop::open(app).await;
        other.register(app, &theirs.partner).await;
        assert_refused(&ask(app, &other.sign(&header(), &good())).await, "invalid_client");
    }

    async fn fapi_takes_no_secret(app: TestApp) {
        let shop = Shop::fapi(app).await;
        let answer = shop.send("/oauth/token", &[("grant_type", "client_credentials")]).await;
        assert_refused(&answer, "invalid_client");
    }

    async fn fapi_gives_no_unbound_token(app: TestApp) {
        let (shop, key) = (Shop::fapi(app).await, Key::generate());
        key.register(app, &shop.partner).await;
        let answer = ask(app, &key.sign(&header(), &claims(app, &shop.partner.api_key))).await;
        assert_refused(&answer, "invalid_dpop_proof");
    }

    async fn fapi_takes_no_request_that_was_not_pushed(app: TestApp) {
        let shop = Shop::fapi(app).await;
        let answer = shop.authorize(&crate::client::good_request(&shop.partner.api_key)).await;
        assert_eq!(answer.header("location"), "/consent?refused=invalid_request");
    }
}
