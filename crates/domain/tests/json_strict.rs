//! The strict JSON parser: what it takes and, above all, what it does not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use tallyport_domain::json::strict::{NAME_BYTES_MAX, NUMBER_BYTES_MAX};
use tallyport_domain::json::{FaultKind, Limits, Value, parse};

fn read(body: &[u8]) -> Result<Value, (FaultKind, String)> {
    parse(body, Limits::REQUEST).map_err(|fault| (fault.kind, fault.pointer.into()))
}

fn refused(body: impl AsRef<[u8]>) -> (FaultKind, String) {
    read(body.as_ref()).expect_err("the body is refused")
}

fn at(kind: FaultKind, pointer: &str) -> (FaultKind, String) {
    (kind, pointer.to_owned())
}

fn number(text: &str) -> Value {
    Value::Number(text.to_owned())
}

#[test]
fn every_kind_of_value_is_read() {
    let value = read(br#" { "a" : [ null , true , false , -1.5e+3 , "x" ] , "b" : { } , "c":[] } "#).unwrap();
    let items = vec![Value::Null, Value::Bool(true), Value::Bool(false), number("-1.5e+3"), Value::Text("x".into())];
    let members =
        vec![("a".into(), Value::List(items)), ("b".into(), Value::Object(vec![])), ("c".into(), Value::List(vec![]))];
    assert_eq!(value, Value::Object(members));
    for scalar in ["null", "true", "0", "\"\"", "\n\t\r 1"] {
        assert!(read(scalar.as_bytes()).is_ok(), "{scalar}");
    }
}

#[test]
fn numbers_keep_their_text() {
    for text in ["0", "-0", "9007199254740993", "18446744073709551617", "0.10", "1E400", "1e-7", "-0.0", "10e+05"] {
        assert_eq!(read(text.as_bytes()), Ok(number(text)));
    }
}

#[test]
fn numbers_outside_the_grammar_are_refused() {
    for text in ["01", "-", "+1", ".5", "1.", "1e", "1e+", "1.e5", "--1", "0x10", "Infinity", "NaN", "-01", "1_0", "１"]
    {
        let (kind, _) = refused(text);
        assert!(matches!(kind, FaultKind::Syntax | FaultKind::CutShort | FaultKind::Trailing), "{text}: {kind:?}");
    }
    assert!(read("1".repeat(NUMBER_BYTES_MAX).as_bytes()).is_ok());
    let long = format!("{{\"n\":{}}}", "1".repeat(NUMBER_BYTES_MAX + 1));
    assert_eq!(refused(long), at(FaultKind::NumberTooLong, "/n"));
}

#[test]
fn a_repeated_name_is_refused_with_its_place() {
    assert_eq!(refused(r#"{"a":1,"a":1}"#), at(FaultKind::NameRepeated, "/a"));
    assert_eq!(refused(r#"{"a":1,"b":2,"a":{"x":1}}"#), at(FaultKind::NameRepeated, "/a"));
    assert_eq!(refused(r#"{"o":[{},{"x":{"k/~":1,"k/~":2}}]}"#), at(FaultKind::NameRepeated, "/o/1/x/k~1~0"));
    assert_eq!(refused(r#"{"a":1,"\u0061":2}"#), at(FaultKind::NameRepeated, "/a"));
    assert_eq!(refused(r#"{"":1,"":2}"#), at(FaultKind::NameRepeated, "/"));
    assert!(read(r#"{"a":{"a":1},"A":1}"#.as_bytes()).is_ok());
}

#[test]
fn depth_is_limited_before_it_can_hurt() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(nested(32).as_bytes()).is_ok());
    assert_eq!(refused(nested(33)), at(FaultKind::TooDeep, &"/0".repeat(32)));
    assert_eq!(refused(nested(10_000)).0, FaultKind::TooDeep);
    assert_eq!(refused("[".repeat(200_000)).0, FaultKind::TooDeep);
    assert_eq!(refused("{\"a\":".repeat(10_000)), at(FaultKind::TooDeep, &"/a".repeat(32)));
    let wide = format!("[{}]", vec!["[[]]"; 1_000].join(","));
    assert!(read(wide.as_bytes()).is_ok());
}

#[test]
fn size_is_limited() {
    let limits = Limits { bytes_max: 8, depth_max: 32 };
    assert!(parse(b"[1,2,30]", limits).is_ok());
    let fault = parse(b"[1,2,300]", limits).unwrap_err();
    assert_eq!((fault.kind, fault.offset_bytes), (FaultKind::TooLarge, 8));
    let name = "n".repeat(NAME_BYTES_MAX);
    assert!(read(format!("{{\"{name}\":1}}").as_bytes()).is_ok());
    assert_eq!(refused(format!("{{\"o\":{{\"{name}n\":1}}}}")), at(FaultKind::NameTooLong, "/o"));
}

#[test]
fn the_encoding_is_plain_utf8() {
    assert_eq!(refused(b"\xEF\xBB\xBF{}"), at(FaultKind::ByteOrderMark, ""));
    assert_eq!(refused("{}\u{feff}").0, FaultKind::Trailing);
    for body in [
        &b"\"\xff\""[..],
        b"\"\xc0\x80\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf4\x90\x80\x80\"",
        b"\"\xe4\xbd\"",
        b"\xff\xfe{\0}\0",
    ] {
        assert_eq!(refused(body), at(FaultKind::NotUtf8, ""), "{body:?}");
    }
    let fault = parse(b"{\"a\":\"\xff\"}", Limits::REQUEST).unwrap_err();
    assert_eq!(fault.offset_bytes, 6);
    assert_eq!(read("\"你好 \u{10ffff}\"".as_bytes()), Ok(Value::Text("你好 \u{10ffff}".into())));
}

#[test]
fn nothing_follows_the_value() {
    for body in ["{}{}", "{} x", "1 2", "null,", "[1]]", "\"a\"\"b\"", "{}\0", "true//x", "[] \u{a0}"] {
        assert_eq!(refused(body).0, FaultKind::Trailing, "{body}");
    }
}

#[test]
fn an_empty_body_is_told_from_a_broken_one() {
    assert_eq!(refused(""), at(FaultKind::Empty, ""));
    assert_eq!(refused(" \n\t\r"), at(FaultKind::Empty, ""));
    for body in ["{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1,", "tru", "-", "\"\\", "\"\\u12"] {
        assert_eq!(refused(body).0, FaultKind::CutShort, "{body}");
    }
    for body in [
        "}",
        "]",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "{\"a\":1,}",
        "[,1]",
        "{\"a\" 1}",
        "truE",
        "\u{a0}1",
        "/**/1",
        "{1:2}",
        "\\",
    ] {
        assert_eq!(refused(body).0, FaultKind::Syntax, "{body}");
    }
}

#[test]
fn escapes_are_resolved() {
    let value = read(br#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\uFFFD""#).unwrap();
    assert_eq!(value, Value::Text("\"\\/\u{8}\u{c}\n\r\té😀\u{fffd}".into()));
    for body in [r#""\x""#, r#""\'""#, r#""\u12G4""#, r#""\u+123""#, r#""\U0041""#] {
        assert_eq!(refused(body).0, FaultKind::Syntax, "{body}");
    }
}

#[test]
fn half_a_surrogate_pair_is_refused() {
    for text in [
        r"\ud800",
        r"\udc00",
        r"\ud800x",
        r"\ud800\n",
        r"\ud800\ud800",
        r"\ud800\u0041",
        r"\udfff\ud800",
        r"\udbff\udbff",
    ] {
        assert_eq!(refused(format!("{{\"a\":[\"{text}\"]}}")), at(FaultKind::LoneSurrogate, "/a/0"), "{text}");
        assert_eq!(refused(format!("{{\"{text}\":1}}")), at(FaultKind::LoneSurrogate, ""), "{text}");
    }
}

#[test]
fn nul_and_control_characters_are_refused() {
    assert_eq!(refused(r#"{"a":"x\u0000"}"#), at(FaultKind::NulCharacter, "/a"));
    assert_eq!(refused("{\"a\":\"x\0\"}"), at(FaultKind::NulCharacter, "/a"));
    assert_eq!(refused(r#"{"\u0000":1}"#), at(FaultKind::NulCharacter, ""));
    for control in ["\u{1}", "\n", "\r", "\t", "\u{1f}"] {
        assert_eq!(refused(format!("[\"{control}\"]")), at(FaultKind::ControlCharacter, "/0"));
    }
    assert!(read("\"\u{7f}\u{80}\"".as_bytes()).is_ok());
}

#[test]
fn a_fault_inside_is_placed_at_the_innermost_value() {
    assert_eq!(refused(r#"{"lines":[{"a":1},{"a":nul}]}"#), at(FaultKind::Syntax, "/lines/1/a"));
    assert_eq!(refused(r#"{"a":{"b":}}"#), at(FaultKind::Syntax, "/a/b"));
}

#[test]
fn a_scalar_is_found_wherever_it_hides() {
    let value = read(br#"{"a":[1,{"b/c":"needle"}],"d":77,"key":null}"#).unwrap();
    let place = |wanted: &str| value.find_scalar(|text| text == wanted).map(String::from);
    assert_eq!(place("needle").as_deref(), Some("/a/1/b~1c"));
    assert_eq!(place("77").as_deref(), Some("/d"));
    assert_eq!(place("key").as_deref(), Some("/key"));
    assert_eq!(place("absent"), None);
    assert_eq!(value.find_member("d"), Some(&number("77")));
    assert_eq!(value.find_member("x"), None);
}
