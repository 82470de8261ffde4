//! The value of one named query parameter (RFC 9421 §2.2.8): decoded as a form, encoded again the one
//! way that both sides can reproduce.

use std::fmt::Write;

/// The encoded value of the parameter with that encoded name; `None` when it is absent, occurs twice
/// or the query is not UTF-8, where the RFC forbids to cover it.
pub(super) fn only_value(query: &str, name: &str) -> Option<String> {
    let mut found = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (pair_name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if reencoded(pair_name)? != name {
            continue;
        }
        if found.replace(reencoded(value)?).is_some() {
            return None;
        }
    }
    found
}

fn reencoded(text: &str) -> Option<String> {
    let decoded = String::from_utf8(decode(text)).ok()?;
    let mut encoded = String::with_capacity(decoded.len());
    for byte in decoded.bytes() {
        if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a String takes every write");
        }
    }
    Some(encoded)
}

fn decode(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        rest = match escaped {
            Some(byte) => {
                decoded.push(byte);
                &after[2..]
            }
            None => {
                decoded.push(if first == b'+' { b' ' } else { first });
                after
            }
        };
    }
    decoded
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
