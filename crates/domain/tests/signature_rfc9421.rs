//! The examples of RFC 9421: section 2's component values and appendix B's signatures, verified with
//! a real cryptographic library.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws_lc_rs::{hmac, signature};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::signature::base::signature_base;
use tallyport_domain::signature::input::{Covered, read_labelled_signature};
use tallyport_domain::signature::{Component, Field, Message, RequestView, ResponseView, SignatureParams, sign};

const CREATED_S: i64 = 1_618_884_473;

const REQUEST_DIGEST: &str =
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
const RESPONSE_DIGEST: &str =
    "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";

/// B.1.5, `test-shared-secret`.
const SHARED_SECRET: &str = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

/// B.1.2, `test-key-rsa-pss`.
const RSA_PSS_SPKI: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI2wIDAQAB";

/// B.1.1, `test-key-rsa`, as PKCS#1.
const RSA_PKCS1: &str = "MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrwWEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFqMGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZgkne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0PuKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQPSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB";

/// B.1.3, `test-key-ecc-p256`.
const ECC_SPKI: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";

/// B.1.4, `test-key-ed25519`.
const ED25519_SPKI: &str = "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

const REQUEST_FIELDS: [Field<'static>; 5] = [
    ("Host", b"example.com"),
    ("Date", b"Tue, 20 Apr 2021 02:07:55 GMT"),
    ("Content-Type", b"application/json"),
    ("Content-Digest", REQUEST_DIGEST.as_bytes()),
    ("Content-Length", b"18"),
];

const RESPONSE_FIELDS: [Field<'static>; 4] = [
    ("Date", b"Tue, 20 Apr 2021 02:07:56 GMT"),
    ("Content-Type", b"application/json"),
    ("Content-Digest", RESPONSE_DIGEST.as_bytes()),
    ("Content-Length", b"23"),
];

fn test_request<'a>(fields: &'a [Field<'a>]) -> RequestView<'a> {
    RequestView {
        method: "POST",
        scheme: "https",
        authority: "example.com",
        path: "/foo",
        query: Some("param=Value&Pet=dog"),
        fields,
        has_body: true,
    }
}

/// The base and the signature of the example with that label.
fn carried(is_response: bool, label: &str, input: &str, value: &str) -> (String, Vec<u8>) {
    let (input, value) = (format!("{label}={input}"), format!("{label}=:{value}:"));
    let mut fields = if is_response { RESPONSE_FIELDS.to_vec() } else { REQUEST_FIELDS.to_vec() };
    fields.push(("Signature-Input", input.as_bytes()));
    fields.push(("Signature", value.as_bytes()));
    let request = test_request(&fields);
    let response = ResponseView { status: 200, fields: &fields, request: None };
    let message = if is_response { Message::Response(&response) } else { Message::Request(&request) };
    let carried = read_labelled_signature(&fields, label).unwrap();
    let base = signature_base(&message, &carried.covered).unwrap();
    (String::from_utf8(base).unwrap(), carried.signature)
}

fn rsa_pss() -> signature::UnparsedPublicKey<Vec<u8>> {
    signature::UnparsedPublicKey::new(&signature::RSA_PSS_2048_8192_SHA512, bytes(RSA_PSS_SPKI)[24..].to_vec())
}

#[test]
fn b_2_1_minimal_signature() {
    let params = r#"();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#;
    let (base, signature) = carried(
        false,
        "sig-b21",
        params,
        "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==",
    );
    assert_eq!(base, format!("\"@signature-params\": {params}"));
    rsa_pss().verify(base.as_bytes(), &signature).unwrap();
}

#[test]
fn b_2_2_selective_coverage_with_a_query_parameter() {
    let params = r#"("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#;
    let (base, signature) = carried(
        false,
        "sig-b22",
        params,
        "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==",
    );
    let expected = [
        "\"@authority\": example.com".to_owned(),
        format!("\"content-digest\": {REQUEST_DIGEST}"),
        "\"@query-param\";name=\"Pet\": dog".to_owned(),
        format!("\"@signature-params\": {params}"),
    ];
    assert_eq!(base, expected.join("\n"));
    rsa_pss().verify(base.as_bytes(), &signature).unwrap();
}

#[test]
fn b_2_3_full_coverage() {
    let params = r#"("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss""#;
    let (base, signature) = carried(
        false,
        "sig-b23",
        params,
        "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==",
    );
    let expected = [
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT".to_owned(),
        "\"@method\": POST".to_owned(),
        "\"@path\": /foo".to_owned(),
        "\"@query\": ?param=Value&Pet=dog".to_owned(),
        "\"@authority\": example.com".to_owned(),
        "\"content-type\": application/json".to_owned(),
        format!("\"content-digest\": {REQUEST_DIGEST}"),
        "\"content-length\": 18".to_owned(),
        format!("\"@signature-params\": {params}"),
    ];
    assert_eq!(base, expected.join("\n"));
    rsa_pss().verify(base.as_bytes(), &signature).unwrap();
}

#[test]
fn b_2_4_response() {
    let params =
        r#"("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256""#;
    let (base, signature) = carried(
        true,
        "sig-b24",
        params,
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==",
    );
    let expected = [
        "\"@status\": 200".to_owned(),
        "\"content-type\": application/json".to_owned(),
        format!("\"content-digest\": {RESPONSE_DIGEST}"),
        "\"content-length\": 23".to_owned(),
        format!("\"@signature-params\": {params}"),
    ];
    assert_eq!(base, expected.join("\n"));
    let point = bytes(ECC_SPKI)[26..].to_vec();
    let key = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
    key.verify(base.as_bytes(), &signature).unwrap();
}

#[test]
fn b_2_5_hmac_is_verified_and_reproduced() {
    let params = r#"("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#;
    let (base, signature) = carried(false, "sig-b25", params, "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes(SHARED_SECRET));
    hmac::verify(&key, base.as_bytes(), &signature).unwrap();

    let request = test_request(&REQUEST_FIELDS);
    let components = ["date", "@authority", "content-type"].map(|name| Component::named(name).unwrap());
    let made = SignatureParams::new().with_created_s(CREATED_S).unwrap().with_keyid("test-shared-secret").unwrap();
    let unsigned = sign::prepare(&Message::Request(&request), "sig-b25", components.to_vec(), made).unwrap();
    assert_eq!(unsigned.signature_input, format!("sig-b25={params}"));
    let tag = hmac::sign(&key, &unsigned.base);
    assert_eq!(unsigned.signature_field(tag.as_ref()), "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:");
}

#[test]
fn b_2_6_ed25519() {
    let params = r#"("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#;
    let (base, signature) = carried(
        false,
        "sig-b26",
        params,
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
    );
    let key = signature::UnparsedPublicKey::new(&signature::ED25519, bytes(ED25519_SPKI)[12..].to_vec());
    key.verify(base.as_bytes(), &signature).unwrap();
}

#[test]
fn section_4_3_a_proxy_signs_beside_the_client() {
    let fields: Vec<Field<'_>> = vec![
        ("Content-Type", b"application/json"),
        ("Content-Length", b"18"),
        ("Forwarded", b"for=192.0.2.123;host=example.com;proto=https"),
        ("Content-Digest", REQUEST_DIGEST.as_bytes()),
        ("Signature-Input", br#"sig1=("@method" "@authority" "@path" "content-digest" "content-type" "content-length");created=1618884475;keyid="test-key-ecc-p256", proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540"#),
        ("Signature", b"sig1=:X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==:, proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:"),
    ];
    let request = RequestView { authority: "origin.host.internal.example", ..test_request(&fields) };
    let proxy = read_labelled_signature(&fields, "proxy_sig").unwrap();
    let base = signature_base(&Message::Request(&request), &proxy.covered).unwrap();
    let key = signature::UnparsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, bytes(RSA_PKCS1));
    key.verify(&base, &proxy.signature).unwrap();

    let client = read_labelled_signature(&fields, "sig1").unwrap();
    let as_sent = RequestView { authority: "example.com", ..request };
    let base = signature_base(&Message::Request(&as_sent), &client.covered).unwrap();
    let point = bytes(ECC_SPKI)[26..].to_vec();
    let key = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
    key.verify(&base, &client.signature).unwrap();
}

fn value_of(message: &Message<'_>, component: Component) -> String {
    let covered = Covered::new(vec![component], SignatureParams::new()).unwrap();
    let base = String::from_utf8(signature_base(message, &covered).unwrap()).unwrap();
    let line = base.lines().next().unwrap();
    line.split_once("\": ").unwrap().1.to_owned()
}

fn named(name: &str) -> Component {
    Component::named(name).unwrap()
}

#[test]
fn section_2_1_field_values_are_normalised() {
    let fields: [Field<'_>; 8] = [
        ("Host", b"www.example.com"),
        ("X-OWS-Header", b"  \tLeading and trailing whitespace.   "),
        ("X-Obs-Fold-Header", b"Obsolete\r\n    line folding."),
        ("Cache-Control", b"max-age=60"),
        ("Example-Dict", b" a=1,    b=2;x=1;y=2,   c=(a   b   c)"),
        ("Cache-Control", b"   must-revalidate"),
        ("X-Empty-Header", b""),
        ("X-Blank-Header", b" \t "),
    ];
    let request = test_request(&fields);
    let value = |name| value_of(&Message::Request(&request), named(name));
    assert_eq!(value("host"), "www.example.com");
    assert_eq!(value("x-ows-header"), "Leading and trailing whitespace.");
    assert_eq!(value("x-obs-fold-header"), "Obsolete line folding.");
    assert_eq!(value("cache-control"), "max-age=60, must-revalidate");
    assert_eq!(value("example-dict"), "a=1,    b=2;x=1;y=2,   c=(a   b   c)");
    assert_eq!(value("x-empty-header"), "");
    assert_eq!(value("x-blank-header"), "");
}

#[test]
fn section_2_2_derived_components_are_normalised() {
    let plain = RequestView {
        method: "get",
        scheme: "HTTPS",
        authority: "WWW.Example.COM:443",
        path: "/Path%2D",
        query: Some("param=value&foo=bar&baz=bat%2Dman"),
        fields: &[],
        has_body: false,
    };
    let value = |request: &RequestView<'_>, name| value_of(&Message::Request(request), named(name));
    assert_eq!(value(&plain, "@method"), "get");
    assert_eq!(value(&plain, "@scheme"), "https");
    assert_eq!(value(&plain, "@authority"), "www.example.com");
    assert_eq!(value(&plain, "@path"), "/Path%2D");
    assert_eq!(value(&plain, "@query"), "?param=value&foo=bar&baz=bat%2Dman");
    assert_eq!(value(&plain, "@target-uri"), "https://www.example.com/Path%2D?param=value&foo=bar&baz=bat%2Dman");
    let bare = RequestView { path: "", query: None, ..plain };
    assert_eq!(value(&bare, "@path"), "/");
    assert_eq!(value(&bare, "@query"), "?");
    assert_eq!(value(&bare, "@target-uri"), "https://www.example.com/");
    assert_eq!(value(&RequestView { query: Some(""), ..plain }, "@query"), "?");
    for (scheme, authority, expected) in [
        ("http", "example.com:80", "example.com"),
        ("http", "example.com:443", "example.com:443"),
        ("https", "example.com:80", "example.com:80"),
        ("https", "example.com:8443", "example.com:8443"),
        ("https", "[2001:DB8::443]:443", "[2001:db8::443]"),
        ("https", "[2001:db8::443]", "[2001:db8::443]"),
        ("https", "example.com:", "example.com"),
    ] {
        assert_eq!(value(&RequestView { scheme, authority, ..plain }, "@authority"), expected);
    }
}

#[test]
fn section_2_2_8_a_query_parameter_is_encoded_again() {
    let request = RequestView {
        query: Some(
            "var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something&qux=",
        ),
        ..test_request(&[])
    };
    let value = |name: &str| {
        let fields: Vec<Field<'_>> = vec![];
        let input = format!("sig=(\"@query-param\";name=\"{name}\")");
        let mut fields = fields;
        fields.push(("signature-input", input.as_bytes()));
        fields.push(("signature", b"sig=:AAAA:"));
        let carried = read_labelled_signature(&fields, "sig").unwrap();
        let base = signature_base(&Message::Request(&request), &carried.covered).ok()?;
        let base = String::from_utf8(base).unwrap();
        Some(base.lines().next().unwrap().rsplit_once(": ").map_or_else(String::new, |(_, value)| value.to_owned()))
    };
    assert_eq!(value("var").unwrap(), "this%20is%20a%20big%0Amultiline%20value");
    assert_eq!(value("bar").unwrap(), "with%20plus%20whitespace");
    assert_eq!(value("fa%C3%A7ade%22%3A%20").unwrap(), "something");
    assert_eq!(value("qux").unwrap(), "");
    assert_eq!(value("absent"), None);
}

#[test]
fn section_2_4_a_response_covers_its_request() {
    let request_fields: [Field<'_>; 1] = [("Content-Digest", REQUEST_DIGEST.as_bytes())];
    let request = test_request(&request_fields);
    let response_fields: [Field<'_>; 1] = [("Content-Digest", RESPONSE_DIGEST.as_bytes())];
    let response = ResponseView { status: 503, fields: &response_fields, request: Some(&request) };
    let mut components = tallyport_domain::signature::answer_components();
    components.push(named("content-digest").of_request());
    let unsigned = sign::prepare(&Message::Response(&response), "sig1", components, SignatureParams::new()).unwrap();
    let expected = [
        "\"@status\": 503".to_owned(),
        format!("\"content-digest\": {RESPONSE_DIGEST}"),
        "\"@method\";req: POST".to_owned(),
        "\"@path\";req: /foo".to_owned(),
        format!("\"content-digest\";req: {REQUEST_DIGEST}"),
        r#""@signature-params": ("@status" "content-digest" "@method";req "@path";req "content-digest";req)"#
            .to_owned(),
    ];
    assert_eq!(String::from_utf8(unsigned.base).unwrap(), expected.join("\n"));
}
