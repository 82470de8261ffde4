//! The canonical spelling of a value: what the fingerprint of an idempotent request is made of.
//!
//! Two bodies have the same spelling exactly when they differ in nothing but whitespace, the order of
//! members and the way characters are escaped. Numbers are spelled as sent: `1` and `1.0` differ,
//! which costs a retrying client nothing and spares us floats.

use std::fmt::Write;

use super::value::Value;

/// The canonical text.
#[must_use]
pub fn canonical_text(value: &Value) -> String {
    let mut text = String::new();
    spell(value, &mut text);
    text
}

fn spell(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(number),
        Value::Text(text) => spell_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                spell(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<&(String, Value)> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| name);
            out.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                spell_text(name, out);
                out.push(':');
                spell(value, out);
            }
            out.push('}');
        }
    }
}

fn spell_text(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => {
                write!(out, "\\u{:04x}", u32::from(control)).expect("a String takes every write");
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
