#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::Deserialize;
use tallyport_domain::json::Limits;

use super::{BodyFault, Kind, decode};
use crate::{ErrorCode, Language};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Order {
    order_id: String,
    count: i64,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    method: Method,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    amount: String,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Method {
    #[default]
    Card,
    Bank,
}

fn refusal(body: &str) -> (BodyFault, String) {
    let refusal = decode::<Order>(body.as_bytes(), Limits::REQUEST).expect_err("the body is refused");
    (refusal.fault, refusal.pointer.into())
}

fn wrong_type(expected: Kind, found: Kind) -> BodyFault {
    BodyFault::WrongType { expected: Some(expected), found }
}

#[test]
fn a_body_that_fits_is_decoded() {
    let body = br#"{"count":9007199254740993,"order_id":"A","note":null,"lines":[{"amount":"1"}],"method":"bank"}"#;
    let order: Order = decode(body, Limits::REQUEST).unwrap();
    assert_eq!(
        order,
        Order {
            order_id: "A".into(),
            count: 9_007_199_254_740_993,
            note: None,
            lines: vec![Line { amount: "1".into() }],
            method: Method::Bank,
        }
    );
}

#[test]
fn an_unknown_field_is_named_where_it_stands() {
    assert_eq!(refusal(r#"{"order_id":"A","count":1,"amont":"1"}"#), (BodyFault::UnknownField, "/amont".into()));
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"lines":[{"amount":"1"},{"amount":"1","a/b~":1}]}"#),
        (BodyFault::UnknownField, "/lines/1/a~1b~0".into())
    );
}

#[test]
fn a_missing_field_is_named_where_it_should_stand() {
    assert_eq!(refusal(r#"{"order_id":"A"}"#), (BodyFault::MissingField, "/count".into()));
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"lines":[{}]}"#),
        (BodyFault::MissingField, "/lines/0/amount".into())
    );
}

#[test]
fn a_wrong_type_is_named_with_what_was_expected() {
    assert_eq!(refusal(r#"{"order_id":1,"count":1}"#), (wrong_type(Kind::Text, Kind::Integer), "/order_id".into()));
    assert_eq!(refusal(r#"{"order_id":"A","count":"1"}"#), (wrong_type(Kind::Integer, Kind::Text), "/count".into()));
    assert_eq!(refusal(r#"{"order_id":null,"count":1}"#), (wrong_type(Kind::Text, Kind::Null), "/order_id".into()));
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"lines":[["1"]]}"#),
        (wrong_type(Kind::Object, Kind::List), "/lines/0".into())
    );
    assert_eq!(refusal("[]"), (wrong_type(Kind::Object, Kind::List), String::new()));
    assert_eq!(refusal(r#"["A",1]"#), (wrong_type(Kind::Object, Kind::List), String::new()));
}

#[test]
fn a_number_never_loses_digits() {
    let out_of_range = (BodyFault::NumberOutOfRange, "/count".to_owned());
    assert_eq!(refusal(r#"{"order_id":"A","count":9223372036854775808}"#), out_of_range);
    assert_eq!(refusal(r#"{"order_id":"A","count":18446744073709551616}"#), out_of_range);
    let float = (wrong_type(Kind::Integer, Kind::Decimal), "/count".to_owned());
    assert_eq!(refusal(r#"{"order_id":"A","count":1e400}"#), float);
    assert_eq!(refusal(r#"{"order_id":"A","count":1.0}"#), float);
    assert_eq!(refusal(r#"{"order_id":"A","count":1e0}"#), float);
}

#[test]
fn an_unknown_variant_names_the_known_ones() {
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"method":"cash"}"#),
        (BodyFault::UnknownVariant { known: &["card", "bank"] }, "/method".into())
    );
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"method":7}"#),
        (wrong_type(Kind::Text, Kind::Integer), "/method".into())
    );
    assert_eq!(
        refusal(r#"{"order_id":"A","count":1,"method":{"bank":1}}"#),
        (wrong_type(Kind::Null, Kind::Integer), "/method/bank".into())
    );
}

#[test]
fn a_repeated_field_is_refused_even_with_the_same_value() {
    let (fault, pointer) = refusal(r#"{"order_id":"A","count":1,"count":1}"#);
    assert_eq!((fault.cause(), pointer.as_str()), ("name_repeated", "/count"));
}

#[test]
fn a_float_that_no_double_holds_is_refused() {
    let refusal = decode::<f64>(b"1e400", Limits::REQUEST).unwrap_err();
    assert_eq!(refusal.fault, BodyFault::NumberOutOfRange);
    assert!(decode::<f64>(b"0.5", Limits::REQUEST).is_ok());
}

#[test]
fn only_size_is_answered_as_too_large() {
    let large = decode::<Order>(b"[1,2,3]", Limits { bytes_max: 6, depth_max: 32 }).unwrap_err();
    assert_eq!((large.code(), large.param()), (ErrorCode::BodyTooLarge, None));
    assert_eq!(large.message().in_language(Language::En), "The body is larger than 6 bytes.");
    let deep = decode::<Order>(b"[[1]]", Limits { bytes_max: 6, depth_max: 1 }).unwrap_err();
    assert_eq!((deep.fault.cause(), deep.code(), deep.param()), ("too_deep", ErrorCode::BodyMalformed, Some("/0")));
}

#[test]
fn every_fault_of_a_field_has_the_code_of_its_page() {
    let code = |body: &str| decode::<Order>(body.as_bytes(), Limits::REQUEST).unwrap_err().code();
    assert_eq!(code("{"), ErrorCode::BodyMalformed);
    assert_eq!(code(r#"{"x":1}"#), ErrorCode::ParameterUnknown);
    assert_eq!(code("{}"), ErrorCode::ParameterMissing);
    assert_eq!(code(r#"{"count":"1"}"#), ErrorCode::ParameterInvalid);
}

#[test]
fn a_fault_reads_as_a_sentence_in_both_languages() {
    let text = wrong_type(Kind::Text, Kind::Null).message();
    assert_eq!(text.in_language(Language::En), "This must be a string, not null.");
    assert_eq!(text.in_language(Language::Zh), "此处必须是字符串，而不是 null。");
}
