//! The platform's signatures over its answers, checked as a partner would.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tallyport_domain::KeyPurpose;
use tallyport_domain::signature::{RequestView, ResponseView, SignatureRefusal, answer_plan};
use tallyport_service::audit::Actor;

use crate::support::{Answer, TestApp, on_both_databases};

/// Whether the answer is the platform's own, about a call of this method and path.
async fn is_authentic(app: &TestApp, answer: &Answer, method: &str, path: &str) -> Result<bool, SignatureRefusal> {
    let fields: Vec<_> = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let request =
        RequestView { method, scheme: "https", authority: "", path, query: None, fields: &[], has_body: false };
    let view = ResponseView { status: answer.status, fields: &fields, request: Some(&request) };
    let plan = answer_plan(&view, app.services.clock().now_ms())?;
    let keys = app.send(app.get("/.well-known/jwks.json")).await.json();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == plan.keyid.as_str()).unwrap().clone();
    let mut point = vec![4];
    for member in ["x", "y"] {
        point.extend(URL_SAFE_NO_PAD.decode(key[member].as_str().unwrap()).unwrap());
    }
    let is_signed = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(&plan.base, &plan.signature).is_ok();
    let sha_256 = plan.content_digest.sha_256.unwrap();
    Ok(is_signed && digest(&SHA256, answer.body.as_bytes()).as_ref() == sha_256)
}

on_both_databases! {
    async fn answers_and_refusals_are_signed_for_their_own_call_only(app: TestApp) {
        let partner = app.partner("Shop").await;
        let paid = app.send(app.payment(&partner, "A-1", "1.00")).await;
        assert_eq!(paid.status, 201);
        assert_eq!(is_authentic(app, &paid, "POST", "/v1/payments").await, Ok(true));
        assert_eq!(is_authentic(app, &paid, "GET", "/v1/payments").await, Ok(false));
        assert_eq!(is_authentic(app, &paid, "POST", "/v1/refunds").await, Ok(false));

        let refused = app.send(app.get("/v1/payments/pay_1").bearer("nonsense")).await;
        refused.assert_problem(401, "token_invalid");
        assert_eq!(is_authentic(app, &refused, "GET", "/v1/payments/pay_1").await, Ok(true));
    }

    async fn changed_answers_are_found_out(app: TestApp) {
        let partner = app.partner("Shop").await;
        let paid = app.send(app.payment(&partner, "A-1", "1.00")).await;
        let authentic = async |answer: &Answer| is_authentic(app, answer, "POST", "/v1/payments").await;

        let richer = Answer { body: paid.body.replace("1.00", "9.00"), ..paid.clone() };
        assert_eq!(authentic(&richer).await, Ok(false));
        let milder = Answer { status: 200, ..paid.clone() };
        assert_eq!(authentic(&milder).await, Ok(false));
        let mut digest_exchanged = richer.clone();
        let digest = crate::support::content_digest(richer.body.as_bytes());
        digest_exchanged.headers.insert("content-digest", digest.parse().unwrap());
        assert_eq!(authentic(&digest_exchanged).await, Ok(false));
        let mut unsigned = paid.clone();
        unsigned.headers.remove("signature");
        assert!(authentic(&unsigned).await.is_err());
        app.clock.advance(301_000);
        assert!(matches!(authentic(&paid).await, Err(SignatureRefusal::ClockSkew { .. })));
    }

    async fn every_process_signs_with_the_same_key(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        let paid = twin.send(twin.payment(&partner, "A-1", "1.00")).await;
        assert_eq!(is_authentic(app, &paid, "POST", "/v1/payments").await, Ok(true));
    }
    async fn a_new_key_is_published_everywhere_before_it_signs(app: TestApp) {
        let twin = app.twin().await;
        // The key that signed the answer of a process to this call.
        let kid = async |process: &TestApp| {
            let refused = process.send(process.get("/v1/balances")).await;
            assert_eq!(is_authentic(process, &refused, "GET", "/v1/balances").await, Ok(true));
            let input = refused.header("signature-input").to_owned();
            input.split_once("keyid=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0.to_owned()
        };
        let old = kid(app).await;
        let rotated = app.services.rotate_platform_key(KeyPurpose::ResponseSignature, &Actor::command("test")).await;
        let new = rotated.unwrap().to_string();
        twin.services.keep_platform_keys().await.unwrap();
        let published = async |process: &TestApp, kid: &str| {
            process.send(process.get("/.well-known/jwks.json")).await.body.contains(kid)
        };
        app.clock.advance(10 * 60 * 1000 - 1);
        for process in [app, &twin] {
            assert_eq!(kid(process).await, old);
            assert!(published(process, &new).await);
        }
        app.clock.advance(1);
        for process in [app, &twin] {
            assert_eq!(kid(process).await, new);
            assert!(published(process, &old).await, "whoever reads an old answer may still check it");
        }
        app.clock.advance(90 * 24 * 60 * 60 * 1000);
        app.services.keep_platform_keys().await.unwrap();
        assert_eq!(kid(app).await, new, "the one that takes over by age is published first");
        app.clock.advance(10 * 60 * 1000);
        assert_ne!(kid(app).await, new);
        assert!(published(app, &new).await && !published(app, &old).await);
    }
}
