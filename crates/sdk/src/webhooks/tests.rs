use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::*;

/// The example that the authors of the specification give.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const EXAMPLE: Received<'_> = Received {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    body: br#"{"test": 2432232314}"#,
};
const SENT_S: i64 = 1_614_265_330;

fn example() -> Webhooks {
    Webhooks::new(SECRET).unwrap()
}

#[test]
fn the_specifications_example_is_authentic_and_nothing_near_it_is() {
    assert_eq!(example().check(&EXAMPLE, SENT_S), Ok(()));
    for changed in [
        Received { id: "msg_p5jXN8AQM9LWM0D4loKWxJel", ..EXAMPLE },
        Received { timestamp: "1614265331", ..EXAMPLE },
        Received { timestamp: "01614265330", ..EXAMPLE },
        Received { body: br#"{"test":2432232314}"#, ..EXAMPLE },
        Received { signature: "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", ..EXAMPLE },
        Received { signature: "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", ..EXAMPLE },
        Received { signature: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", ..EXAMPLE },
        Received { signature: "v1,", ..EXAMPLE },
        Received { signature: "", ..EXAMPLE },
    ] {
        assert_eq!(example().check(&changed, SENT_S), Err(WebhookRefusal::Signature), "{changed:?}");
    }
    let other = Webhooks::new("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    assert_eq!(other.check(&EXAMPLE, SENT_S), Err(WebhookRefusal::Signature));
}

#[test]
fn one_fitting_signature_of_several_is_enough_and_they_are_not_endless() {
    let several = |others: usize| format!("{}{}", "v1,AAAA v2,what? ".repeat(others / 2), EXAMPLE.signature);
    let check = |signature: &str| example().check(&Received { signature, ..EXAMPLE }, SENT_S);
    assert_eq!(check(&several(SIGNATURES_MAX - 2)), Ok(()));
    assert_eq!(check(&several(SIGNATURES_MAX)), Err(WebhookRefusal::Signature));
}

#[test]
fn both_secrets_of_a_rotation_are_good() {
    let new = Webhooks::new("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    assert_eq!(new.or(SECRET).unwrap().check(&EXAMPLE, SENT_S), Ok(()));
}

#[test]
fn five_minutes_both_ways_are_near_enough() {
    for (now_s, outcome) in [
        (SENT_S - 300, Ok(())),
        (SENT_S + 300, Ok(())),
        (SENT_S - 301, Err(WebhookRefusal::Time)),
        (SENT_S + 301, Err(WebhookRefusal::Time)),
        (i64::MIN, Err(WebhookRefusal::Time)),
    ] {
        assert_eq!(example().check(&EXAMPLE, now_s), outcome, "{now_s}");
    }
}

#[test]
fn what_is_no_time_and_no_id_is_refused_before_anything_is_computed() {
    for timestamp in ["", "-1614265330", "+1614265330", "1614265330.0", " 1614265330", "99999999999999999999"] {
        let changed = Received { timestamp, ..EXAMPLE };
        assert_eq!(example().check(&changed, SENT_S), Err(WebhookRefusal::Form), "{timestamp}");
    }
    // What was signed as one id, time and body must not pass for another.
    let moved = Received { id: "msg.1", ..EXAMPLE };
    assert_eq!(example().check(&moved, SENT_S), Err(WebhookRefusal::Form));
    assert_eq!(example().check(&Received { id: "", ..EXAMPLE }, SENT_S), Err(WebhookRefusal::Form));
}

#[test]
fn a_public_key_checks_what_its_private_half_signed() {
    let pair = Ed25519KeyPair::generate().unwrap();
    let webhooks = Webhooks::new(&format!("whpk_{}", STANDARD.encode(pair.public_key()))).unwrap();
    let signed = [EXAMPLE.id.as_bytes(), EXAMPLE.timestamp.as_bytes(), EXAMPLE.body].join(&b'.');
    let signature = STANDARD.encode(pair.sign(&signed));
    let with = |version: &str| {
        let signature = format!("{version},{signature}");
        webhooks.check(&Received { signature: &signature, ..EXAMPLE }, SENT_S)
    };
    assert_eq!(with("v1a"), Ok(()));
    assert_eq!(with("v1"), Err(WebhookRefusal::Signature));
}

#[test]
fn a_public_key_is_no_shared_secret() {
    // Whoever knows the public key could make such a signature.
    let pair = Ed25519KeyPair::generate().unwrap();
    let webhooks = Webhooks::new(&format!("whpk_{}", STANDARD.encode(pair.public_key()))).unwrap();
    let signed = [EXAMPLE.id.as_bytes(), EXAMPLE.timestamp.as_bytes(), EXAMPLE.body].join(&b'.');
    let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, pair.public_key().as_ref()), &signed);
    for version in ["v1", "v1a"] {
        let signature = format!("{version},{}", STANDARD.encode(mac));
        let forged = Received { signature: &signature, ..EXAMPLE };
        assert_eq!(webhooks.check(&forged, SENT_S), Err(WebhookRefusal::Signature));
    }
}

#[test]
fn what_is_no_secret_is_refused_and_none_is_shown() {
    for text in [
        "",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_AAAA",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "sk_sandbox_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ] {
        assert_eq!(Webhooks::new(text).err(), Some(WebhookRefusal::Secret), "{text}");
    }
    assert!(!format!("{:?}", example()).contains("MfKQ"));
}

#[test]
fn an_authentic_text_of_another_kind_is_not_guessed_at() {
    assert_eq!(example().verify_at(&EXAMPLE, SENT_S).err(), Some(WebhookRefusal::Unknown));
}
