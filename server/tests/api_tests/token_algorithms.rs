//! Tokens that are signed in another way than by default, as the operator chose.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Value, json};
use tallyport_domain::TokenAlgorithm;

use crate::bearer::{assert_let_in, assert_refused, call_with};
use crate::forge::{Forge, part, platform_key, unsigned};
use crate::support::{Chosen, Partner, TestApp, on_both_databases};

/// When a key that was made takes over.
const TAKES_OVER_AFTER_MS: i64 = 10 * 60 * 1000;

/// The keys that others may check signatures with.
async fn published(app: &TestApp) -> Vec<Value> {
    let keys = app.send(app.get("/.well-known/jwks.json")).await.json();
    keys["keys"].as_array().unwrap().iter().filter(|key| key["use"] == "sig").cloned().collect()
}

/// The same platform started with this algorithm.
async fn started(app: &TestApp, token_algorithm: TokenAlgorithm) -> TestApp {
    app.chosen_twin(Chosen { token_algorithm, ..Chosen::default() }).await
}

/// The algorithm that a new token says it is signed with, and the token.
async fn token(app: &TestApp, partner: &Partner) -> (String, String) {
    let token = partner.token_for(&app.services, None).await;
    (part(&token, 0)["alg"].as_str().unwrap().to_owned(), token)
}

/// Whether the published key checks the token, with another library than ours in between.
fn is_signed_by(token: &str, key: &Value) -> bool {
    let jwk: Jwk = serde_json::from_value(key.clone()).unwrap();
    let mut validation = Validation::new(key["alg"].as_str().unwrap().parse().unwrap());
    (validation.validate_exp, validation.validate_aud) = (false, false);
    jsonwebtoken::decode::<Value>(token, &DecodingKey::from_jwk(&jwk).unwrap(), &validation).is_ok()
}

on_both_databases! {
    async fn a_chosen_algorithm_takes_over_and_what_was_signed_before_stays_good(app: TestApp) {
        let partner = app.partner("Shop").await;
        let mut before = "ES256".to_owned();
        for algorithm in [TokenAlgorithm::Rs256, TokenAlgorithm::Ps256, TokenAlgorithm::EdDsa, TokenAlgorithm::Es256] {
            let name = algorithm.as_str();
            let process = started(app, algorithm).await;
            let (old, last) = token(&process, &partner).await;
            assert_eq!(old, before, "{name} takes over later");
            let keys = published(&process).await;
            let is_there = |key: &&Value| key["alg"] == name;
            let new = keys.iter().filter(is_there).max_by_key(|key| key["kid"].to_string()).unwrap();
            for private in ["d", "p", "q", "dp", "dq", "qi", "k", "oth"] {
                assert!(keys.iter().all(|key| key.get(private).is_none()), "{name}");
            }
            // Started again, or twice, it finds its key.
            assert_eq!(published(&started(app, algorithm).await).await, keys);

            app.clock.advance(TAKES_OVER_AFTER_MS);
            let (now, token) = token(&process, &partner).await;
            assert_eq!(now, name);
            assert_eq!(part(&token, 0)["kid"], new["kid"]);
            assert!(is_signed_by(&token, new), "{name}");
            assert_let_in(&call_with(&process, &token).await);
            assert_let_in(&call_with(&process, &last).await);
            let metadata = process.send(process.get("/.well-known/openid-configuration")).await.json();
            let supported = metadata["id_token_signing_alg_values_supported"].as_array().unwrap();
            assert!(supported.contains(&json!(name)) && supported.contains(&json!(before)), "{metadata}");
            before = now;
        }
    }

    async fn no_key_checks_what_it_is_not_for(app: TestApp) {
        let partner = app.partner("Shop").await;
        let process = started(app, TokenAlgorithm::Rs256).await;
        app.clock.advance(TAKES_OVER_AFTER_MS);
        let (_, good) = token(&process, &partner).await;
        let claims = part(&good, 1);
        let (kid, private_key) = platform_key(&process, TokenAlgorithm::Rs256).await;
        let rsa = RsaKeyPair::from_pkcs8(&private_key).unwrap();
        let curve = Forge::with_platform_key(&process).await;
        // What it signed before it was retired.
        let before = part(&partner.token, 1);

        let header = |alg: &str, kid: &str| json!({ "typ": "at+jwt", "alg": alg, "kid": kid });
        let by_rsa = |header: &Value, encoding: &'static dyn RsaEncoding| {
            let text = unsigned(header, &claims);
            let mut signature = vec![0; rsa.public_modulus_len()];
            rsa.sign(encoding, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
            format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
        };
        assert_let_in(&call_with(&process, &by_rsa(&header("RS256", &kid), &RSA_PKCS1_SHA256)).await);
        assert_let_in(&call_with(&process, &curve.token(&curve.header(), &before)).await);

        // The public key, in each form that it is found in, as if it were a shared secret.
        let spki: PublicKeyX509Der<'_> = rsa.public_key().as_der().unwrap();
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(spki.as_ref()));
        let modulus = rsa.public_key().modulus().big_endian_without_leading_zero();
        let jwk = published(&process).await.into_iter().find(|key| key["kid"] == kid).unwrap().to_string();
        let text = unsigned(&header("HS256", &kid), &claims);
        for secret in [spki.as_ref(), pem.as_bytes(), rsa.public_key().as_ref(), modulus, jwk.as_bytes()] {
            let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), text.as_bytes());
            assert_refused(&call_with(&process, &format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac))).await);
        }
        assert_refused(&call_with(&process, &format!("{}.", unsigned(&header("none", &kid), &claims))).await);

        // A good signature under the name of another kind of key, or of another way of signing.
        assert_refused(&call_with(&process, &by_rsa(&header("RS256", &curve.kid), &RSA_PKCS1_SHA256)).await);
        assert_refused(&call_with(&process, &by_rsa(&header("ES256", &curve.kid), &RSA_PKCS1_SHA256)).await);
        assert_refused(&call_with(&process, &by_rsa(&header("PS256", &kid), &RSA_PSS_SHA256)).await);
        assert_refused(&call_with(&process, &by_rsa(&header("RS256", &kid), &RSA_PSS_SHA256)).await);
        assert_refused(&call_with(&process, &curve.token(&header("ES256", &kid), &before)).await);
        assert_refused(&call_with(&process, &curve.token(&header("RS256", &kid), &before)).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_makes_the_key_that_was_chosen() {
    for token_algorithm in [TokenAlgorithm::Ps256, TokenAlgorithm::EdDsa] {
        let db = tallyport_storage::test_support::TestDb::sqlite().await;
        let app = TestApp::chosen(db, Chosen { token_algorithm, ..Chosen::default() }).await;
        let partner = app.partner("Shop").await;
        assert_eq!(part(&partner.token, 0)["alg"], token_algorithm.as_str());
        assert_let_in(&call_with(&app, &partner.token).await);
        let names: Vec<_> = published(&app).await.iter().map(|key| key["alg"].to_string()).collect();
        assert_eq!(names.len(), 2, "one for tokens, one for answers: {names:?}");
    }
}
