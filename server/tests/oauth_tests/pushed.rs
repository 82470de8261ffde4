//! Pushed requests, and signed request objects in them.

use serde_json::{Value, json};

use crate::client::{Key, Shop, assert_refused, encoded, good_request, parameter};
use crate::support::{Answer, on_both_databases};

async fn push(shop: &Shop<'_>, parameters: &[(String, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (&**name, &**value)).collect();
    shop.send("/oauth/par", &pairs).await
}

async fn visit(shop: &Shop<'_>, api_key: &str, request_uri: &str) -> String {
    let query = encoded(&[("client_id", api_key), ("request_uri", request_uri)]);
    shop.app.send(shop.app.get(&format!("/oauth/authorize?{query}"))).await.header("location").to_owned()
}

/// The good request as the claims of a request object.
fn object(shop: &Shop<'_>) -> Value {
    let api_key = &shop.partner.api_key;
    let mut claims: Value = good_request(api_key).into_iter().map(|(name, value)| (name, json!(value))).collect();
    let now_s = shop.app.services.clock().now_ms() / 1000;
    claims["iss"] = json!(api_key);
    claims["aud"] = json!(shop.app.url(""));
    claims["nbf"] = json!(now_s);
    claims["exp"] = json!(now_s + 300);
    claims
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "oauth-authz-req+jwt" })
}

on_both_databases! {
    async fn a_pushed_request_is_opened_once_by_its_client(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let answer = push(&shop, &good_request(&shop.partner.api_key)).await;
        assert_eq!((answer.status, answer.json()["expires_in"].clone()), (201, json!(90)), "{answer:?}");
        let request_uri = answer.text("/request_uri");
        let refused = "/consent?refused=invalid_request_uri";
        assert_eq!(visit(&shop, &other.partner.api_key, &request_uri).await, refused);
        assert_eq!(visit(&shop, &shop.partner.api_key, &format!("{request_uri}x")).await, refused);
        let page = visit(&shop, &shop.partner.api_key, &request_uri).await;
        let handle = page.strip_prefix("/consent?request=").unwrap();
        assert_eq!(visit(&shop, &shop.partner.api_key, &request_uri).await, refused);
        let code = parameter(&shop.approve(handle).await, "code");
        assert_eq!(shop.redeem(&code).await.status, 200);
    }

    async fn a_pushed_request_waits_for_ninety_seconds(app: TestApp) {
        let shop = Shop::open(app).await;
        let request_uri = push(&shop, &good_request(&shop.partner.api_key)).await.text("/request_uri");
        app.clock.advance(90_000);
        let page = visit(&shop, &shop.partner.api_key, &request_uri).await;
        assert_eq!(page, "/consent?refused=invalid_request_uri");
    }

    async fn pushing_tells_the_client_what_is_wrong(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let with = |name: &str, value: &str| {
            let mut request = good_request(&shop.partner.api_key);
            request.retain(|(own, _)| own != name);
            request.push((name.to_owned(), value.to_owned()));
            request
        };
        for (name, value, error) in [
            ("redirect_uri", "https://evil.example/callback", "invalid_request"),
            ("client_id", &*other.partner.api_key, "invalid_request"),
            ("request_uri", "urn:x", "invalid_request"),
            ("scope", "admin", "invalid_scope"),
            ("code_challenge_method", "plain", "invalid_request"),
            ("request", "a.b.c", "invalid_request_object"),
        ] {
            assert_refused(&push(&shop, &with(name, value)).await, error);
        }
        let nobody = app.post("/oauth/par").form("response_type=code");
        assert_refused(&app.send(nobody).await, "invalid_client");
    }

    async fn only_what_stands_in_the_signed_object_counts(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        key.register(app, &shop.partner).await;
        let signed = key.sign(&header(), &object(&shop));
        let answer = shop.send("/oauth/par", &[("request", &signed), ("scope", "payments:write")]).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let page = visit(&shop, &shop.partner.api_key, &answer.text("/request_uri")).await;
        let handle = page.strip_prefix("/consent?request=").unwrap();
        let question = app.services.find_question(handle).await.unwrap().unwrap();
        assert_eq!(question.scopes.to_string(), "openid profile offline_access payments:read");
    }

    async fn a_signed_object_that_is_not_good_is_refused(app: TestApp) {
        let (shop, key, other) = (Shop::open(app).await, Key::generate(), Key::generate());
        key.register(app, &shop.partner).await;
        let now_s = app.services.clock().now_ms() / 1000;
        let mut wrong = vec![other.sign(&header(), &object(&shop))];
        for (member, value) in [
            ("iss", json!("somebody")),
            ("client_id", json!("somebody")),
            ("aud", json!("https://other.example")),
            ("exp", json!(now_s - 10)),
            ("exp", json!(now_s + 3_700)),
            ("exp", Value::Null),
            ("nbf", json!(now_s + 60)),
            ("request", json!("a.b.c")),
        ] {
            let mut claims = object(&shop);
            claims[member] = value;
            wrong.push(key.sign(&header(), &claims));
        }
        wrong.push(key.sign(&json!({ "alg": "none" }), &object(&shop)));
        wrong.push(key.sign(&json!({ "alg": "ES256", "typ": "at+jwt" }), &object(&shop)));
        for signed in wrong {
            assert_refused(&shop.send("/oauth/par", &[("request", &signed)]).await, "invalid_request_object");
        }
    }
}
