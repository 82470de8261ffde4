//! Calls that are signed with a private key whose public half the application added.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA512,
    RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::Environment;
use tallyport_domain::credential::{Lifetime, Overlap};
use tallyport_domain::ids::PublicKeyId;
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::signature::Algorithm;
use tallyport_service::public_keys::PublicKeyWish;

use crate::support::{Partner, Sign, Signer, TestApp, on_both_databases};

/// A private key with its public half in PEM.
enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

impl Pair {
    fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn ed() -> Self {
        Self::Ed(Ed25519KeyPair::generate().unwrap())
    }

    fn pem(&self) -> String {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Rsa(pair) => pair.public_key().as_der().unwrap(),
            Self::Ec(pair) => pair.public_key().as_der().unwrap(),
            Self::Ed(pair) => pair.public_key().as_der().unwrap(),
        };
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", STANDARD.encode(der.as_ref()))
    }

    fn sign(self) -> Sign {
        Sign::new(move |algorithm, base| match (&self, algorithm) {
            (Self::Rsa(pair), algorithm) => {
                let padding = if algorithm == Algorithm::RsaPssSha512 { &RSA_PSS_SHA512 } else { &RSA_PKCS1_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(
                    padding as &dyn aws_lc_rs::signature::RsaEncoding,
                    &SystemRandom::new(),
                    base,
                    &mut signature,
                )
                .unwrap();
                signature
            }
            (Self::Ec(pair), _) => pair.sign(&SystemRandom::new(), base).unwrap().as_ref().to_vec(),
            (Self::Ed(pair), _) => pair.sign(base).as_ref().to_vec(),
        })
    }
}

async fn added(app: &TestApp, partner: &Partner, pair: &Pair, networks: &str) -> PublicKeyId {
    let wish = PublicKeyWish {
        environment: Environment::Sandbox,
        used_for: PublicKeyUse::Signing,
        name: "Laptop",
        pem: &pair.pem(),
        lifetime: Lifetime::Month,
        networks,
    };
    app.services.add_public_key(&partner.member, partner.application_id, wish).await.unwrap()
}

fn signer(app: &TestApp, partner: &Partner, key: PublicKeyId, algorithm: Algorithm, sign: &Sign) -> Signer {
    let key_id = key.to_string();
    Signer { key_id, algorithm, sign: Some(sign.clone()), ..partner.signer(&*app.clock) }
}

/// An unsigned payment; `order` is its key too.
fn payment(app: &TestApp, partner: &Partner, order: &str) -> crate::support::Request {
    app.payment(partner, order, "1.00").without("signature").without("signature-input")
}

on_both_databases! {
    async fn every_kind_of_key_signs_payments_with_its_algorithms_and_no_other(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (name, pair, own) in [
            ("rsa", Pair::rsa(), &[Algorithm::RsaPssSha512, Algorithm::RsaV15Sha256][..]),
            ("ec", Pair::ec(), &[Algorithm::EcdsaP256Sha256][..]),
            ("ed", Pair::ed(), &[Algorithm::Ed25519][..]),
        ] {
            let key = added(app, &partner, &pair, "").await;
            let sign = pair.sign();
            for algorithm in Algorithm::ALL {
                let order = format!("{name}-{}", algorithm.name());
                let signer = signer(app, &partner, key, algorithm, &sign);
                let answer = app.send(payment(app, &partner, &order).signed(&signer)).await;
                let expected = if own.contains(&algorithm) { 201 } else { 401 };
                assert_eq!(answer.status, expected, "{order}: {answer:?}");
            }
        }
    }

    async fn what_everybody_knows_of_a_key_is_no_secret(app: TestApp) {
        let partner = app.partner("Shop").await;
        let (rsa, ed) = (Pair::rsa(), Pair::ed());
        for pair in [&rsa, &ed] {
            let key = added(app, &partner, pair, "").await.to_string();
            let pem = pair.pem();
            let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            for secret in [pem.clone(), format!("{pem}\n"), body, key.clone(), String::new()] {
                let signer = Signer { key_id: key.clone(), secret, ..partner.signer(&*app.clock) };
                let forged = payment(app, &partner, "A-1").signed(&signer);
                app.send(forged).await.assert_problem(401, "signature_invalid");
            }
        }
        // The other way round: a private key under the name of the shared secret.
        let sign = rsa.sign();
        for algorithm in [Algorithm::RsaPssSha512, Algorithm::RsaV15Sha256] {
            let signer = Signer { algorithm, sign: Some(sign.clone()), ..partner.signer(&*app.clock) };
            let forged = payment(app, &partner, "A-1").signed(&signer);
            app.send(forged).await.assert_problem(401, "signature_invalid");
        }
        assert_eq!(app.db.number("SELECT count(*) FROM payments").await, 0);
    }

    async fn a_signature_counts_only_for_its_own_application_body_and_time(app: TestApp) {
        let partner = app.partner("Shop").await;
        let other = app.partner("Other").await;
        let pair = Pair::ed();
        let key = added(app, &partner, &pair, "").await;
        let sign = pair.sign();
        let fresh = || signer(app, &partner, key, Algorithm::Ed25519, &sign);

        let foreign = app.send(payment(app, &other, "A-1").signed(&fresh())).await;
        foreign.assert_problem(401, "signature_invalid");
        let changed = payment(app, &partner, "A-2").signed(&fresh());
        let body = changed.body_text().replace("1.00", "9.00");
        app.send(changed.body(body)).await.assert_problem(401, "signature_invalid");
        let other_pair = Pair::ed().sign();
        let forged = payment(app, &partner, "A-3").signed(&signer(app, &partner, key, Algorithm::Ed25519, &other_pair));
        app.send(forged).await.assert_problem(401, "signature_invalid");
        let unknown = Signer { key_id: "pk_00000000000000000000000000".to_owned(), ..fresh() };
        app.send(payment(app, &partner, "A-4").signed(&unknown)).await.assert_problem(401, "signature_invalid");

        let once = payment(app, &partner, "A-5").signed(&fresh());
        assert_eq!(app.send(once.clone()).await.status, 201);
        let replayed = once.with("idempotency-key", "another");
        app.send(replayed).await.assert_problem(401, "signature_invalid");

        app.services.write_last_uses().await.unwrap();
        assert_eq!(app.db.number("SELECT count(*) FROM public_keys WHERE last_used_at_ms IS NOT NULL").await, 1);
        app.clock.advance(31 * 24 * 60 * 60 * 1000);
        let token = partner.token_for(&app.services, None).await;
        let expired = payment(app, &partner, "A-6").without("authorization").bearer(&token).signed(&fresh());
        app.send(expired).await.assert_problem(401, "signature_invalid");
    }

    async fn an_ended_key_signs_nothing_and_networks_hold_for_keys_too(app: TestApp) {
        let partner = app.partner("Shop").await;
        let pair = Pair::ed();
        let key = added(app, &partner, &pair, "192.0.2.0/24").await;
        let sign = pair.sign();
        let fresh = || signer(app, &partner, key, Algorithm::Ed25519, &sign);
        // The router alone does not know from where a call comes.
        app.send(payment(app, &partner, "A-1").signed(&fresh())).await.assert_problem(403, "network_not_allowed");
        let id = partner.application_id;
        app.services.change_public_key(&partner.member, id, key, "Laptop", "").await.unwrap();
        assert_eq!(app.send(payment(app, &partner, "A-1").signed(&fresh())).await.status, 201);
        app.services.end_public_key(&partner.member, id, key, Overlap::Now).await.unwrap();
        app.send(payment(app, &partner, "A-2").signed(&fresh())).await.assert_problem(401, "signature_invalid");
    }
}
