//! What the open API accepts of a signature, and the exact reason it gives for what it does not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use tallyport_domain::signature::{
    Algorithm, Component, ContentDigest, Field, Message, RequestView, ResponseView, SignatureParams, SignatureRefusal,
    VerifyPlan, crc32c::crc32c, sign, verify_plan,
};

const NOW_S: i64 = 1_760_000_000;
const NOW_MS: i64 = NOW_S * 1000;
const NONCE: &str = "n0nce-of-16-chars";
const DIGEST: &str = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
const COVERED: &str = r#"("@method" "@authority" "@path" "@query" "content-digest" "idempotency-key")"#;

fn params() -> String {
    format!(";created={NOW_S};nonce=\"{NONCE}\";keyid=\"ak_1\";alg=\"hmac-sha256\";tag=\"tallyport\"")
}

fn plan_fields(fields: &[Field<'_>], now_ms: i64) -> Result<VerifyPlan, SignatureRefusal> {
    let request = RequestView {
        method: "POST",
        scheme: "https",
        authority: "pay.example",
        path: "/v1/payments",
        query: Some("expand=order"),
        fields,
        has_body: true,
    };
    verify_plan(&request, now_ms)
}

fn plan_input(input: &str, now_ms: i64) -> Result<VerifyPlan, SignatureRefusal> {
    let fields: [Field<'_>; 4] = [
        ("Content-Digest", DIGEST.as_bytes()),
        ("Idempotency-Key", b"k-1"),
        ("Signature-Input", input.as_bytes()),
        ("Signature", b"sig=:AQID:"),
    ];
    plan_fields(&fields, now_ms)
}

fn plan_with(components: &str, params: &str) -> Result<VerifyPlan, SignatureRefusal> {
    plan_input(&format!("sig={components}{params}"), NOW_MS)
}

fn cause(result: Result<VerifyPlan, SignatureRefusal>) -> &'static str {
    result.expect_err("the signature is refused").cause()
}

#[test]
fn a_complete_signature_becomes_a_plan() {
    let plan = plan_with(COVERED, &params()).unwrap();
    assert_eq!((plan.keyid.as_str(), plan.alg, plan.nonce.as_str()), ("ak_1", Algorithm::HmacSha256, NONCE));
    assert_eq!((plan.created_s, plan.signature.as_slice()), (NOW_S, [1, 2, 3].as_slice()));
    assert_eq!(plan.nonce_until_ms(), NOW_MS + 300_001);
    assert!(plan.content_digest.unwrap().sha_256.is_some());
    let expected = [
        "\"@method\": POST".to_owned(),
        "\"@authority\": pay.example".to_owned(),
        "\"@path\": /v1/payments".to_owned(),
        "\"@query\": ?expand=order".to_owned(),
        format!("\"content-digest\": {DIGEST}"),
        "\"idempotency-key\": k-1".to_owned(),
        format!("\"@signature-params\": {COVERED}{}", params()),
    ];
    assert_eq!(String::from_utf8(plan.base).unwrap(), expected.join("\n"));
}

#[test]
fn each_required_component_is_missed_by_name() {
    for which in ["@method", "@authority", "@path", "@query", "content-digest", "idempotency-key"] {
        let fewer = COVERED.replace(&format!("\"{which}\""), "");
        let refusal = plan_with(&fewer, &params()).unwrap_err();
        assert_eq!(refusal, SignatureRefusal::MissingComponent { which });
    }
}

#[test]
fn a_component_with_a_parameter_does_not_stand_in_for_the_plain_one() {
    let keyed = COVERED.replace("\"@query\"", "\"@query-param\";name=\"expand\"");
    assert_eq!(plan_with(&keyed, &params()), Err(SignatureRefusal::MissingComponent { which: "@query" }));
}

#[test]
fn what_a_request_does_not_have_needs_no_cover() {
    let input = format!("sig=(\"@method\" \"@authority\" \"@path\"){}", params());
    let fields: [Field<'_>; 2] = [("signature-input", input.as_bytes()), ("signature", b"sig=:AQID:")];
    let request = RequestView {
        method: "GET",
        scheme: "https",
        authority: "pay.example",
        path: "/v1/payments",
        query: None,
        fields: &fields,
        has_body: false,
    };
    assert_eq!(verify_plan(&request, NOW_MS).unwrap().content_digest, None);
    let with_question_mark = RequestView { query: Some(""), ..request };
    assert_eq!(verify_plan(&with_question_mark, NOW_MS), Err(SignatureRefusal::MissingComponent { which: "@query" }));
}

#[test]
fn each_required_parameter_is_missed_by_name() {
    for (which, text) in [
        ("created", format!(";created={NOW_S}")),
        ("nonce", format!(";nonce=\"{NONCE}\"")),
        ("keyid", ";keyid=\"ak_1\"".to_owned()),
        ("alg", ";alg=\"hmac-sha256\"".to_owned()),
    ] {
        let refusal = plan_with(COVERED, &params().replace(&text, "")).unwrap_err();
        assert_eq!(refusal, SignatureRefusal::MissingParameter { which });
    }
    assert_eq!(cause(plan_with(COVERED, &params().replace(";tag=\"tallyport\"", ""))), "tag_missing");
}

#[test]
fn parameters_have_their_types() {
    for (from, to) in [
        (format!("created={NOW_S}"), "created=\"1760000000\"".to_owned()),
        (format!("created={NOW_S}"), format!("created={NOW_S}.0")),
        (format!("created={NOW_S}"), format!("created=@{NOW_S}")),
        (format!("created={NOW_S}"), format!("created=-{NOW_S}")),
        (format!("created={NOW_S}"), "created".to_owned()),
        (format!("created={NOW_S}"), format!("created={NOW_S};expires=\"1\"")),
        ("keyid=\"ak_1\"".to_owned(), "keyid=ak_1".to_owned()),
        ("alg=\"hmac-sha256\"".to_owned(), "alg=hmac-sha256".to_owned()),
        (format!("nonce=\"{NONCE}\""), "nonce=:AAAAAAAAAAAAAAAAAAAAAAAA:".to_owned()),
    ] {
        assert_eq!(cause(plan_with(COVERED, &params().replace(&from, &to))), "parameter_type", "{to}");
    }
    let token_tag = params().replace("tag=\"tallyport\"", "tag=tallyport");
    assert_eq!(cause(plan_with(COVERED, &token_tag)), "tag_missing");
}

#[test]
fn a_repeated_name_is_refused_wherever_it_stands() {
    let repeated = |result| assert_eq!(cause(result), "name_repeated");
    repeated(plan_with(COVERED, &format!("{};keyid=\"ak_2\"", params())));
    repeated(plan_with(COVERED, &format!("{};x=1;x=1", params())));
    repeated(plan_with(&COVERED.replace("\"@path\"", "\"@path\";req;req"), &params()));
    repeated(plan_input(&format!("sig={COVERED}{0}, sig={COVERED}{0}", params()), NOW_MS));
}

#[test]
fn an_unknown_parameter_is_signed_as_it_came() {
    let params = params().replace(";nonce", ";x-trace=abc;y=1.50;z;w=?0;nonce");
    let plan = plan_with(COVERED, &params).unwrap();
    let base = String::from_utf8(plan.base).unwrap();
    assert!(base.ends_with(&format!("{COVERED}{}", params.replace("1.50", "1.5"))), "{base}");
}

#[test]
fn the_window_is_five_minutes_both_ways() {
    let at = |now_ms| plan_input(&format!("sig={COVERED}{}", params()), now_ms);
    assert!(at(NOW_MS + 300_000).is_ok());
    assert!(at(NOW_MS - 300_000).is_ok());
    assert_eq!(at(NOW_MS + 300_001), Err(SignatureRefusal::ClockSkew { by_ms: -300_001 }));
    assert_eq!(at(NOW_MS - 300_001), Err(SignatureRefusal::ClockSkew { by_ms: 300_001 }));
    assert_eq!(cause(at(i64::MIN)), "clock_skew");
    assert_eq!(cause(at(i64::MAX)), "clock_skew");
    let far = params().replace(&NOW_S.to_string(), "999999999999999");
    assert_eq!(cause(plan_with(COVERED, &far)), "clock_skew");
}

#[test]
fn an_expired_signature_is_refused_even_inside_the_window() {
    let expires = |second: i64| plan_with(COVERED, &format!("{};expires={second}", params()));
    assert!(expires(NOW_S + 1).is_ok());
    assert_eq!(expires(NOW_S), Err(SignatureRefusal::Expired { by_ms: 0 }));
    let later = plan_input(&format!("sig={COVERED}{};expires={}", params(), NOW_S + 5), NOW_MS + 6_000);
    assert_eq!(later, Err(SignatureRefusal::Expired { by_ms: 1_000 }));
    let before_created = plan_input(&format!("sig={COVERED}{};expires={}", params(), NOW_S - 1), NOW_MS - 60_000);
    assert_eq!(cause(before_created), "expired");
}

#[test]
fn only_the_listed_algorithms_are_accepted() {
    for algorithm in Algorithm::ALL {
        let params = params().replace("hmac-sha256", algorithm.name());
        assert_eq!(plan_with(COVERED, &params).unwrap().alg, algorithm);
    }
    for alg in ["none", "HMAC-SHA256", "rsa-pss-sha256", "ecdsa-p384-sha384", "hmac-sha256 ", ""] {
        let params = params().replace("hmac-sha256", alg);
        assert_eq!(plan_with(COVERED, &params), Err(SignatureRefusal::UnknownAlg { alg: alg.to_owned() }));
    }
}

#[test]
fn nonce_and_keyid_are_bounded_and_visible() {
    let nonce = |text: &str| plan_with(COVERED, &params().replace(NONCE, text));
    assert!(nonce(&"n".repeat(16)).is_ok());
    assert!(nonce(&"n".repeat(128)).is_ok());
    for text in [String::new(), "n".repeat(15), "n".repeat(129), "sixteen chars and".to_owned()] {
        assert_eq!(nonce(&text), Err(SignatureRefusal::NonceUnacceptable));
    }
    let keyid = |text: &str| plan_with(COVERED, &params().replace("ak_1", text));
    for text in [String::new(), "k".repeat(129), "ak 1".to_owned()] {
        assert_eq!(keyid(&text), Err(SignatureRefusal::KeyidUnacceptable));
    }
}

#[test]
fn the_tag_chooses_among_several_signatures() {
    let other = "proxy=(\"@method\");created=1;keyid=\"p\"";
    let two = format!("{other}, sig={COVERED}{}", params());
    assert_eq!(plan_input(&two, NOW_MS).unwrap().label, "sig");
    let ambiguous = format!("a={COVERED}{0}, sig={COVERED}{0}", params());
    assert_eq!(plan_input(&ambiguous, NOW_MS), Err(SignatureRefusal::TagAmbiguous { count: 2 }));
    assert_eq!(plan_input(other, NOW_MS), Err(SignatureRefusal::TagMissing));
    assert_eq!(plan_input("sig=1;tag=\"tallyport\"", NOW_MS), Err(SignatureRefusal::TagMissing));
}

#[test]
fn both_fields_must_be_there_and_fit_together() {
    let input = format!("sig={COVERED}{}", params());
    let with = |signature: Option<&[u8]>, input: Option<&str>| {
        let mut fields: Vec<Field<'_>> = vec![("Content-Digest", DIGEST.as_bytes()), ("Idempotency-Key", b"k-1")];
        fields.extend(signature.map(|value| ("Signature", value)));
        fields.extend(input.map(|value| ("Signature-Input", value.as_bytes())));
        plan_fields(&fields, NOW_MS).map(|plan| plan.signature)
    };
    assert_eq!(with(None, None), Err(SignatureRefusal::SignatureMissing));
    assert_eq!(with(None, Some(&input)), Err(SignatureRefusal::FieldMissing { field: "signature" }));
    assert_eq!(with(Some(b"sig=:AQID:"), None), Err(SignatureRefusal::FieldMissing { field: "signature-input" }));
    assert_eq!(with(Some(b"sig=:AQID:, x=1"), Some(&input)), Ok(vec![1, 2, 3]));
    for value in [&b"other=:AQID:"[..], b"sig=AQID", b"sig", b"sig=(:AQID:)", b""] {
        assert_eq!(with(Some(value), Some(&input)).unwrap_err().cause(), "label_unmatched");
    }
    for value in [&b"sig=:AQ"[..], b"sig=:AQID:,", b"\xff", b"sig=:!!!!:"] {
        assert_eq!(with(Some(value), Some(&input)).unwrap_err().cause(), "field_malformed");
    }
    let long = format!("{input}, x=\"{}\"", "x".repeat(8 * 1024));
    assert_eq!(with(Some(b"sig=:AQID:"), Some(&long)).unwrap_err().cause(), "field_too_long");
}

#[test]
fn fields_that_arrive_in_several_lines_are_one() {
    let input = format!("sig={COVERED}{}", params());
    let fields: [Field<'_>; 6] = [
        ("Signature-Input", b"proxy=(\"@method\");created=1;keyid=\"p\""),
        ("Content-Digest", DIGEST.as_bytes()),
        ("Idempotency-Key", b"k-1"),
        ("Signature-Input", input.as_bytes()),
        ("Signature", b"proxy=:AA==:"),
        ("Signature", b"sig=:AQID:"),
    ];
    assert_eq!(plan_fields(&fields, NOW_MS).unwrap().signature, [1, 2, 3]);
}

#[test]
fn unsupported_components_are_refused_with_a_reason() {
    for component in [
        "\"@request-target\"",
        "\"@signature-params\"",
        "\"@nonsense\"",
        "\"@query-param\"",
        "\"@query-param\";name=expand",
        "\"Content-Type\"",
        "\"content type\"",
        "\"\"",
        "content-type",
        "7",
        "\"content-type\";sf",
        "\"content-type\";bs",
        "\"content-type\";tr",
        "\"content-type\";key=\"a\"",
        "\"content-type\";unknown",
        "\"@method\";req=?0",
        "\"@method\";req",
        "\"@method\";name=\"x\"",
    ] {
        let more = COVERED.replace(')', &format!(" {component})"));
        assert_eq!(cause(plan_with(&more, &params())), "component_unsupported", "{component}");
    }
}

#[test]
fn a_component_is_covered_once_and_in_bounded_number() {
    let twice = COVERED.replace(')', " \"@path\")");
    assert_eq!(cause(plan_with(&twice, &params())), "component_repeated");
    let many: String = (0..30).map(|index| format!(" \"x-{index}\"")).collect();
    assert_eq!(cause(plan_with(&COVERED.replace(')', &format!("{many})")), &params())), "components_too_many");
}

#[test]
fn what_is_covered_must_be_there_and_signable() {
    for component in ["\"x-absent\"", "\"@status\"", "\"@query-param\";name=\"absent\""] {
        let more = COVERED.replace(')', &format!(" {component})"));
        assert_eq!(cause(plan_with(&more, &params())), "component_absent", "{component}");
    }
    let input = format!("sig={}{}", COVERED.replace(')', " \"x-note\")"), params());
    for value in ["caf\u{e9}".as_bytes(), b"a\nb", b"a\r\nb", b"a\r\n\"@method\": GET", b"a\0", b"\x7f", b"\xff"] {
        let fields: [Field<'_>; 5] = [
            ("Content-Digest", DIGEST.as_bytes()),
            ("Idempotency-Key", b"k-1"),
            ("X-Note", value),
            ("Signature-Input", input.as_bytes()),
            ("Signature", b"sig=:AQID:"),
        ];
        assert_eq!(cause(plan_fields(&fields, NOW_MS)), "value_unsignable", "{value:?}");
    }
}

#[test]
fn a_line_break_cannot_smuggle_a_component_through_path_or_authority() {
    let input = format!("sig={}{}", "(\"@method\" \"@authority\" \"@path\")", params());
    let fields: [Field<'_>; 2] = [("signature-input", input.as_bytes()), ("signature", b"sig=:AQID:")];
    let request = RequestView {
        method: "GET",
        scheme: "https",
        authority: "pay.example",
        path: "/a\n\"@query\": ?b",
        query: None,
        fields: &fields,
        has_body: false,
    };
    assert_eq!(cause(verify_plan(&request, NOW_MS)), "value_unsignable");
}

fn plan_digest(digest: &str) -> Result<VerifyPlan, SignatureRefusal> {
    let input = format!("sig={COVERED}{}", params());
    let fields: [Field<'_>; 4] = [
        ("Content-Digest", digest.as_bytes()),
        ("Idempotency-Key", b"k-1"),
        ("Signature-Input", input.as_bytes()),
        ("Signature", b"sig=:AQID:"),
    ];
    plan_fields(&fields, NOW_MS)
}

#[test]
fn a_digest_must_be_strong_and_well_formed() {
    assert_eq!(plan_digest("crc32c=:Z/WtTw==:"), Err(SignatureRefusal::DigestWeak));
    assert_eq!(plan_digest("md5=:1B2M2Y8AsgTpgAmy7PhCfg==:"), Err(SignatureRefusal::DigestWeak));
    let both = plan_digest(&format!("{DIGEST}, crc32c=:4waSgw==:, md5=:AA==:")).unwrap();
    assert_eq!(both.content_digest.unwrap().crc32c, Some(crc32c(b"123456789")));
    for value in ["sha-256=:AAAA:", "sha-256=abc", "sha-256", "sha-256=(:AAAA:)"] {
        let refusal = plan_digest(value).unwrap_err();
        assert_eq!(refusal, SignatureRefusal::DigestMalformed { algorithm: "sha-256" });
    }
    assert_eq!(cause(plan_digest(&format!("{DIGEST}, crc32c=:AA==:"))), "digest_malformed");
    assert_eq!(cause(plan_digest(&format!("{DIGEST}, {DIGEST}"))), "name_repeated");
    assert_eq!(cause(plan_digest("sha-256=:@@@:")), "field_malformed");
}

#[test]
fn a_digest_is_written_as_it_is_read() {
    let digest = ContentDigest { crc32c: Some([1, 2, 3, 4]), ..ContentDigest::of_sha_256([7; 32]) };
    let value = digest.field_value().unwrap();
    assert_eq!(ContentDigest::read(&[("content-digest", value.as_bytes())]).unwrap(), Some(digest));
    assert_eq!(ContentDigest::default().field_value(), None);
    assert_eq!(ContentDigest::read(&[]).unwrap(), None);
}

#[test]
fn crc32c_has_the_published_check_value() {
    assert_eq!(crc32c(b"123456789"), 0xE306_9283_u32.to_be_bytes());
    assert_eq!(crc32c(b""), [0; 4]);
    assert_eq!(crc32c(&[0; 32]), 0x8A91_36AA_u32.to_be_bytes());
}

#[test]
fn what_the_signer_makes_the_verifier_accepts() {
    let fields: [Field<'_>; 2] = [("content-digest", DIGEST.as_bytes()), ("idempotency-key", b"k-1")];
    let request = RequestView {
        method: "POST",
        scheme: "https",
        authority: "pay.example",
        path: "/v1/payments",
        query: None,
        fields: &fields,
        has_body: true,
    };
    let params = SignatureParams::new()
        .with_created_s(NOW_S)
        .and_then(|params| params.with_nonce(NONCE))
        .and_then(|params| params.with_keyid("ak_1"))
        .and_then(|params| params.with_alg(Algorithm::Ed25519).with_tag("tallyport"))
        .unwrap();
    let components = sign::request_components(&request);
    let unsigned = sign::prepare(&Message::Request(&request), "sig1", components, params).unwrap();
    let value = unsigned.signature_field(&[9; 64]);
    let mut signed = fields.to_vec();
    signed.push(("signature-input", unsigned.signature_input.as_bytes()));
    signed.push(("signature", value.as_bytes()));
    let plan = verify_plan(&RequestView { fields: &signed, ..request }, NOW_MS).unwrap();
    assert_eq!((plan.base, plan.signature), (unsigned.base, vec![9; 64]));
}

#[test]
fn a_response_without_its_request_cannot_cover_it() {
    let fields: [Field<'_>; 1] = [("content-digest", DIGEST.as_bytes())];
    let response = ResponseView { status: 200, fields: &fields, request: None };
    let refusal = sign::prepare(
        &Message::Response(&response),
        "sig1",
        tallyport_domain::signature::answer_components(),
        SignatureParams::new(),
    );
    assert_eq!(refusal.unwrap_err(), SignatureRefusal::ComponentAbsent { component: "\"@method\";req".to_owned() });
    let method = vec![Component::named("@method").unwrap()];
    let refusal = sign::prepare(&Message::Response(&response), "sig1", method, SignatureParams::new());
    assert_eq!(refusal.unwrap_err().cause(), "component_absent");
}

#[test]
fn a_signer_refuses_what_cannot_be_written() {
    assert!(Component::named("X-Upper").is_err());
    assert!(Component::named("x\ny").is_err());
    assert!(SignatureParams::new().with_nonce("caf\u{e9}").is_err());
    assert!(SignatureParams::new().with_created_s(-1).is_err());
    assert!(SignatureParams::new().with_created_s(1_000_000_000_000_000).is_err());
    let request = RequestView {
        method: "GET",
        scheme: "https",
        authority: "a",
        path: "/",
        query: None,
        fields: &[],
        has_body: false,
    };
    assert!(sign::prepare(&Message::Request(&request), "Sig 1", vec![], SignatureParams::new()).is_err());
}
