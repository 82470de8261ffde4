//! The first calls of a newcomer: who am I, and how was my call understood.

use serde_json::json;
use tallyport_domain::Environment;

use crate::support::on_both_databases;

on_both_databases! {
    async fn an_application_learns_who_it_is_and_what_its_token_allows(app: TestApp) {
        let partner = app.partner("Bookshop").await;
        let token = partner.token_for(&app.services, Some("payments:read")).await;
        let answer = app.send(app.get("/v1/application").bearer(&token)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let told = answer.json();
        assert_eq!(told["id"], partner.application_id.to_string());
        assert_eq!(told["name"], "Bookshop");
        assert_eq!(told["environment"], Environment::Sandbox.as_str());
        assert_eq!(told["api_key"], partner.api_key);
        assert_eq!(told["scopes"], json!(["payments:read"]));
        assert_eq!((&told["reads_per_second"], &told["writes_per_second"]), (&json!(100), &json!(50)));
        app.send(app.get("/v1/application")).await.assert_problem(401, "authentication_required");
    }

    async fn an_echo_says_how_a_signed_call_was_understood(app: TestApp) {
        let partner = app.partner("Shop").await;
        let call = app.post("/v1/echo?a=1").bearer(&partner.token).json_text(r#"{"hello":"世界"}"#);
        let unsigned = app.send(call.clone()).await.json();
        assert_eq!((&unsigned["body"], &unsigned["signature"]), (&json!({ "hello": "世界" }), &json!(null)));
        assert_eq!((&unsigned["query"], &unsigned["path"]), (&json!("a=1"), &json!("/v1/echo")));

        let call = call.signed(&partner.signer(&*app.clock));
        let signature = app.send(call.clone()).await.json()["signature"].clone();
        assert_eq!((&signature["verified"], &signature["cause"]), (&json!(true), &json!(null)));
        assert_eq!((&signature["keyid"], &signature["alg"]), (&json!(partner.api_key), &json!("hmac-sha256")));
        assert!(signature["base"].as_str().unwrap().starts_with("\"@method\": POST\n"), "{signature}");

        // The same once more: its nonce is used.
        let signature = app.send(call.clone()).await.json()["signature"].clone();
        assert_eq!((&signature["verified"], &signature["cause"]), (&json!(false), &json!("nonce_replayed")));
    }

    async fn an_echo_says_what_is_wrong_with_a_signature(app: TestApp) {
        let partner = app.partner("Shop").await;
        let signed = app.post("/v1/echo").bearer(&partner.token).json_text(r#"{"a":1}"#);
        let signed = signed.signed(&partner.signer(&*app.clock));
        let cause = async |call| app.send(call).await.json()["signature"]["cause"].clone();
        assert_eq!(cause(signed.clone().body(r#"{"a":2}"#)).await, "digest_mismatch");
        assert_eq!(cause(signed.clone().target("/v1/echo?b=1")).await, "missing_component");
        assert_eq!(cause(signed.clone().header("signature", "tallyport=?")).await, "field_malformed");

        // Another application's key is as unknown as one that nobody has.
        let other = app.partner("Other").await;
        let foreign = app.post("/v1/echo").bearer(&partner.token).json_text("{}");
        assert_eq!(cause(foreign.signed(&other.signer(&*app.clock))).await, "unknown_key");
    }

    async fn an_echo_reads_bodies_as_strictly_as_every_call(app: TestApp) {
        let partner = app.partner("Shop").await;
        let call = |body: &str| app.post("/v1/echo").bearer(&partner.token).json_text(body);
        app.send(call(r#"{"a":1,"a":2}"#)).await.assert_problem(400, "body_malformed");
        app.send(call("{")).await.assert_problem(400, "body_malformed");
        for other in ["0", "null", "[{}]", "\"{}\""] {
            app.send(call(other)).await.assert_problem(400, "parameter_invalid");
        }
        app.send(call("{}").with("content-type", "text/plain")).await.assert_problem(415, "media_type_unsupported");
        app.send(app.post("/v1/echo").json_text("{}")).await.assert_problem(401, "authentication_required");
    }
}

on_both_databases! {
    async fn numbers_are_read_as_they_were_written_or_not_at_all(app: TestApp) {
        let partner = app.partner("Shop").await;
        let call = |body: &str| app.post("/v1/echo").bearer(&partner.token).json_text(body);
        // 2^53 + 1 is the first whole number that a double cannot hold.
        let exact = r#"{"a":9007199254740993,"b":-9007199254740993,"c":18446744073709551615}"#;
        let answer = app.send(call(exact)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.body.contains(exact), "{answer:?}");
        for beyond in ["1e400", "-1e400", "18446744073709551616", "123456789012345678901234567890"] {
            let answer = app.send(call(&format!("{{\"a\":{beyond}}}"))).await;
            let problem = answer.assert_problem(400, "parameter_invalid");
            assert_eq!(problem["param"], "/a", "{beyond}");
        }
    }
}

on_both_databases! {
    async fn a_sandbox_may_do_without_signatures_until_it_is_told_otherwise(app: TestApp) {
        let partner = app.partner("Shop").await;
        let unsigned = |key: &str| {
            let body = format!(r#"{{"order_id":"{key}","amount":"1.00","currency":"USD","method":"card_ok"}}"#);
            app.post("/v1/payments").bearer(&partner.token).header("idempotency-key", key).json_text(body)
        };
        app.send(unsigned("A-1")).await.assert_problem(401, "signature_missing");
        let (member, id) = (&partner.member, partner.application_id);
        app.services.set_sandbox_unsigned(member, id, true).await.unwrap();
        assert_eq!(app.send(unsigned("A-1")).await.status, 201);
        // A signature that is sent has to be good.
        let spoiled = app.payment(&partner, "A-2", "1.00").body(r#"{"order_id":"A-2"}"#);
        app.send(spoiled).await.assert_problem(401, "signature_invalid");
        app.services.set_sandbox_unsigned(member, id, false).await.unwrap();
        app.send(unsigned("A-3")).await.assert_problem(401, "signature_missing");
    }
}
