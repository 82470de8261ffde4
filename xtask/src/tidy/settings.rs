//! Every setting of the server is documented: in the example file and in the documents. The
//! sources of the settings are the truth; their variable names are read from there.

use super::Finding;
use super::rust_text::{RustText, line_of};
use super::tree::Tree;
use std::collections::BTreeMap;

const SOURCES: &str = "server/src/";
const EXAMPLE: &str = "tallyport.example.toml";
const PREFIX: &str = "TALLYPORT_";
/// Says where the settings file is, so it cannot stand in one.
const NOT_IN_FILE: &str = "config";

/// A setting's key in the settings file with the place where it is declared.
pub(crate) type Declared<'a> = BTreeMap<String, (&'a str, usize)>;

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let declared = declared(tree);
    let Some(example) = tree.get(EXAMPLE) else {
        return vec![Finding::new(EXAMPLE, 1, "is missing: it documents every setting")];
    };
    let keys = example_keys(example);
    let documents: Vec<&str> =
        tree.ending(".md").filter(|(path, _)| is_for_operators(path)).map(|(_, text)| text).collect();
    let mut findings = Vec::new();
    for (key, (path, line)) in &declared {
        if key != NOT_IN_FILE && !keys.iter().any(|(known, _)| known == key) {
            findings.push(Finding::new(path, *line, format!("the setting {key} is not in {EXAMPLE}")));
        }
        if !documents.iter().any(|text| mentions(text, key)) {
            findings.push(Finding::new(path, *line, format!("the setting {key} is not in README.md or docs/")));
        }
    }
    for (key, line) in keys.iter().filter(|(key, _)| !declared.contains_key(key)) {
        findings.push(Finding::new(EXAMPLE, *line, format!("there is no setting {key}")));
    }
    findings
}

/// The settings, from `env = "TALLYPORT_…"` in the arguments' attributes.
pub(crate) fn declared(tree: &Tree) -> Declared<'_> {
    let mut declared = Declared::new();
    for (path, source) in tree.rust_below(&[SOURCES]) {
        let text = RustText::of(source);
        for literal in &text.strings {
            let before = text.code[..literal.start].trim_end();
            if let Some(name) = literal.content.strip_prefix(PREFIX)
                && before.ends_with("env =")
            {
                declared.insert(key_of(name), (path, line_of(source, literal.start)));
            }
        }
    }
    declared
}

fn key_of(variable: &str) -> String {
    variable.to_lowercase().replace('_', "-")
}

/// Keys of the example, commented out or not, with their lines.
fn example_keys(example: &str) -> Vec<(String, usize)> {
    let lines = example.lines().enumerate();
    let keys = lines.filter_map(|(at, line)| {
        let (key, _) = line.trim_start_matches(['#', ' ']).split_once('=')?;
        let key = key.trim_end();
        let is_key = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
        is_key.then(|| (key.replace('_', "-"), at + 1))
    });
    keys.collect()
}

fn is_for_operators(path: &str) -> bool {
    path.starts_with("README") || path.starts_with("docs/")
}

/// Whether a document names the setting by its flag or its variable. A variable ending in `_FILE`
/// is named with the secret that it stands for.
fn mentions(text: &str, key: &str) -> bool {
    let named = |key: &str| {
        let variable = format!("{PREFIX}{}", key.to_uppercase().replace('-', "_"));
        has_word(text, &format!("--{key}")) || has_word(text, &variable)
    };
    named(key) || key.strip_suffix("-file").is_some_and(named)
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let next = text[at + word.len()..].chars().next();
        !next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "#[arg(long, env = \"TALLYPORT_DATA_DIR\")]\npub data_dir: PathBuf,\n";

    fn told(example: &str, readme: &str) -> Vec<String> {
        let tree = Tree::from([("server/src/settings/a.rs", SOURCE), (EXAMPLE, example), ("README.md", readme)]);
        check(&tree).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_setting_in_example_and_documents_is_fine() {
        assert!(told("# data-dir = \"data\"\n", "`TALLYPORT_DATA_DIR`").is_empty());
        assert!(told("data-dir = \"data\"\n", "use `--data-dir /srv`").is_empty());
    }

    #[test]
    fn an_undocumented_setting_is_caught() {
        assert_eq!(told("", "`--data-dir`"), ["the setting data-dir is not in tallyport.example.toml"]);
        assert_eq!(
            told("# data-dir = 1", "`--data-dir-of-another`"),
            ["the setting data-dir is not in README.md or docs/"]
        );
    }

    #[test]
    fn a_documented_setting_that_does_not_exist_is_caught() {
        assert_eq!(told("# data-dir = 1\n# colour = 2\n", "`--data-dir`"), ["there is no setting colour"]);
    }

    #[test]
    fn a_missing_example_file_is_caught() {
        let findings = check(&Tree::from([("server/src/settings/a.rs", SOURCE)]));
        assert_eq!(findings.len(), 1);
    }
}
