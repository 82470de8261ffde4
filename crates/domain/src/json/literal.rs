//! Reads the literals of JSON: strings and numbers (RFC 8259 §6 and §7).

use super::fault::FaultKind;

/// A kind of fault and the offset of its byte.
pub(super) type LiteralFault = (FaultKind, usize);

/// Reads the string whose opening quote stands at `start`; answers it and the offset behind it.
pub(super) fn read_string(text: &str, start: usize) -> Result<(String, usize), LiteralFault> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut run = at;
    let mut read = String::new();
    loop {
        match bytes.get(at) {
            None => return Err((FaultKind::CutShort, at)),
            Some(b'"') => {
                read.push_str(&text[run..at]);
                return Ok((read, at + 1));
            }
            Some(b'\\') => {
                read.push_str(&text[run..at]);
                let (char, after) = read_escape(bytes, at)?;
                read.push(char);
                at = after;
                run = after;
            }
            Some(0) => return Err((FaultKind::NulCharacter, at)),
            Some(control) if *control < b' ' => return Err((FaultKind::ControlCharacter, at)),
            Some(_) => at += 1,
        }
    }
}

fn read_escape(bytes: &[u8], start: usize) -> Result<(char, usize), LiteralFault> {
    let char = match bytes.get(start + 1) {
        None => return Err((FaultKind::CutShort, start)),
        Some(b'u') => return read_unicode_escape(bytes, start),
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(_) => return Err((FaultKind::Syntax, start)),
    };
    Ok((char, start + 2))
}

fn read_unicode_escape(bytes: &[u8], start: usize) -> Result<(char, usize), LiteralFault> {
    let unit = read_hex(bytes, start + 2)?;
    let (code, after) = match unit {
        0 => return Err((FaultKind::NulCharacter, start)),
        0xD800..=0xDBFF => {
            if bytes.get(start + 6..start + 8) != Some(b"\\u") {
                return Err((FaultKind::LoneSurrogate, start));
            }
            let low = read_hex(bytes, start + 8)?;
            if !(0xDC00..=0xDFFF).contains(&low) {
                return Err((FaultKind::LoneSurrogate, start));
            }
            (0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00), start + 12)
        }
        _ => (unit, start + 6),
    };
    char::from_u32(code).map(|char| (char, after)).ok_or((FaultKind::LoneSurrogate, start))
}

fn read_hex(bytes: &[u8], start: usize) -> Result<u32, LiteralFault> {
    let mut code = 0;
    for at in start..start + 4 {
        let byte = *bytes.get(at).ok_or((FaultKind::CutShort, at))?;
        let digit = char::from(byte).to_digit(16).ok_or((FaultKind::Syntax, at))?;
        code = code << 4 | digit;
    }
    Ok(code)
}

/// The offset behind the number that starts at `start`.
pub(super) fn number_end(bytes: &[u8], start: usize) -> Result<usize, LiteralFault> {
    let mut at = start;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    if bytes.get(at) == Some(&b'0') {
        at += 1;
    } else {
        at = digits_end(bytes, at)?;
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Ok(at)
}

/// The offset behind at least one digit.
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, LiteralFault> {
    let count = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (count, bytes.get(start)) {
        (0, None) => Err((FaultKind::CutShort, start)),
        (0, Some(_)) => Err((FaultKind::Syntax, start)),
        _ => Ok(start + count),
    }
}
