use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::public_key::PublicKeyKind;

use super::{InvalidPublicKey, PublicKeyFile};

/// Made once for these tests with a public command line tool; nobody has the private halves.
const RSA_2048: &str = include_str!("tests/rsa_2048.pem");
const RSA_2048_PKCS1: &str = include_str!("tests/rsa_2048_pkcs1.pem");
const RSA_1024: &str = include_str!("tests/rsa_1024.pem");
const RSA_EXPONENT_3: &str = include_str!("tests/rsa_exponent_3.pem");
const RSA_8192: &str = include_str!("tests/rsa_8192.pem");
const EC_P384: &str = include_str!("tests/ec_p384.pem");

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}

fn ec_der() -> Vec<u8> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    der.as_ref().to_vec()
}

#[test]
fn each_kind_is_known_by_its_bytes() {
    let rsa = PublicKeyFile::from_pem(RSA_2048).unwrap();
    assert_eq!((rsa.kind, rsa.bits), (PublicKeyKind::Rsa, 2048));
    let ec = PublicKeyFile::from_pem(&pem("PUBLIC KEY", &ec_der())).unwrap();
    assert_eq!((ec.kind, ec.bits), (PublicKeyKind::EcP256, 256));
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let ed = PublicKeyFile::from_pem(&pem("PUBLIC KEY", der.as_ref())).unwrap();
    assert_eq!((ed.kind, ed.bits), (PublicKeyKind::Ed25519, 256));
}

#[test]
fn both_forms_of_one_rsa_key_are_one_key() {
    let spki = PublicKeyFile::from_pem(RSA_2048).unwrap();
    let pkcs1 = PublicKeyFile::from_pem(RSA_2048_PKCS1).unwrap();
    assert_eq!(spki, pkcs1);
    assert_eq!(spki.fingerprint(), pkcs1.fingerprint());
    let with_windows_lines = PublicKeyFile::from_pem(&RSA_2048.replace('\n', "\r\n")).unwrap();
    assert_eq!(with_windows_lines, spki);
}

#[test]
fn weak_and_foreign_keys_are_refused_by_name() {
    assert_eq!(PublicKeyFile::from_pem(RSA_1024), Err(InvalidPublicKey::RsaBits { bits: 1024 }));
    assert_eq!(PublicKeyFile::from_pem(RSA_EXPONENT_3), Err(InvalidPublicKey::RsaExponent));
    assert!(matches!(PublicKeyFile::from_pem(RSA_8192), Err(InvalidPublicKey::RsaBits { .. })));
    assert_eq!(PublicKeyFile::from_pem(EC_P384), Err(InvalidPublicKey::OtherKind));
    assert_eq!(PublicKeyFile::from_pem(&pem("CERTIFICATE", b"0")), Err(InvalidPublicKey::Certificate));
}

#[test]
fn a_private_key_is_told_from_a_mistake() {
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
        assert_eq!(PublicKeyFile::from_pem(&pem(label, b"0")), Err(InvalidPublicKey::Private), "{label}");
    }
    let both = format!("{RSA_2048}{}", pem("PRIVATE KEY", b"0"));
    assert_eq!(PublicKeyFile::from_pem(&both), Err(InvalidPublicKey::Private));
}

#[test]
fn what_is_no_key_is_refused() {
    let off_the_curve = {
        let mut der = ec_der();
        *der.last_mut().unwrap() ^= 1;
        pem("PUBLIC KEY", &der)
    };
    let with_a_tail = pem("PUBLIC KEY", &[ec_der(), vec![0]].concat());
    for text in [
        "",
        "ssh-rsa AAAAB3NzaC1yc2E ada@example",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
        &format!("{RSA_2048}{RSA_2048}"),
        &format!("key: {RSA_2048}"),
        &off_the_curve,
        &"x".repeat(100_000),
    ] {
        assert_eq!(PublicKeyFile::from_pem(text), Err(InvalidPublicKey::NotPem), "{text:.60}");
    }
    assert!(PublicKeyFile::from_pem(&with_a_tail).is_err());
}
