//! Rust source taken apart just enough: what is code, and what the string literals say.
//!
//! This is no parser. It knows comments, strings, raw strings, characters and lifetimes, because
//! a rule that reads a comment as code cries wolf.

/// Code of the same length as the source, with comments and literals blanked, beside the literals.
pub(crate) struct RustText {
    pub(crate) code: String,
    pub(crate) strings: Vec<Literal>,
}

pub(crate) struct Literal {
    /// Where the content starts in the source.
    pub(crate) start: usize,
    pub(crate) content: String,
}

impl RustText {
    pub(crate) fn of(source: &str) -> Self {
        let mut scanner = Scanner { source, code: vec![b' '; source.len()], strings: Vec::new(), at: 0 };
        scanner.run();
        let code = String::from_utf8(scanner.code).expect("blanked bytes are spaces, the others were copied whole");
        Self { code, strings: scanner.strings }
    }

    /// Byte ranges of `#[cfg(test)] mod … { … }`.
    pub(crate) fn test_modules(&self) -> Vec<std::ops::Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = self.code[from..].find("#[cfg(test)]").map(|at| from + at) {
            let end = self.module_end(start + "#[cfg(test)]".len());
            from = end.unwrap_or(start + 1);
            found.extend(end.map(|end| start..end));
        }
        found
    }

    /// The end of the module that starts here with its body, if one does.
    fn module_end(&self, from: usize) -> Option<usize> {
        let rest = self.code[from..].trim_start();
        let rest = rest.strip_prefix("pub(crate) ").unwrap_or(rest);
        if !rest.starts_with("mod ") {
            return None;
        }
        let open = rest.find('{')?;
        if rest.find(';').is_some_and(|end| end < open) {
            return None;
        }
        let offset = self.code.len() - rest.len();
        balanced_end(&self.code, offset + open)
    }
}

/// The end of the bracket that opens at `open`, behind its closing partner.
pub(crate) fn balanced_end(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The line, from one, in which a byte of the source stands.
pub(crate) fn line_of(source: &str, at: usize) -> usize {
    source.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

struct Scanner<'a> {
    source: &'a str,
    code: Vec<u8>,
    strings: Vec<Literal>,
    at: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            if rest.starts_with("//") {
                self.blank(rest.find('\n').unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.blank(comment_length(rest));
            } else if let Some(hashes) = raw_string_hashes(rest).filter(|_| !self.inside_word()) {
                self.raw_string(hashes);
            } else if rest.starts_with('"') {
                self.string();
            } else if let Some(length) = character_length(rest) {
                self.blank(length);
            } else {
                self.copy();
            }
        }
    }

    /// Passes over bytes, keeping the line breaks among them.
    fn blank(&mut self, length: usize) {
        for at in self.at..self.at + length {
            if self.source.as_bytes()[at] == b'\n' {
                self.code[at] = b'\n';
            }
        }
        self.at += length;
    }

    fn copy(&mut self) {
        let character = self.source[self.at..].chars().next().map_or(1, char::len_utf8);
        self.code[self.at..self.at + character].copy_from_slice(&self.source.as_bytes()[self.at..self.at + character]);
        self.at += character;
    }

    fn string(&mut self) {
        let start = self.at + 1;
        let mut end = start;
        let bytes = self.source.as_bytes();
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.literal(start, end.min(bytes.len()), 1);
    }

    fn raw_string(&mut self, hashes: usize) {
        let rest = &self.source[self.at..];
        let start = self.at + rest.find('"').unwrap_or(0) + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let end = self.source[start..].find(&closing).map_or(self.source.len(), |length| start + length);
        self.literal(start, end, closing.len());
    }

    fn literal(&mut self, start: usize, end: usize, closing: usize) {
        self.strings.push(Literal { start, content: self.source[start..end].to_owned() });
        self.blank((end + closing).min(self.source.len()) - self.at);
    }

    fn inside_word(&self) -> bool {
        self.source[..self.at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_')
    }
}

fn comment_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// How many `#` a raw string at the start of `rest` has, if there is one.
fn raw_string_hashes(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix("cr")).or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a character literal; a lifetime is none.
fn character_length(rest: &str) -> Option<usize> {
    let content = rest.strip_prefix('\'')?;
    if content.starts_with('\\') {
        let end = content.get(2..)?.find('\'')?;
        return Some(end + 4);
    }
    let character = content.chars().next()?;
    content[character.len_utf8()..].starts_with('\'').then_some(character.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_not_code() {
        let source = "let a = \"SELECT // x\"; // now()\n/* b /* c */ d */ let e = r#\"raw \" text\"#;";
        let text = RustText::of(source);
        assert_eq!(text.code.split_whitespace().collect::<Vec<_>>().join(" "), "let a = ; let e = ;");
        let strings: Vec<&str> = text.strings.iter().map(|literal| literal.content.as_str()).collect();
        assert_eq!(strings, ["SELECT // x", "raw \" text"]);
        assert_eq!(text.code.len(), source.len());
    }

    #[test]
    fn quotes_in_characters_and_lifetimes_open_no_string() {
        let text = RustText::of("fn f<'a>(x: &'a str) { g('\"', '\\'', '分'); h() }");
        assert!(text.strings.is_empty());
        assert!(text.code.contains("h() }"));
    }

    #[test]
    fn a_test_module_ends_with_its_brace() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\"; }\n}\nfn c() {}\n";
        let range = RustText::of(source).test_modules().remove(0);
        assert!(source[range.end..].contains("fn c()"));
        assert!(source[range].ends_with("}\n}"));
    }

    #[test]
    fn a_test_module_in_another_file_is_not_looked_for_here() {
        assert!(RustText::of("#[cfg(test)]\nmod tests;\nfn a() {}").test_modules().is_empty());
    }
}
