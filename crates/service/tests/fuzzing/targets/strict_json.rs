//! Bodies of the open API.

use serde::de::IgnoredAny;
use tallyport_domain::json::{Limits, Value, canonical_text, differing_pointers, parse};

/// What bodies are made of.
pub(crate) const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"a\"",
    "\"a\":",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1e400",
    "1E-2",
    "0.5",
    "01",
    "9007199254740993",
    "\\u0000",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\n",
    "\\/",
    "\\\"",
    "\u{feff}",
    "\u{1f600}",
    " ",
    "\t",
    "\u{0}",
    "NaN",
    "//",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

/// Whatever we read, every other reader of JSON has to be able to read, and its canonical text is the same
/// value.
pub(crate) fn run(data: &[u8]) -> String {
    let value = match parse(data, Limits::REQUEST) {
        Ok(value) => value,
        Err(fault) => return format!("{:?}", fault.kind),
    };
    serde_json::from_slice::<IgnoredAny>(data).expect("what is read strictly is JSON");
    let canonical = canonical_text(&value);
    let again = parse(canonical.as_bytes(), Limits { bytes_max: usize::MAX, ..Limits::REQUEST });
    assert_eq!(canonical_text(&again.expect("the canonical text is JSON")), canonical);
    assert_eq!(differing_pointers(data, canonical.as_bytes()), Vec::<String>::new());
    assert!(value.find_scalar(|_| false).is_none());
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::Text(_) => "text",
        Value::List(_) => "list",
        Value::Object(_) => "object",
    };
    format!("read, {kind}")
}
