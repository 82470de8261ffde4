//! Encrypted bodies, as a partner sends and opens them. Everything that is refused is refused before
//! anything is done.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{
    KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey, PublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tallyport_domain::credential::{Lifetime, Overlap};
use tallyport_domain::ids::PublicKeyId;
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::{Environment, KeyPurpose};
use tallyport_service::audit::Actor;
use tallyport_service::public_keys::PublicKeyWish;
use tokio::task::JoinSet;

use crate::support::{Answer, Partner, Request, TestApp, on_both_databases};

const JOSE: &str = "application/jose";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The platform's published key for bodies.
async fn platform_key(app: &TestApp) -> Value {
    let keys = app.send(app.get("/.well-known/jwks.json")).await.json();
    let mut keys = keys["keys"].as_array().unwrap().iter().filter(|key| key["use"] == "enc");
    let key = keys.next().unwrap().clone();
    assert_eq!((&key["kty"], &key["alg"]), (&json!("RSA"), &json!("RSA-OAEP-256")));
    assert!(keys.next().is_none(), "there is one to choose");
    key
}

fn public_half(jwk: &Value) -> OaepPublicEncryptingKey {
    let bytes = |member: &str| URL_SAFE_NO_PAD.decode(jwk[member].as_str().unwrap()).unwrap();
    let key = PublicKeyComponents { n: bytes("n"), e: bytes("e") };
    let key: PublicEncryptingKey = key.try_into().unwrap();
    OaepPublicEncryptingKey::new(key).unwrap()
}

/// The header that opens.
fn header(jwk: &Value) -> Value {
    json!({ "alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": jwk["kid"] })
}

/// Encrypts as the header would say, had it been left alone.
fn sealed(content: &[u8], header: &Value, jwk: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    let (content_key, iv) = ([7; 32], [9; 12]);
    let key = public_half(jwk);
    let mut sealed_key = vec![0; key.ciphertext_size()];
    key.encrypt(&OAEP_SHA256_MGF1SHA256, &content_key, &mut sealed_key, None).unwrap();
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &content_key).unwrap());
    let mut sealed = content.to_vec();
    let aad = Aad::from(header.as_bytes());
    let tag = cipher.seal_in_place_separate_tag(Nonce::assume_unique_for_key(iv), aad, &mut sealed).unwrap();
    let parts = [&sealed_key, &iv[..], &sealed, tag.as_ref()].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{}", parts.join("."))
}

/// A key pair of a partner, registered for encryption.
struct Own {
    key: OaepPrivateDecryptingKey,
    id: PublicKeyId,
}

impl Own {
    async fn registered(app: &TestApp, partner: &Partner) -> Self {
        let private = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
        let der = private.public_key();
        let der: aws_lc_rs::encoding::PublicKeyX509Der<'_> = der.as_der().unwrap();
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der.as_ref()));
        let wish = PublicKeyWish {
            environment: Environment::Sandbox,
            used_for: PublicKeyUse::Encryption,
            name: "Answers",
            pem: &pem,
            lifetime: Lifetime::Unlimited,
            networks: "",
        };
        let id = app.services.add_public_key(&partner.member, partner.application_id, wish).await.unwrap();
        Self { key: OaepPrivateDecryptingKey::new(private).unwrap(), id }
    }

    /// What an answer says inside, and what its header says.
    fn opened(&self, answer: &Answer) -> (Value, Value) {
        assert_eq!(answer.header("content-type"), JOSE, "{answer:?}");
        let parts: Vec<&str> = answer.body.split('.').collect();
        let bytes = |index: usize| URL_SAFE_NO_PAD.decode(parts[index]).unwrap();
        let mut room = vec![0; self.key.min_output_size()];
        let content_key = self.key.decrypt(&OAEP_SHA256_MGF1SHA256, &bytes(1), &mut room, None).unwrap();
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, content_key).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&bytes(2)).unwrap();
        let mut sealed = [bytes(3), bytes(4)].concat();
        let opened = cipher.open_in_place(nonce, Aad::from(parts[0].as_bytes()), &mut sealed).unwrap();
        (serde_json::from_slice(opened).unwrap(), serde_json::from_slice(&bytes(0)).unwrap())
    }
}

/// A signed payment with this body.
fn paying(app: &TestApp, partner: &Partner, key: &str, body: &str) -> Request {
    let request = app.post("/v1/payments").bearer(&partner.token).header("idempotency-key", key);
    request.with("content-type", JOSE).body(body).signed(&partner.signer(&*app.clock))
}

fn payment(order: &str) -> String {
    json!({ "order_id": order, "amount": "100.00", "currency": "USD", "method": "card_ok" }).to_string()
}

on_both_databases! {
    async fn an_encrypted_call_is_the_same_call_as_one_in_the_clear(app: TestApp) {
        let partner = app.partner("Shop").await;
        let jwk = platform_key(app).await;
        let seal = |text: &str| sealed(text.as_bytes(), &header(&jwk), &jwk);
        let made = app.send(paying(app, &partner, "k-1", &seal(&payment("A-1")))).await;
        assert_eq!((made.status, made.text("/status")), (201, "captured".to_owned()));
        assert_eq!(made.header("content-type"), "application/json");

        // The key is about what was asked, not about how it was wrapped.
        let again = app.send(paying(app, &partner, "k-1", &seal(&payment("A-1")))).await;
        assert_eq!((again.status, again.header("idempotent-replayed"), &again.body), (201, "true", &made.body));
        let other = app.send(paying(app, &partner, "k-1", &seal(&payment("A-2")))).await;
        let problem = other.assert_problem(422, "idempotency_key_reused");
        assert_eq!(problem["differs"], json!(["/order_id"]));

        // Another process opens it, too.
        let twin = app.twin().await;
        assert_eq!(twin.send(paying(&twin, &partner, "k-3", &seal(&payment("A-3")))).await.status, 201);
        let echo = app.post("/v1/echo").bearer(&partner.token).with("content-type", JOSE).body(seal("{\"a\":1}"));
        let echo = app.send(echo.signed(&partner.signer(&*app.clock))).await.json();
        assert_eq!((&echo["body"], &echo["signature"]["verified"]), (&json!({ "a": 1 }), &json!(true)));
        app.assert_books_are_whole().await;
    }

    async fn answers_are_encrypted_to_the_newest_key_that_works(app: TestApp) {
        let partner = app.partner("Shop").await;
        let first = Own::registered(app, &partner).await;
        let paid = app.send(app.payment(&partner, "A-1", "1.00")).await;
        let id = paid.text("/id");
        let read = || app.get(&format!("/v1/payments/{id}")).bearer(&partner.token).header("accept", JOSE);
        let answer = app.send(read()).await;
        let (inside, header) = first.opened(&answer);
        assert_eq!(inside, paid.json());
        let kid = first.id.to_string();
        assert_eq!(header, json!({ "alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": kid, "cty": "json" }));
        // Digest and signature are over what left.
        assert_eq!(answer.header("content-digest"), crate::support::content_digest(answer.body.as_bytes()));

        let second = Own::registered(app, &partner).await;
        assert_eq!(second.opened(&app.send(read()).await).0, paid.json());
        let end = app.services.end_public_key(&partner.member, partner.application_id, second.id, Overlap::Now);
        end.await.unwrap();
        assert_eq!(first.opened(&app.send(read()).await).0, paid.json());

        let missing = app.get("/v1/payments/pay_1").bearer(&partner.token).header("accept", JOSE);
        let refused = app.send(missing).await;
        assert_eq!(refused.status, 404);
        let (problem, header) = first.opened(&refused);
        assert_eq!((&problem["code"], &header["cty"]), (&json!("not_found"), &json!("problem+json")));
        // Who calls is not known yet, so nobody can be encrypted to.
        let stranger = app.get("/v1/payments/pay_1").bearer("nonsense").header("accept", JOSE);
        app.send(stranger).await.assert_problem(401, "token_invalid");
        for accept in ["*/*", "application/*", "application/jose;q=0", "application/json"] {
            let answer = app.send(read().with("accept", accept)).await;
            assert_eq!(answer.header("content-type"), "application/json", "{accept}");
        }
        let listed = app.send(read().with("accept", "application/json;q=0.5, application/JOSE;q=0.9")).await;
        assert_eq!(first.opened(&listed).0, paid.json());
    }

    async fn without_a_key_nothing_is_done_for_who_wants_an_encrypted_answer(app: TestApp) {
        let partner = app.partner("Shop").await;
        let other = app.partner("Other").await;
        Own::registered(app, &other).await;
        let pay = app.payment(&partner, "A-1", "1.00");
        let refused = app.send(pay.clone().header("accept", JOSE)).await;
        refused.assert_problem(406, "encryption_key_missing");
        // Neither its nonce nor its key was used up.
        assert_eq!(app.send(pay).await.status, 201);
        let live = app.send(app.get("/v1/balances").bearer(&partner.token).header("accept", JOSE)).await;
        live.assert_problem(406, "encryption_key_missing");
    }

    async fn what_does_not_open_is_refused_and_changes_nothing(app: TestApp) {
        let partner = app.partner("Shop").await;
        let jwk = platform_key(app).await;
        let own = Own::registered(app, &partner).await;
        let good = sealed(payment("A-1").as_bytes(), &header(&jwk), &jwk);
        let with = |member: &str, value: Value| {
            let mut header = header(&jwk);
            header[member] = value;
            sealed(payment("A-1").as_bytes(), &header, &jwk)
        };
        let flipped = |part: usize| {
            let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
            let mut bytes = URL_SAFE_NO_PAD.decode(&parts[part]).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            parts[part] = URL_SAFE_NO_PAD.encode(bytes);
            parts.join(".")
        };
        let keys = app.send(app.get("/.well-known/jwks.json")).await.json();
        let signing = keys["keys"].as_array().unwrap().iter().find(|key| key["use"] == "sig").unwrap();
        for body in [
            with("alg", json!("RSA-OAEP")),
            with("alg", json!("RSA1_5")),
            with("alg", json!("dir")),
            with("alg", json!("A256GCMKW")),
            with("enc", json!("A128CBC-HS256")),
            with("zip", json!("DEF")),
            with("crit", json!(["exp"])),
            with("cty", json!("JWT")),
            with("kid", json!("key_00000000000000000000000000")),
            with("kid", signing["kid"].clone()),
            with("kid", json!(own.id.to_string())),
            with("kid", Value::Null),
            flipped(1),
            flipped(2),
            flipped(3),
            flipped(4),
            format!("{good}.AA"),
            format!("{good}="),
            good.rsplit_once('.').unwrap().0.to_owned(),
            payment("A-1"),
            ".".repeat(4),
        ] {
            let refused = app.send(paying(app, &partner, "k-1", &body)).await;
            refused.assert_problem(400, "encryption_invalid");
        }
        // What is inside is read as strictly as anything.
        for inside in [
            good.clone(),
            String::new(),
            format!("\u{feff}{}", payment("A-1")),
            r#"{"order_id":"A-1","order_id":"A-2"}"#.to_owned(),
            "[".repeat(10_000),
        ] {
            let body = sealed(inside.as_bytes(), &header(&jwk), &jwk);
            app.send(paying(app, &partner, "k-1", &body)).await.assert_problem(400, "body_malformed");
        }
        let unknown = sealed(br#"{"order_id":"A-1","x":1}"#, &header(&jwk), &jwk);
        app.send(paying(app, &partner, "k-1", &unknown)).await.assert_problem(400, "parameter_unknown");
        let large = sealed(&vec![b' '; 1 << 20], &header(&jwk), &jwk);
        app.send(paying(app, &partner, "k-1", &large)).await.assert_problem(413, "body_too_large");
        // Encrypted JSON that says it is JSON is none.
        let mislabelled = paying(app, &partner, "k-1", &good).with("content-type", "application/json");
        app.send(mislabelled).await.assert_problem(400, "body_malformed");

        // It was signed as it came: another body under the same signature is refused before it is opened.
        let swapped = paying(app, &partner, "k-1", &good).body(sealed(payment("A-2").as_bytes(), &header(&jwk), &jwk));
        app.send(swapped).await.assert_problem(401, "signature_invalid");
        // None of it used the key up.
        assert_eq!(app.send(paying(app, &partner, "k-1", &good)).await.status, 201);
        app.assert_books_are_whole().await;
    }

    async fn a_key_for_encryption_signs_nothing(app: TestApp) {
        let partner = app.partner("Shop").await;
        let own = Own::registered(app, &partner).await;
        let mut signer = partner.signer(&*app.clock);
        signer.key_id = own.id.to_string();
        let pay = app.payment(&partner, "A-1", "1.00");
        for algorithm in tallyport_domain::signature::Algorithm::ALL {
            signer.algorithm = algorithm;
            app.send(pay.clone().signed(&signer)).await.assert_problem(401, "signature_invalid");
        }
    }

    async fn the_platforms_key_is_replaced_by_age_and_still_opens_for_a_day(app: TestApp) {
        let first = platform_key(app).await;
        app.clock.advance(90 * DAY_MS);
        assert_eq!(platform_key(app).await, first);
        app.clock.advance(1);
        let second = platform_key(app).await;
        assert_ne!(second["kid"], first["kid"]);
        assert_eq!(platform_key(&app.twin().await).await, second);

        let partner = app.partner("Shop").await;
        let seal = |jwk: &Value, order: &str| sealed(payment(order).as_bytes(), &header(jwk), jwk);
        assert_eq!(app.send(paying(app, &partner, "k-1", &seal(&first, "A-1"))).await.status, 201);
        app.clock.advance(DAY_MS);
        let partner = Partner { token: partner.token_for(&app.services, None).await, ..partner };
        let late = app.send(paying(app, &partner, "k-2", &seal(&first, "A-2"))).await;
        late.assert_problem(400, "encryption_invalid");
        assert_eq!(app.send(paying(app, &partner, "k-2", &seal(&second, "A-2"))).await.status, 201);
    }

    async fn of_all_who_are_the_first_to_ask_the_key_of_one_is_taken(app: TestApp) {
        let processes = [Arc::new(app.twin().await), Arc::new(app.twin().await)];
        let mut crowd = JoinSet::new();
        for number in 0..16 {
            let process = Arc::clone(&processes[number % 2]);
            crowd.spawn(async move { platform_key(&process).await });
        }
        let keys = crowd.join_all().await;
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        assert_eq!(app.db.number("SELECT count(*) FROM platform_keys WHERE purpose = 'body_encryption'").await, 1);
    }

    async fn a_key_that_one_process_replaced_stops_opening_at_the_others(app: TestApp) {
        let twin = app.twin().await;
        let partner = app.partner("Shop").await;
        let first = platform_key(app).await;
        let pay = async |process: &TestApp, jwk: &Value, order: &str| {
            let token = partner.token_for(&process.services, None).await;
            let body = sealed(payment(order).as_bytes(), &header(jwk), jwk);
            let pay = paying(process, &partner, order, &body);
            process.send(pay.with("authorization", format!("Bearer {token}"))).await
        };
        assert_eq!(pay(&twin, &first, "A-1").await.status, 201);
        let rotated = app.services.rotate_platform_key(KeyPurpose::BodyEncryption, &Actor::command("test")).await;
        rotated.unwrap();
        let second = platform_key(app).await;
        assert_ne!(second["kid"], first["kid"]);
        // A process that has not heard of the new one yet opens what is encrypted to it all the same.
        assert_eq!(pay(&twin, &second, "A-2").await.status, 201);
        twin.services.keep_platform_keys().await.unwrap();
        assert_eq!(platform_key(&twin).await, second);
        app.clock.advance(DAY_MS - 1);
        assert_eq!(pay(&twin, &first, "A-3").await.status, 201);
        app.clock.advance(1);
        for process in [app, &twin] {
            pay(process, &first, "A-4").await.assert_problem(400, "encryption_invalid");
        }
        assert_eq!(pay(&twin, &second, "A-4").await.status, 201);
    }
}
