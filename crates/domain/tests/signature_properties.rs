//! Signature parsing and building under arbitrary input.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use tallyport_domain::signature::base::signature_base;
use tallyport_domain::signature::input::read_labelled_signature;
use tallyport_domain::signature::{
    Component, ContentDigest, Field, Message, RequestView, SignatureParams, sign, verify_plan,
};

fn request<'a>(path: &'a str, query: Option<&'a str>, fields: &'a [Field<'a>]) -> RequestView<'a> {
    RequestView { method: "POST", scheme: "https", authority: "Pay.Example:443", path, query, fields, has_body: true }
}

/// Texts near enough to the grammar to get past its first character.
fn almost_an_input() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("sig="),
        Just("("),
        Just(")"),
        Just("\"@method\""),
        Just("\"@query-param\""),
        Just(" "),
        Just(";created=1"),
        Just(";name=\"%\""),
        Just(";req"),
        Just(";tag=\"tallyport\""),
        Just(", "),
        Just(":AA==:"),
        Just("\\"),
        Just("\""),
        Just("=?1"),
        Just("@1"),
        Just("%\"a\""),
        Just("-1.5"),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(
        input in prop::collection::vec(any::<u8>(), 0..200),
        value in prop::collection::vec(any::<u8>(), 0..60),
        digest in prop::collection::vec(any::<u8>(), 0..60),
        now_ms in any::<i64>(),
    ) {
        let fields: [Field<'_>; 3] =
            [("signature-input", &input), ("signature", &value), ("content-digest", &digest)];
        let _ = verify_plan(&request("/", None, &fields), now_ms);
        let _ = ContentDigest::read(&fields);
    }

    #[test]
    fn almost_valid_fields_never_panic(
        input in almost_an_input(),
        value in almost_an_input(),
        query in "[a-z%&=+\u{e9}0-9]{0,20}",
    ) {
        let fields: [Field<'_>; 2] = [("signature-input", input.as_bytes()), ("signature", value.as_bytes())];
        let request = request("/x", Some(&query), &fields);
        let _ = verify_plan(&request, 1_000);
        if let Ok(carried) = read_labelled_signature(&fields, "sig") {
            let _ = signature_base(&Message::Request(&request), &carried.covered);
        }
    }

    #[test]
    fn what_is_built_is_read_back_to_the_same_base(
        path in "(/[a-zA-Z0-9%._~-]{0,12}){0,4}",
        query in proptest::option::of("[a-z0-9=&%+-]{0,30}"),
        note in "[ -~\t]{0,40}",
        nonce in "[ -~]{0,140}",
        keyid in "[ -~]{0,60}",
        created_s in 0_i64..=999_999_999_999_999,
        signature in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let mut fields: Vec<Field<'_>> = vec![("X-Note", note.as_bytes()), ("X-Note", b"two"), ("content-digest", b"")];
        let unsigned = {
            let request = request(&path, query.as_deref(), &fields);
            let mut components = sign::request_components(&request);
            components.push(Component::named("x-note").unwrap());
            let params = SignatureParams::new()
                .with_created_s(created_s)
                .and_then(|params| params.with_keyid(&keyid))
                .and_then(|params| params.with_nonce(&nonce))
                .unwrap();
            sign::prepare(&Message::Request(&request), "sig1", components, params).unwrap()
        };
        let value = unsigned.signature_field(&signature);
        fields.push(("Signature-Input", unsigned.signature_input.as_bytes()));
        fields.push(("Signature", value.as_bytes()));
        let carried = read_labelled_signature(&fields, "sig1").unwrap();
        let request = request(&path, query.as_deref(), &fields);
        let base = signature_base(&Message::Request(&request), &carried.covered).unwrap();
        prop_assert_eq!(base, unsigned.base);
        prop_assert_eq!(carried.signature, signature);
        prop_assert_eq!(carried.covered.params().nonce(), Some(nonce.as_str()));
    }

    #[test]
    fn a_covered_value_always_stays_on_its_line(value in prop::collection::vec(any::<u8>(), 0..40)) {
        let fields: [Field<'_>; 1] = [("x-note", &value)];
        let request = request("/", None, &fields);
        let components = vec![Component::named("x-note").unwrap()];
        if let Ok(unsigned) = sign::prepare(&Message::Request(&request), "s", components, SignatureParams::new()) {
            let lines = unsigned.base.split(|byte| *byte == b'\n').count();
            prop_assert_eq!(lines, 2);
        }
    }
}
