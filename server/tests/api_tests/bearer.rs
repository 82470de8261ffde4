//! Access tokens at the API's door. A call that is let in finds no payment (404); any other is 401.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::forge::{Forge, claims, unsigned};
use crate::support::{Answer, Request, TestApp, on_both_databases};

const NOWHERE: &str = "/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb";

fn call(app: &TestApp) -> Request {
    app.get(NOWHERE)
}

pub(crate) async fn call_with(app: &TestApp, token: &str) -> Answer {
    app.send(call(app).bearer(token)).await
}

#[track_caller]
pub(crate) fn assert_let_in(answer: &Answer) {
    answer.assert_problem(404, "not_found");
}

#[track_caller]
pub(crate) fn assert_refused(answer: &Answer) {
    answer.assert_problem(401, "token_invalid");
    assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
}

fn changed(mut value: Value, member: &str, to: impl Into<Value>) -> Value {
    value[member] = to.into();
    value
}

fn removed(mut value: Value, member: &str) -> Value {
    value.as_object_mut().unwrap().remove(member);
    value
}

on_both_databases! {
    async fn call_without_a_token_is_told_to_bring_one(app: TestApp) {
        let partner = app.partner("Shop").await;
        for request in [
            call(app),
            call(app).basic(&partner.api_key, &partner.api_secret),
            call(app).header("authorization", "Bearer"),
            call(app).header("authorization", format!("DPoP {}", partner.token)),
            app.get(&format!("{NOWHERE}?access_token={}", partner.token)),
        ] {
            let answer = app.send(request).await;
            answer.assert_problem(401, "authentication_required");
            let challenges: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
            assert_eq!(challenges, ["Bearer", "DPoP algs=\"ES256 PS256 EdDSA RS256\""]);
        }
    }

    async fn token_is_let_in_and_anything_else_is_not(app: TestApp) {
        let partner = app.partner("Shop").await;
        assert_let_in(&call_with(app, &partner.token).await);
        assert_let_in(&app.send(call(app).header("authorization", format!("bearer  {}", partner.token))).await);
        let cut = &partner.token[..partner.token.len() - 1];
        let other_bit = format!("{cut}{}", if partner.token.ends_with('A') { 'Q' } else { 'A' });
        for garbage in ["x", "a.b.c", "..", cut, &other_bit, &partner.api_secret, &"x".repeat(5_000)] {
            assert_refused(&call_with(app, garbage).await);
        }
        assert_refused(&app.send(call(app).bearer(&partner.token).bearer(&partner.token)).await);
    }

    async fn token_of_no_or_another_algorithm_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let forge = Forge::with_platform_key(app).await;
        let claims = claims(&partner);
        assert_let_in(&call_with(app, &forge.token(&forge.header(), &claims)).await);

        for alg in ["none", "None", "NONE"] {
            let text = unsigned(&changed(forge.header(), "alg", alg), &claims);
            assert_refused(&call_with(app, &format!("{text}.")).await);
            assert_refused(&call_with(app, &text).await);
        }
        let symmetric = unsigned(&changed(forge.header(), "alg", "HS256"), &claims);
        for secret in [forge.public_point(), forge.jwk().to_string().into_bytes()] {
            let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), symmetric.as_bytes());
            assert_refused(&call_with(app, &format!("{symmetric}.{}", URL_SAFE_NO_PAD.encode(mac.as_ref()))).await);
        }
        for alg in ["ES384", "RS256", "PS256", "EdDSA", "es256"] {
            assert_refused(&call_with(app, &forge.token(&changed(forge.header(), "alg", alg), &claims)).await);
        }
    }

    async fn key_is_the_platforms_and_named_by_kid(app: TestApp) {
        let partner = app.partner("Shop").await;
        let (platform, own) = (Forge::with_platform_key(app).await, Forge::with_own_key(app).await);
        let claims = claims(&partner);
        assert_refused(&call_with(app, &own.token(&own.header(), &claims)).await);
        // A key that comes along in the token is never used.
        assert_refused(&call_with(app, &own.token(&changed(own.header(), "jwk", own.jwk()), &claims)).await);
        let without_kid = changed(removed(own.header(), "kid"), "jwk", own.jwk());
        assert_refused(&call_with(app, &own.token(&without_kid, &claims)).await);
        assert_refused(&call_with(app, &own.token(&changed(own.header(), "jku", app.url("/keys")), &claims)).await);

        assert_refused(&call_with(app, &platform.token(&removed(platform.header(), "kid"), &claims)).await);
        for kid in ["key_01kaemzd2w5n8h9qv7c3r4t6yb", "", "../../dev/null", &partner.api_key] {
            assert_refused(&call_with(app, &platform.token(&changed(platform.header(), "kid", kid), &claims)).await);
        }
    }

    async fn token_of_another_type_or_for_somebody_else_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let forge = Forge::with_platform_key(app).await;
        let good = claims(&partner);
        for typ in ["JWT", "at", "", "dpop+jwt"] {
            assert_refused(&call_with(app, &forge.token(&changed(forge.header(), "typ", typ), &good)).await);
        }
        assert_refused(&call_with(app, &forge.token(&removed(forge.header(), "typ"), &good)).await);
        let evil = "https://evil.example";
        for (member, value) in [("iss", evil), ("aud", evil), ("sub", "x"), ("scope", "all"), ("environment", "x")] {
            assert_refused(&call_with(app, &forge.token(&forge.header(), &changed(good.clone(), member, value))).await);
        }
        for member in ["exp", "nbf", "iat", "iss", "aud", "sub", "client_id", "jti", "environment"] {
            assert_refused(&call_with(app, &forge.token(&forge.header(), &removed(good.clone(), member))).await);
        }
        assert_refused(&call_with(app, &forge.token(&forge.header(), &changed(good, "exp", "soon"))).await);
    }

    async fn times_of_a_token_are_whole_seconds_within_reason(app: TestApp) {
        let partner = app.partner("Shop").await;
        let forge = Forge::with_platform_key(app).await;
        let good = claims(&partner);
        let now_s = good["iat"].as_i64().unwrap();
        for member in ["exp", "nbf", "iat"] {
            let second = good[member].as_i64().unwrap();
            for wrong in [
                json!(second.to_string()),
                serde_json::from_str(&format!("{second}.0")).unwrap(),
                serde_json::from_str(&format!("{second}.5")).unwrap(),
                json!(1e300),
                json!(u64::MAX),
                json!(null),
                json!([second]),
            ] {
                let token = forge.token(&forge.header(), &changed(good.clone(), member, wrong.clone()));
                assert_refused(&call_with(app, &token).await);
            }
        }
        // No token of ours lives for longer than an hour.
        for huge in [now_s + 3_601, i64::MAX] {
            assert_refused(&call_with(app, &forge.token(&forge.header(), &changed(good.clone(), "exp", huge))).await);
        }
        for edge in [i64::MIN, i64::MAX] {
            let token = forge.token(&forge.header(), &changed(good.clone(), "iat", edge));
            assert_refused(&call_with(app, &token).await);
        }
        assert_let_in(&call_with(app, &forge.token(&forge.header(), &changed(good, "exp", now_s + 3_600))).await);
    }

    async fn an_extension_that_has_to_be_understood_is_not(app: TestApp) {
        let partner = app.partner("Shop").await;
        let forge = Forge::with_platform_key(app).await;
        for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!("exp")] {
            let header = changed(forge.header(), "crit", crit.clone());
            assert_refused(&call_with(app, &forge.token(&header, &claims(&partner))).await);
        }
        for (name, value) in [("x5u", "https://evil.example/key"), ("jku", "https://evil.example/keys")] {
            let own = Forge::with_own_key(app).await;
            assert_refused(&call_with(app, &own.token(&changed(own.header(), name, value), &claims(&partner))).await);
        }
    }

    async fn call_beyond_the_tokens_scope_is_forbidden(app: TestApp) {
        let mut partner = app.partner("Shop").await;
        partner.token = partner.token_for(&app.services, Some("payments:read")).await;
        assert_let_in(&call_with(app, &partner.token).await);
        let answer = app.send(app.payment(&partner, "A-1", "1.00")).await;
        let problem = answer.assert_problem(403, "scope_missing");
        assert!(problem["detail"].as_str().unwrap().contains("payments:write"));
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"insufficient_scope\"");

        partner.token = partner.token_for(&app.services, Some("payments:write")).await;
        call_with(app, &partner.token).await.assert_problem(403, "scope_missing");
        let made = app.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!(made.status, 201, "{made:?}");
        assert_eq!(json!(made.text("/order_id")), "A-1");
    }
}
