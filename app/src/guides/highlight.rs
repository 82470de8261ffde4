//! Colours for source text: comments, strings, numbers, words of the language. A reader's aid that
//! knows no grammar; what it does not recognise stays plain, and everything is escaped.

use super::markdown::escaped;

/// Source text as HTML with `code-…` spans.
pub(crate) fn highlighted_html(language: &str, source: &str) -> String {
    let Some(habits) = Habits::of(language) else { return escaped(source) };
    let mut html = String::with_capacity(source.len() * 2);
    let mut rest = source;
    let mut before = '\n';
    while let Some(first) = rest.chars().next() {
        let (length, class) = habits.next_token(rest, before);
        let (token, remaining) = rest.split_at(length.max(first.len_utf8()).min(rest.len()));
        match class {
            Some(class) => {
                html.push_str(&format!(r#"<span class="{class}">{}</span>"#, escaped(token)));
            }
            None => html.push_str(&escaped(token)),
        }
        before = token.chars().next_back().unwrap_or(before);
        rest = remaining;
    }
    html
}

/// What tokens look like in one language.
struct Habits {
    line_comment: &'static str,
    quotes: &'static [char],
    words: &'static [&'static str],
    /// A string followed by a colon names a member, as in JSON.
    names_members: bool,
}

const BASH: &[&str] = &[
    "curl", "echo", "export", "openssl", "base64", "printf", "sed", "date", "if", "then", "fi", "for", "do", "done",
    "python3",
];
const PYTHON: &[&str] = &[
    "import", "from", "def", "return", "with", "as", "for", "in", "if", "else", "print", "class", "not", "and", "or",
    "None", "True", "False", "raise", "try", "except",
];
const SCRIPT: &[&str] = &[
    "import", "from", "const", "let", "function", "async", "await", "return", "new", "if", "else", "for", "of",
    "export", "type", "null", "true", "false", "throw",
];
const RUST: &[&str] = &[
    "use", "fn", "let", "mut", "async", "await", "return", "if", "else", "for", "in", "match", "struct", "enum",
    "impl", "pub", "const", "true", "false",
];
const JAVA: &[&str] = &[
    "import", "class", "public", "static", "void", "new", "return", "var", "final", "if", "else", "for", "throws",
    "true", "false", "null",
];
const GO: &[&str] = &[
    "package", "import", "func", "var", "const", "return", "if", "else", "for", "range", "type", "struct", "nil",
    "true", "false", "defer",
];

impl Habits {
    fn of(language: &str) -> Option<Self> {
        let plain = Self { line_comment: "//", quotes: &['"', '\''], words: &[], names_members: false };
        match language {
            "bash" | "sh" => Some(Self { line_comment: "#", words: BASH, ..plain }),
            "python" => Some(Self { line_comment: "#", words: PYTHON, ..plain }),
            "typescript" | "javascript" => Some(Self { quotes: &['"', '\'', '`'], words: SCRIPT, ..plain }),
            "rust" => Some(Self { quotes: &['"'], words: RUST, ..plain }),
            "java" => Some(Self { words: JAVA, ..plain }),
            "go" => Some(Self { quotes: &['"', '`'], words: GO, ..plain }),
            "json" => {
                Some(Self { line_comment: "", quotes: &['"'], words: &["true", "false", "null"], names_members: true })
            }
            _ => None,
        }
    }

    /// The length in bytes of the token that `rest` starts with, and its class.
    fn next_token(&self, rest: &str, before: char) -> (usize, Option<&'static str>) {
        let first = rest.chars().next().unwrap_or(' ');
        let starts_comment =
            !self.line_comment.is_empty() && rest.starts_with(self.line_comment) && before.is_whitespace();
        if starts_comment {
            return (rest.find('\n').unwrap_or(rest.len()), Some("code-aside"));
        }
        if self.quotes.contains(&first) {
            let length = string_length(rest, first);
            let after = rest.get(length..).unwrap_or_default().trim_start();
            let is_name = self.names_members && after.starts_with(':');
            return (length, Some(if is_name { "code-name" } else { "code-text" }));
        }
        if is_word_part(first) {
            let length = rest.find(|character| !is_word_part(character)).unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default();
            let class = if first.is_ascii_digit() {
                Some("code-number")
            } else {
                self.words.contains(&word).then_some("code-word")
            };
            return (length, class);
        }
        (first.len_utf8(), None)
    }
}

/// Up to and including the closing quote; an open string ends with the text.
fn string_length(rest: &str, quote: char) -> usize {
    let mut escaping = false;
    for (index, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaping => escaping = false,
            '\\' => escaping = true,
            _ if character == quote => return index + character.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::highlighted_html;

    #[test]
    fn tokens_are_marked_and_text_is_escaped() {
        assert_eq!(
            highlighted_html("json", r#"{"a": "<b>", "n": 12}"#),
            "{<span class=\"code-name\">&quot;a&quot;</span>: \
             <span class=\"code-text\">&quot;&lt;b&gt;&quot;</span>, \
             <span class=\"code-name\">&quot;n&quot;</span>: <span class=\"code-number\">12</span>}"
        );
    }

    #[test]
    fn comments_start_after_a_blank_only() {
        let html = highlighted_html("bash", "echo ${A#x} # note");
        assert_eq!(html.matches("code-aside").count(), 1, "{html}");
    }

    #[test]
    fn every_character_of_the_source_is_kept() {
        for (language, source) in
            [("python", "x = '支付\\'' # ok\n\"open"), ("rust", "fn a<'a>(b: &'a str) {}"), ("unknown", "a & b")]
        {
            let html = highlighted_html(language, source);
            assert_eq!(visible(&html), source);
        }
    }

    fn visible(html: &str) -> String {
        let mut text = String::new();
        let mut inside_tag = false;
        for character in html.chars() {
            match character {
                '<' => inside_tag = true,
                '>' => inside_tag = false,
                _ if !inside_tag => text.push(character),
                _ => {}
            }
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }
}
