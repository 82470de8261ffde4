//! Style sheets: colours come from the tokens, selectors are flat, nothing is `!important`.

use super::Finding;
use super::rust_text::line_of;
use super::tree::Tree;

const TOKENS: &str = "style/tokens.css";
const COLOUR_FUNCTIONS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklch("];
const COLOUR_NAMES: [&str; 12] =
    ["white", "black", "red", "green", "blue", "gray", "grey", "yellow", "orange", "purple", "silver", "navy"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let sheets = tree.ending(".css").filter(|(path, _)| path.starts_with("style/"));
    sheets.flat_map(|(path, source)| of_sheet(path, source)).collect()
}

fn of_sheet(path: &str, source: &str) -> Vec<Finding> {
    let code = without_comments(source);
    let mut findings = Vec::new();
    let mut start = 0;
    for (at, character) in code.char_indices().filter(|(_, character)| matches!(character, '{' | '}' | ';')) {
        let part = code[start..at].trim();
        let line = line_of(source, start + code[start..at].len() - code[start..at].trim_start().len());
        if character == '{' {
            if !part.starts_with('@') && has_id(part) {
                findings.push(Finding::new(path, line, "a selector by id"));
            }
        } else {
            if part.contains("!important") {
                findings.push(Finding::new(path, line, "!important"));
            }
            if path != TOKENS && has_colour(part) {
                findings.push(Finding::new(path, line, "a literal colour; use a token"));
            }
        }
        start = at + 1;
    }
    findings
}

/// The sheet with comments and quoted texts blanked, so that every offset stays.
fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        code.push_str(&rest[..at]);
        rest = &rest[at..];
        let opening = &rest[..1];
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if opening == "/" {
            code.push('/');
            rest = &rest[1..];
            continue;
        } else {
            rest[1..].find(opening).map_or(rest.len(), |end| end + 2)
        };
        code.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    code.push_str(rest);
    code
}

fn has_id(selector: &str) -> bool {
    selector.match_indices('#').any(|(at, _)| {
        selector[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '_' || next == '-')
    })
}

fn has_colour(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let value = value.to_lowercase();
    let words = || value.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '#' | '(' | '-' | '_')));
    let hex =
        words().any(|word| word.rsplit('(').next().is_some_and(|word| word.strip_prefix('#').is_some_and(is_hex)));
    let function = COLOUR_FUNCTIONS
        .iter()
        .any(|function| words().any(|word| word.starts_with(function) || word.contains(&format!("({function}"))));
    let coloured = ["color", "background", "border", "outline", "fill", "stroke", "shadow"];
    let named = coloured.iter().any(|part| property.contains(part)) && words().any(|word| COLOUR_NAMES.contains(&word));
    hex || function || named
}

fn is_hex(digits: &str) -> bool {
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, sheet: &str) -> Vec<String> {
        check(&Tree::from([(path, sheet)])).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn literal_colours_are_caught_outside_the_tokens() {
        for value in ["#fff", "#1a2B3c", "rgb(0 0 0)", "1px solid hsl(0 0% 0%)", "light-dark(#111, #eee)", "white"] {
            let sheet = format!(".a {{ border: {value}; }}");
            assert_eq!(told("style/components/a.css", &sheet), ["a literal colour; use a token"], "{value}");
            assert!(told("style/tokens.css", &sheet).is_empty(), "{value}");
        }
    }

    #[test]
    fn tokens_comments_and_fragments_are_no_colours() {
        for sheet in [
            ".a { color: var(--ink); background: transparent; }",
            "/* #fff */ .a { color: currentColor; }",
            ".a { clip-path: url(#shape-of-it); white-space: nowrap; }",
            ".a::before { content: \"#fff; white\"; }",
            ".a { border-color: color-mix(in oklab, var(--ink) 50%, transparent); }",
        ] {
            assert_eq!(told("style/components/a.css", sheet), Vec::<String>::new(), "{sheet}");
        }
    }

    #[test]
    fn important_is_caught() {
        assert_eq!(told("style/a.css", ".a { margin: 0 !important; }"), ["!important"]);
    }

    #[test]
    fn a_selector_by_id_is_caught_also_inside_a_media_query() {
        assert_eq!(told("style/a.css", "@media print { #main > a { margin: 0; } }"), ["a selector by id"]);
    }

    #[test]
    fn a_finding_names_its_line() {
        let findings = check(&Tree::from([("style/a.css", ".a {\n  margin: 0;\n  color: #fff;\n}\n")]));
        assert_eq!(findings[0].line, 3);
    }
}
