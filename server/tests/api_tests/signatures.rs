//! RFC 9421 signatures: what is signed may not change, and what has to be signed is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::signature::Algorithm;

use crate::support::{Answer, Partner, Request, Signer, TestApp, on_both_databases};

/// Checks that the answer says that the signature is not good, and nothing of why.
#[track_caller]
fn assert_refused(answer: &Answer) {
    let problem = answer.assert_problem(401, "signature_invalid");
    assert_eq!(problem["detail"], problem["title"], "{problem}");
    assert!(problem["server_time"].is_string(), "{problem}");
    let mut members: Vec<&str> = problem.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort_unstable();
    let expected = ["code", "detail", "hint", "request_id", "retryable", "server_time", "status", "title", "type"];
    assert_eq!(members, expected);
}

/// What is wrong with a signature, and how it is made so.
type Wrong = (&'static str, fn(&mut Signer));

/// A payment's request before it is signed.
fn unsigned(app: &TestApp, partner: &Partner) -> Request {
    app.payment(partner, "A-1", "1.00").without("signature").without("signature-input").without("content-digest")
}

fn signer(app: &TestApp, partner: &Partner) -> Signer {
    partner.signer(&*app.clock)
}

async fn assert_nothing_was_done(app: &TestApp) {
    assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    assert_eq!(app.db.number("SELECT count(*) FROM nonces").await, 0);
}

on_both_databases! {
    async fn payment_without_a_signature_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        app.send(unsigned(app, &partner)).await.assert_problem(401, "signature_missing");
        let signed = app.payment(&partner, "A-1", "1.00");
        assert_refused(&app.send(signed.clone().without("signature")).await);
        assert_refused(&app.send(signed.without("signature-input")).await);
        assert_nothing_was_done(app).await;
    }

    async fn nothing_that_was_signed_may_change(app: TestApp) {
        let partner = app.partner("Shop").await;
        let signed = app.payment(&partner, "A-1", "1.00");
        let other_host = app.authority.replace("127.0.0.1", "localhost");
        let other_digest = format!("sha-256=:{}:", STANDARD.encode([0; 32]));
        for changed in [
            signed.clone().target("/v1/payments?a=b"),
            signed.clone().target("/v1/payments?"),
            signed.clone().with("host", &other_host),
            signed.clone().with("host", format!("{}0", app.authority)),
            signed.clone().with("idempotency-key", "A-2"),
            signed.clone().with("content-digest", &other_digest),
            signed.clone().without("content-digest"),
            signed.clone().body(r#"{"order_id":"A-1","amount":"9.00","currency":"USD","method":"card_ok"}"#),
            signed.clone().body(r#"{"order_id":"A-1", "amount":"1.00","currency":"USD","method":"card_ok"}"#),
        ] {
            assert_refused(&app.send(changed).await);
        }
        // The query is signed as it stands.
        let query = unsigned(app, &partner).target("/v1/payments?a=b").signed(&signer(app, &partner));
        assert_refused(&app.send(query.target("/v1/payments?a=c")).await);
        assert_nothing_was_done(app).await;
        assert_eq!(app.send(signed).await.status, 201);
    }

    async fn body_and_its_digest_may_not_be_changed_together(app: TestApp) {
        let partner = app.partner("Shop").await;
        let signed = app.payment(&partner, "A-1", "1.00");
        let other = app.payment(&partner, "A-1", "9.00");
        let digest = other.value("content-digest");
        let body = r#"{"order_id":"A-1","amount":"9.00","currency":"USD","method":"card_ok"}"#;
        assert_eq!(other.body_text(), body);
        assert_refused(&app.send(signed.with("content-digest", digest).body(body)).await);
        assert_nothing_was_done(app).await;
    }

    async fn not_one_bit_of_the_body_may_change(app: TestApp) {
        let partner = app.partner("Shop").await;
        let signed = app.payment(&partner, "A-1", "1.00");
        let body = signed.body_text().into_bytes();
        for (at, bit) in (0..body.len()).map(|at| (at, at % 8)) {
            let mut changed = body.clone();
            changed[at] ^= 1 << bit;
            assert_refused(&app.send(signed.clone().body(changed)).await);
        }
        assert_refused(&app.send(signed.clone().body(&body[..body.len() - 1])).await);
        assert_refused(&app.send(signed.clone().body([&body[..], b"\n"].concat())).await);
        assert_nothing_was_done(app).await;
        assert_eq!(app.send(signed).await.status, 201);
    }

    async fn method_and_path_of_a_call_may_not_change(app: TestApp) {
        let partner = app.partner("Shop").await;
        let made = app.send(app.payment(&partner, "A-1", "1.00")).await;
        let path = made.header("location").to_owned();
        let get = app.get(&path).bearer(&partner.token);
        let signed = get.clone().signed(&signer(app, &partner));
        assert_eq!(app.send(signed.clone().method("HEAD")).await.status, 401);
        let other = app.send(app.payment(&partner, "A-2", "1.00")).await.header("location").to_owned();
        assert_refused(&app.send(signed.clone().target(&other)).await);
        assert_eq!(app.send(signed).await.status, 200);
        // A good POST signature is worth nothing on a GET.
        let post = app.post(&path).bearer(&partner.token).signed(&signer(app, &partner));
        assert_refused(&app.send(post.method("GET")).await);
    }

    async fn everything_that_has_to_be_signed_is(app: TestApp) {
        let partner = app.partner("Shop").await;
        for name in ["@method", "@authority", "@path", "content-digest", "idempotency-key"] {
            let mut signer = signer(app, &partner);
            signer.uncovered.push(name);
            assert_refused(&app.send(unsigned(app, &partner).signed(&signer)).await);
        }
        let mut signer = signer(app, &partner);
        signer.uncovered.push("@query");
        assert_refused(&app.send(unsigned(app, &partner).target("/v1/payments?a=b").signed(&signer)).await);
        assert_nothing_was_done(app).await;
    }

    async fn parameters_of_the_signature_are_checked(app: TestApp) {
        let (partner, other) = (app.partner("Shop").await, app.partner("Other").await);
        let wrongs: [Wrong; 10] = [
            ("tag", |signer| signer.tag = "another".to_owned()),
            ("tag", |signer| signer.tag = "Tallyport".to_owned()),
            ("alg", |signer| signer.algorithm = Algorithm::Ed25519),
            ("alg", |signer| signer.algorithm = Algorithm::RsaPssSha512),
            ("keyid", |signer| signer.key_id = "ak_01kaemzd2w5n8h9qv7c3r4t6yb".to_owned()),
            ("keyid", |signer| signer.key_id = "nobody".to_owned()),
            ("secret", |signer| signer.secret.push('x')),
            ("secret", |signer| signer.secret.clear()),
            ("nonce", |signer| signer.nonce = "short".to_owned()),
            ("nonce", |signer| signer.nonce = "n".repeat(129)),
        ];
        for (what, change) in wrongs {
            let mut signer = signer(app, &partner);
            change(&mut signer);
            let answer = app.send(unsigned(app, &partner).signed(&signer)).await;
            assert_eq!(answer.status, 401, "{what}");
            assert_refused(&answer);
        }
        // Another application's key is good, but not for this token; nor is a good token for its key.
        let others_key = unsigned(app, &partner).signed(&signer(app, &other));
        assert_refused(&app.send(others_key).await);
        let others_token = unsigned(app, &other).signed(&signer(app, &partner));
        assert_refused(&app.send(others_token).await);
        let expired = Signer { expires_s: Some(signer(app, &partner).created_s), ..signer(app, &partner) };
        assert_refused(&app.send(unsigned(app, &partner).signed(&expired)).await);
        assert_nothing_was_done(app).await;
    }

    async fn malformed_signature_fields_are_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let signed = app.payment(&partner, "A-1", "1.00");
        for garbage in ["", "sig", "sig=1", "sig=:!!:", "sig=::", "other=:AAAA:", "sig=:AAAA:, sig=:AAAA:"] {
            assert_refused(&app.send(signed.clone().with("signature", garbage)).await);
            assert_refused(&app.send(signed.clone().with("signature-input", garbage)).await);
        }
        let twice = signed.clone().header("signature-input", signed.value("signature-input"));
        assert_refused(&app.send(twice).await);
        assert_nothing_was_done(app).await;
        assert_eq!(app.send(signed).await.status, 201);
    }
}
