use aws_lc_rs::rsa::{KeySize, PrivateDecryptingKey};

use super::*;
use crate::ports::SeededRandomness;

fn pair() -> (OaepPrivateDecryptingKey, OaepPublicEncryptingKey) {
    let private = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
    let public = OaepPublicEncryptingKey::new(private.public_key()).unwrap();
    (OaepPrivateDecryptingKey::new(private).unwrap(), public)
}

fn open(text: &str, key: &OaepPrivateDecryptingKey) -> Result<Vec<u8>, JweRefusal> {
    Jwe::read(text)?.open(key, &SeededRandomness::new(1))
}

#[test]
fn what_is_sealed_opens_with_its_key_and_no_other() {
    let ((private, public), (other, _)) = (pair(), pair());
    for content in [&b""[..], b"{}", &[7; 100_000]] {
        let text = seal(content, "json", ("key_1", &public), &SeededRandomness::new(2)).unwrap();
        assert_eq!(Jwe::read(&text).unwrap().kid, "key_1");
        assert_eq!(open(&text, &private).unwrap(), content);
        assert_eq!(open(&text, &other), Err(JweRefusal::Sealed));
    }
}

#[test]
fn every_part_counts() {
    let (private, public) = pair();
    let text = seal(b"{\"a\":1}", "json", ("key_1", &public), &SeededRandomness::new(2)).unwrap();
    let parts: Vec<&str> = text.split('.').collect();
    for changed in 0..5 {
        let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        if changed == 0 {
            // The same header in another spelling.
            let header = String::from_utf8(URL_SAFE_NO_PAD.decode(&parts[0]).unwrap()).unwrap();
            parts[0] = URL_SAFE_NO_PAD.encode(header.replace(',', ", "));
        } else {
            let mut bytes = URL_SAFE_NO_PAD.decode(&parts[changed]).unwrap();
            bytes[0] ^= 1;
            parts[changed] = URL_SAFE_NO_PAD.encode(bytes);
        }
        assert_eq!(open(&parts.join("."), &private), Err(JweRefusal::Sealed), "part {changed}");
    }
}

#[test]
fn headers_that_ask_for_anything_else_are_refused() {
    let read = |header: &str| {
        let text = format!("{}.AA.{}.AA.{}", URL_SAFE_NO_PAD.encode(header), "A".repeat(16), "A".repeat(22));
        Jwe::read(&text).map(|jwe| jwe.kid)
    };
    let good = r#""alg":"RSA-OAEP-256","enc":"A256GCM","kid":"k""#;
    assert_eq!(read(&format!("{{{good}}}")), Ok("k".to_owned()));
    assert_eq!(read(&format!(r#"{{{good},"cty":"json","typ":"JOSE"}}"#)), Ok("k".to_owned()));
    for (header, refusal) in [
        (r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (r#"{"alg":"RSA1_5","enc":"A256GCM","kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (r#"{"alg":"dir","enc":"A256GCM","kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (r#"{"alg":"RSA-OAEP-256","enc":"A128CBC-HS256","kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (r#"{"alg":["RSA-OAEP-256"],"enc":"A256GCM","kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (r#"{"kid":"k"}"#.to_owned(), JweRefusal::Algorithm),
        (format!(r#"{{{good},"zip":"DEF"}}"#), JweRefusal::Extension),
        (format!(r#"{{{good},"crit":["x"],"x":1}}"#), JweRefusal::Extension),
        (format!(r#"{{{good},"cty":"JWT"}}"#), JweRefusal::Content),
        (format!(r#"{{{good},"cty":7}}"#), JweRefusal::Content),
        (r#"{"alg":"RSA-OAEP-256","enc":"A256GCM"}"#.to_owned(), JweRefusal::Key),
        (r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":7}"#.to_owned(), JweRefusal::Key),
        (format!(r#"{{{good},"kid":"k"}}"#), JweRefusal::Form),
        (format!(r#"{{{good},"x":"{}"}}"#, "y".repeat(5_000)), JweRefusal::Form),
        ("[]".to_owned(), JweRefusal::Form),
        (String::new(), JweRefusal::Form),
    ] {
        assert_eq!(read(&header), Err(refusal), "{header}");
    }
}

#[test]
fn what_has_not_its_form_is_refused() {
    let (private, public) = pair();
    let good = seal(b"{}", "json", ("key_1", &public), &SeededRandomness::new(2)).unwrap();
    let part = |index: usize| good.split('.').nth(index).unwrap().to_owned();
    for text in [
        String::new(),
        "....".to_owned(),
        "a.b.c.d.e".to_owned(),
        format!("{good}."),
        format!("{good}.AA"),
        format!("{good}="),
        format!(" {good}"),
        good.replace('-', "+"),
        good.rsplit_once('.').unwrap().0.to_owned(),
        [part(0), part(1), "AA".to_owned(), part(3), part(4)].join("."),
        [part(0), part(1), part(2), part(3), part(4)[..20].to_owned()].join("."),
    ] {
        if text != good {
            assert_eq!(open(&text, &private), Err(JweRefusal::Form), "{text}");
        }
    }
    for end in 0..good.len() {
        assert!(open(&good[..end], &private).is_err(), "{end}");
    }
}
