//! Parses a body strictly (RFC 8259 and, for names and characters, RFC 7493).
//!
//! Recursion is bounded by the depth limit, so no body can overflow the stack.

use super::fault::{Fault, FaultKind};
use super::literal::{LiteralFault, number_end, read_string};
use super::pointer::Pointer;
use super::value::Value;

/// Names of members are ours or a partner's short labels; a long one would swell every error.
pub const NAME_BYTES_MAX: usize = 128;

/// Enough for every integer and every double; longer numbers only serve to cost time.
pub const NUMBER_BYTES_MAX: usize = 64;

/// How large and how deep a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body.
    pub bytes_max: usize,
    /// Arrays and objects around the innermost value.
    pub depth_max: usize,
}

impl Limits {
    /// What the open API grants a request.
    pub const REQUEST: Self = Self { bytes_max: 256 * 1024, depth_max: 32 };
}

/// Parses one JSON value with nothing before or after it but whitespace.
///
/// # Errors
/// The first fault in reading order; among the names of one object, after its end.
pub fn parse(body: &[u8], limits: Limits) -> Result<Value, Fault> {
    let fault = |kind, offset_bytes| Fault { kind, pointer: Pointer::root(), offset_bytes };
    if body.len() > limits.bytes_max {
        return Err(fault(FaultKind::TooLarge, limits.bytes_max));
    }
    if body.starts_with(b"\xEF\xBB\xBF") {
        return Err(fault(FaultKind::ByteOrderMark, 0));
    }
    let text = str::from_utf8(body).map_err(|invalid| fault(FaultKind::NotUtf8, invalid.valid_up_to()))?;
    let mut parser = Parser { text, at: 0, depth_left: limits.depth_max };
    parser.skip_blanks();
    if parser.peek().is_none() {
        return Err(fault(FaultKind::Empty, parser.at));
    }
    let value = parser.value().map_err(Found::into_fault)?;
    parser.skip_blanks();
    if parser.peek().is_some() {
        return Err(fault(FaultKind::Trailing, parser.at));
    }
    Ok(value)
}

/// A fault on its way out; each enclosing value adds its step.
struct Found {
    kind: FaultKind,
    offset_bytes: usize,
    steps_outward: Vec<String>,
}

impl Found {
    fn under(mut self, step: impl Into<String>) -> Self {
        self.steps_outward.push(step.into());
        self
    }

    fn into_fault(self) -> Fault {
        let pointer = self.steps_outward.iter().rev().fold(Pointer::root(), |pointer, step| pointer.child(step));
        Fault { kind: self.kind, pointer, offset_bytes: self.offset_bytes }
    }
}

impl From<LiteralFault> for Found {
    fn from((kind, offset_bytes): LiteralFault) -> Self {
        Self { kind, offset_bytes, steps_outward: Vec::new() }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth_left: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, Found> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) | None => Err(self.unexpected()),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Value, Found>) -> Result<Value, Found> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(self.found(FaultKind::TooDeep));
        };
        self.depth_left = depth_left;
        self.at += 1;
        self.skip_blanks();
        let value = read(self)?;
        self.depth_left += 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, Found> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            let item = self.value().map_err(|found| found.under(items.len().to_string()))?;
            items.push(item);
            self.skip_blanks();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            self.expect(b',')?;
            self.skip_blanks();
        }
    }

    fn object(&mut self) -> Result<Value, Found> {
        let mut members: Vec<(String, Value)> = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let name_at = self.at;
            let name = self.string()?;
            if name.len() > NAME_BYTES_MAX {
                return Err((FaultKind::NameTooLong, name_at).into());
            }
            self.skip_blanks();
            self.expect(b':')?;
            self.skip_blanks();
            let value = self.value().map_err(|found| found.under(name.as_str()))?;
            members.push((name, value));
            self.skip_blanks();
            if self.take(b'}') {
                break;
            }
            self.expect(b',')?;
            self.skip_blanks();
        }
        match repeated_name(&members) {
            Some(name) => Err(self.found(FaultKind::NameRepeated).under(name)),
            None => Ok(Value::Object(members)),
        }
    }

    fn string(&mut self) -> Result<String, Found> {
        let (read, after) = read_string(self.text, self.at)?;
        self.at = after;
        Ok(read)
    }

    fn number(&mut self) -> Result<Value, Found> {
        let start = self.at;
        let end = number_end(self.text.as_bytes(), start)?;
        if end - start > NUMBER_BYTES_MAX {
            return Err(self.found(FaultKind::NumberTooLong));
        }
        self.at = end;
        Ok(Value::Number(self.text[start..end].to_owned()))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Found> {
        for expected in word.bytes() {
            self.expect(expected)?;
        }
        Ok(value)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), Found> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn found(&self, kind: FaultKind) -> Found {
        (kind, self.at).into()
    }

    fn unexpected(&self) -> Found {
        self.found(if self.peek().is_none() { FaultKind::CutShort } else { FaultKind::Syntax })
    }
}

/// Sorting keeps the search cheap for an object with very many members.
fn repeated_name(members: &[(String, Value)]) -> Option<&str> {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}
