//! Proof of possession: a bound token is good with a fresh proof of its key and with nothing else.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tallyport_domain::Environment;
use tallyport_service::authorization::ClientSettings;

use crate::client::{Key, Shop, assert_refused, code_form, part};
use crate::support::{Answer, TestApp, fresh_nonce, on_both_databases};

/// The claims of a proof that is good right now.
fn claims(app: &TestApp, method: &str, path: &str, token: Option<&str>) -> Value {
    let mut claims = json!({
        "htm": method, "htu": app.url(path), "jti": fresh_nonce(), "iat": app.services.clock().now_ms() / 1000,
    });
    if let Some(token) = token {
        claims["ath"] = URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes())).into();
    }
    claims
}

fn header(key: &Key) -> Value {
    json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk() })
}

async fn bound_token(shop: &Shop<'_>, key: &Key) -> Answer {
    let code = shop.code().await;
    let proof = key.sign(&header(key), &claims(shop.app, "POST", "/oauth/token", None));
    shop.app.send(shop.post("/oauth/token", &code_form(&code)).header("dpop", proof)).await
}

async fn call(app: &TestApp, token: &str, proof: &str) -> Answer {
    app.send(app.get("/v1/userinfo").header("authorization", format!("DPoP {token}")).header("dpop", proof)).await
}

on_both_databases! {
    async fn a_bound_token_calls_with_its_key(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let answer = bound_token(&shop, &key).await;
        assert_eq!((answer.status, answer.text("/token_type").as_str()), (200, "DPoP"), "{answer:?}");
        assert!(!answer.header("dpop-nonce").is_empty());
        let token = answer.text("/access_token");
        assert_eq!(part(&token, 1)["cnf"]["jkt"], key.thumbprint());
        let proof = key.sign(&header(&key), &claims(app, "GET", "/v1/userinfo", Some(&token)));
        assert_eq!(call(app, &token, &proof).await.status, 200);
    }

    async fn a_bound_token_is_no_bearer_token_and_the_other_way_round(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let token = bound_token(&shop, &key).await.text("/access_token");
        shop.userinfo(&token).await.assert_problem(401, "token_invalid");
        let without = app.get("/v1/userinfo").header("authorization", format!("DPoP {token}"));
        app.send(without).await.assert_problem(401, "authentication_required");
        let unbound = shop.tokens().await.text("/access_token");
        let proof = key.sign(&header(&key), &claims(app, "GET", "/v1/userinfo", Some(&unbound)));
        call(app, &unbound, &proof).await.assert_problem(401, "token_invalid");
    }

    async fn a_proof_for_something_else_is_refused(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let token = bound_token(&shop, &key).await.text("/access_token");
        let now_s = app.services.clock().now_ms() / 1000;
        let good = || claims(app, "GET", "/v1/userinfo", Some(&token));
        for (member, value) in [
            ("htm", json!("POST")),
            ("htm", json!("get")),
            ("htu", json!(app.url("/v1/payments"))),
            ("htu", json!("https://other.example/v1/userinfo")),
            ("htu", Value::Null),
            ("ath", json!("another")),
            ("ath", Value::Null),
            ("jti", json!("")),
            ("jti", json!("j".repeat(129))),
            ("jti", Value::Null),
            ("iat", json!(now_s - 61)),
            ("iat", json!(now_s + 11)),
            ("iat", json!(now_s.to_string())),
            ("iat", json!(1.5)),
            ("iat", Value::Null),
            ("nonce", json!("made up")),
        ] {
            let mut claims = good();
            claims[member] = value.clone();
            let answer = call(app, &token, &key.sign(&header(&key), &claims)).await;
            assert_eq!(answer.status, 401, "{member} {value}");
        }
        for edge in [now_s - 60, now_s + 10] {
            let mut claims = good();
            claims["iat"] = edge.into();
            assert_eq!(call(app, &token, &key.sign(&header(&key), &claims)).await.status, 200, "{edge}");
        }
    }

    async fn a_proof_of_another_form_is_refused(app: TestApp) {
        let (shop, key, other) = (Shop::open(app).await, Key::generate(), Key::generate());
        let token = bound_token(&shop, &key).await.text("/access_token");
        let claims = || claims(app, "GET", "/v1/userinfo", Some(&token));
        let with = |member: &str, value: Value| {
            let mut header = header(&key);
            header[member] = value;
            key.sign(&header, &claims())
        };
        let mut private = key.jwk();
        private["d"] = "AA".into();
        for proof in [
            with("typ", json!("JWT")),
            with("alg", json!("none")),
            with("alg", json!("HS256")),
            with("crit", json!(["exp"])),
            with("jwk", other.jwk()),
            with("jwk", private),
            with("jwk", json!({ "kty": "oct", "k": "AA" })),
            other.sign(&header(&other), &claims()),
            other.sign(&header(&key), &claims()),
            "a.b.c".to_owned(),
        ] {
            assert_eq!(call(app, &token, &proof).await.status, 401, "{proof}");
        }
    }

    async fn a_proof_is_used_once_on_all_processes(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let twin = app.twin().await;
        let token = bound_token(&shop, &key).await.text("/access_token");
        let proof = key.sign(&header(&key), &claims(app, "GET", "/v1/userinfo", Some(&token)));
        assert_eq!(call(app, &token, &proof).await.status, 200);
        assert_eq!(call(app, &token, &proof).await.status, 401);
        assert_eq!(call(&twin, &token, &proof).await.status, 401);
    }

    async fn a_client_may_demand_the_servers_nonce(app: TestApp) {
        let settings = ClientSettings { demands_dpop_nonce: true, ..ClientSettings::default() };
        let (shop, key) = (Shop::with(app, settings).await, Key::generate());
        let answer = bound_token(&shop, &key).await;
        assert_refused(&answer, "use_dpop_nonce");
        let nonce = answer.header("dpop-nonce").to_owned();
        let code = shop.code().await;
        let send = async |nonce: &str| {
            let mut claims = claims(app, "POST", "/oauth/token", None);
            claims["nonce"] = nonce.into();
            let proof = key.sign(&header(&key), &claims);
            app.send(shop.post("/oauth/token", &code_form(&code)).header("dpop", proof)).await
        };
        assert_refused(&send("made up").await, "use_dpop_nonce");
        assert_eq!(send(&nonce).await.status, 200);
        app.clock.advance(5 * 60 * 1000 + 1);
        assert_refused(&send(&nonce).await, "use_dpop_nonce");
    }

    async fn a_call_is_told_what_its_proof_lacks(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let token = bound_token(&shop, &key).await.text("/access_token");
        let proof = key.sign(&header(&key), &claims(app, "POST", "/v1/userinfo", Some(&token)));
        let refused = call(app, &token, &proof).await;
        refused.assert_problem(401, "token_invalid");
        assert_eq!(refused.header("www-authenticate"), "DPoP error=\"invalid_dpop_proof\"");
        let other = Key::generate();
        let proof = other.sign(&header(&other), &claims(app, "GET", "/v1/userinfo", Some(&token)));
        assert_eq!(call(app, &token, &proof).await.header("www-authenticate"), "DPoP error=\"invalid_token\"");

        let settings = ClientSettings { demands_dpop_nonce: true, ..ClientSettings::default() };
        let (member, id) = (&shop.partner.member, shop.partner.application_id);
        app.services.save_client_settings(member, id, Environment::Sandbox, &settings).await.unwrap();
        let proof = key.sign(&header(&key), &claims(app, "GET", "/v1/userinfo", Some(&token)));
        let asked = call(app, &token, &proof).await;
        asked.assert_problem(401, "token_invalid");
        assert_eq!(asked.header("www-authenticate"), "DPoP error=\"use_dpop_nonce\"");
        let mut claims = claims(app, "GET", "/v1/userinfo", Some(&token));
        claims["nonce"] = asked.header("dpop-nonce").into();
        assert_eq!(call(app, &token, &key.sign(&header(&key), &claims)).await.status, 200);
    }

    async fn a_call_beyond_the_scope_is_told_so_in_the_scheme_that_it_used(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let proof = key.sign(&header(&key), &claims(app, "POST", "/oauth/token", None));
        let form = [("grant_type", "client_credentials"), ("scope", "payments:read")];
        let own = app.send(shop.post("/oauth/token", &form).header("dpop", proof)).await.text("/access_token");
        let proof = key.sign(&header(&key), &claims(app, "GET", "/v1/userinfo", Some(&own)));
        let refused = call(app, &own, &proof).await;
        refused.assert_problem(403, "scope_missing");
        assert_eq!(refused.header("www-authenticate"), "DPoP error=\"insufficient_scope\"");
        let bearer = shop.partner.token_for(&app.services, Some("payments:read")).await;
        let refused = shop.userinfo(&bearer).await;
        refused.assert_problem(403, "scope_missing");
        assert_eq!(refused.header("www-authenticate"), "Bearer error=\"insufficient_scope\"");
        // As a bearer's, a bound token is refused as a bearer's.
        assert_eq!(shop.userinfo(&own).await.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }

    async fn a_code_that_was_announced_for_a_key_needs_that_key(app: TestApp) {
        let (shop, key) = (Shop::open(app).await, Key::generate());
        let mut request = crate::client::good_request(&shop.partner.api_key);
        request.push(("dpop_jkt".to_owned(), key.thumbprint()));
        let answer = shop.authorize(&request).await;
        let handle = answer.header("location").strip_prefix("/consent?request=").unwrap();
        let code = crate::client::parameter(&shop.approve(handle).await, "code");
        assert_refused(&shop.redeem(&code).await, "invalid_grant");
        let proof = key.sign(&header(&key), &claims(app, "POST", "/oauth/token", None));
        let bound = app.send(shop.post("/oauth/token", &code_form(&code)).header("dpop", proof)).await;
        assert_eq!(bound.status, 200, "{bound:?}");
    }
}
