//! Canonical spelling and differences: when two bodies are the same request, and where they are not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use tallyport_domain::json::diff::POINTERS_MAX;
use tallyport_domain::json::{Limits, Value, canonical_text, differences, differing_pointers, parse};

fn value(text: &str) -> Value {
    parse(text.as_bytes(), Limits::REQUEST).unwrap()
}

fn canonical(text: &str) -> String {
    canonical_text(&value(text))
}

fn differing(first: &str, second: &str) -> Vec<String> {
    differing_pointers(first.as_bytes(), second.as_bytes())
}

#[test]
fn order_blanks_and_escapes_do_not_matter() {
    let one = canonical(r#"{"b":[1,{"y":"\u00e9","x":null}],"a":"\/\n"}"#);
    let other = canonical(" {\"a\" : \"/\\u000A\" , \"b\" : [ 1, {\"x\":null,\"y\":\"é\"} ] } ");
    assert_eq!(one, other);
    assert_eq!(one, r#"{"a":"/\u000a","b":[1,{"x":null,"y":"é"}]}"#);
}

#[test]
fn what_matters_is_kept_apart() {
    for (one, other) in [
        ("1", "1.0"),
        ("9007199254740993", "9007199254740992"),
        ("0.1", "0.10000000000000000555"),
        ("1e2", "100"),
        ("-0", "0"),
        ("1", "\"1\""),
        ("null", "\"null\""),
        ("[]", "{}"),
        ("[1,2]", "[2,1]"),
        ("{}", r#"{"a":null}"#),
        (r#"["a,b"]"#, r#"["a","b"]"#),
        (r#"{"a":"b\",\"c\":\"d"}"#, r#"{"a":"b","c":"d"}"#),
        ("\"é\"", "\"e\u{301}\""),
    ] {
        assert_ne!(canonical(one), canonical(other));
        assert!(!differing(one, other).is_empty(), "{one} {other}");
    }
}

#[test]
fn differences_name_the_innermost_place() {
    assert_eq!(differing(r#"{"amount":"1","o":{"x":[1,2]}}"#, r#"{"o":{"x":[1,3]},"amount":"1"}"#), ["/o/x/1"]);
    assert_eq!(differing(r#"{"a":1,"b":2}"#, r#"{"b":3,"c":4}"#), ["/b", "/c", "/a"]);
    assert_eq!(differing("[1,2]", "[1,2,3,4]"), ["/2", "/3"]);
    assert_eq!(differing(r#"{"a":{"b":1}}"#, r#"{"a":[1]}"#), ["/a"]);
    assert_eq!(differing("1", "2"), [""]);
    assert_eq!(differing(r#"{"a/b":{"m~n":1}}"#, r#"{"a/b":{"m~n":2}}"#), ["/a~1b/m~0n"]);
    assert_eq!(differing(r#"{"a":1, "b":2}"#, r#"{"b":2,"a":1}"#), [""; 0]);
}

#[test]
fn an_unreadable_body_differs_as_a_whole_unless_it_is_the_same() {
    assert_eq!(differing("{", "{}"), [""]);
    assert_eq!(differing("{}", "{"), [""]);
    assert_eq!(differing("{", "{"), [""; 0]);
}

#[test]
fn the_list_of_differences_is_bounded() {
    let many = |filler: &str, count: usize| format!("[{}]", vec![filler; count].join(","));
    let exact = differences(&value(&many("1", POINTERS_MAX)), &value(&many("2", POINTERS_MAX)));
    assert_eq!((exact.pointers.len(), exact.has_more), (POINTERS_MAX, false));
    let more = differences(&value(&many("1", POINTERS_MAX + 1)), &value(&many("2", POINTERS_MAX + 1)));
    assert_eq!((more.pointers.len(), more.has_more), (POINTERS_MAX, true));
    let longer = differences(&value("[]"), &value(&many("2", 5_000)));
    assert_eq!((longer.pointers.len(), longer.has_more), (POINTERS_MAX, true));
    assert!(differences(&value("[]"), &value("[]")).is_empty());
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        "(0|-?[1-9][0-9]{0,20})(\\.[0-9]{1,4})?(e[+-]?[0-9]{1,3})?".prop_map(Value::Number),
        "[^\0]{0,12}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::btree_map("[^\0]{0,6}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&body, Limits::REQUEST);
    }

    #[test]
    fn almost_json_never_panics(body in "[\\[\\]{}\",:\\\\u0-9a-f.eE+ntrusl -]{0,60}") {
        let _ = parse(body.as_bytes(), Limits::REQUEST);
    }

    #[test]
    fn the_canonical_text_reads_back_to_the_same_value(value in any_value()) {
        let text = canonical_text(&value);
        let read = parse(text.as_bytes(), Limits::REQUEST).unwrap();
        prop_assert!(differences(&value, &read).is_empty());
        prop_assert_eq!(canonical_text(&read), text);
    }

    #[test]
    fn bodies_differ_exactly_when_their_canonical_texts_do(first in any_value(), second in any_value()) {
        let is_same = canonical_text(&first) == canonical_text(&second);
        prop_assert_eq!(differences(&first, &second).is_empty(), is_same);
        prop_assert_eq!(differences(&second, &first).is_empty(), is_same);
        prop_assert!(differences(&first, &first).is_empty());
    }
}
