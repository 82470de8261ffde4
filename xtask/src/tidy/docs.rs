//! Documents name only crates, commands, flags and variables that exist.

use super::Finding;
use super::known::Names;
use super::tree::Tree;

/// Documents about this checkout. The changelog may name what is gone.
const DOCUMENTS: [&str; 4] = ["README", "CONTRIBUTING", "SECURITY", "docs/"];

pub(crate) fn check(tree: &Tree, names: &Names) -> Vec<Finding> {
    let documents = tree.ending(".md").filter(|(path, _)| DOCUMENTS.iter().any(|start| path.starts_with(start)));
    documents.flat_map(|(path, text)| of_document(path, text, names)).collect()
}

fn of_document(path: &str, text: &str, names: &Names) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut fenced = false;
    for (at, line) in text.lines().enumerate() {
        let mut found = |what: String| findings.push(Finding::new(path, at + 1, what));
        unknown_words(line, "tallyport-", |word| {
            !names.crates.contains(word) && !names.spoken.contains(word) && !is_file_name(word, line)
        })
        .for_each(|word| found(format!("there is no crate {word}")));
        unknown_words(line, "TALLYPORT_", |word| !names.variables.contains(word))
            .for_each(|word| found(format!("there is no setting {word}")));
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let commands: Vec<&str> = if fenced { vec![line] } else { line.split('`').skip(1).step_by(2).collect() };
        commands.iter().flat_map(|command| unknown_in_command(command, names)).for_each(&mut found);
    }
    findings
}

/// Words with this start that `unknown` says are none of ours.
fn unknown_words<'a>(line: &'a str, start: &'a str, unknown: impl Fn(&str) -> bool) -> impl Iterator<Item = &'a str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    line.match_indices(start)
        .filter(move |(at, _)| !line[..*at].ends_with(is_part))
        .map(move |(at, _)| {
            line[at..].split(|c: char| !is_part(c)).next().unwrap_or_default().trim_end_matches(['-', '_'])
        })
        .filter(move |word| word.len() > start.len() && unknown(word))
}

/// `tallyport-data/`, `tallyport-0.1.tar.gz` and the like are files and folders of somebody.
fn is_file_name(word: &str, line: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let next = &line[at + word.len()..];
        next.starts_with('/')
            || (next.starts_with('.') && next[1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
            || line[..at].ends_with('/')
    })
}

/// What a command line names that does not exist.
fn unknown_in_command(command: &str, names: &Names) -> Vec<String> {
    let command = command.split(" #").next().unwrap_or_default();
    let words: Vec<&str> = command.split_whitespace().collect();
    let mut unknown = Vec::new();
    for at in 0..words.len() {
        if words[at] == "cargo" && words.get(at + 1) == Some(&"xtask") {
            unknown.extend(unknown_to_xtask(&words[at + 2..], names));
        } else if words[at].rsplit('/').next() == Some("tallyport") && stands_first(&words[..at]) {
            unknown.extend(unknown_to_tallyport(&words[at + 1..], names));
        }
    }
    unknown
}

fn unknown_to_xtask(words: &[&str], names: &Names) -> Vec<String> {
    let Some(command) = words.first().filter(|word| is_name(word)) else { return Vec::new() };
    let Some(allowed) = names.xtask.get(*command) else { return vec![format!("there is no `cargo xtask {command}`")] };
    let mut unknown = Vec::new();
    let mut rest = words[1..].iter();
    for word in rest.by_ref().take_while(|word| **word != "--" && !ends_command(word)) {
        let name = word.split('=').next().unwrap_or_default();
        let optional = name.trim_matches(['[', ']', '…', '.']);
        for part in optional.split('|').filter(|part| is_name(part.trim_start_matches('-'))) {
            if !allowed.contains(part) {
                unknown.push(format!("there is no `cargo xtask {command} {part}`"));
            }
        }
    }
    let passed: Vec<&str> = rest.copied().collect();
    unknown.extend(unknown_flags(&passed, names));
    unknown
}

fn unknown_to_tallyport(words: &[&str], names: &Names) -> Vec<String> {
    let mut unknown = unknown_flags(words, names);
    if let Some(command) = words.first().filter(|word| is_name(word) && !names.commands.contains(**word)) {
        unknown.push(format!("there is no `tallyport {command}`"));
    }
    unknown
}

fn unknown_flags(words: &[&str], names: &Names) -> Vec<String> {
    let flags =
        words.iter().take_while(|word| !ends_command(word)).filter(|word| word.starts_with("--") && word.len() > 2);
    let flags = flags.map(|word| word.split('=').next().unwrap_or_default().trim_end_matches([',', '.', ';', ')']));
    flags.filter(|flag| !names.flags.contains(*flag)).map(|flag| format!("tallyport has no flag {flag}")).collect()
}

/// Whether what comes before leaves this word in the place of a program's name.
fn stands_first(before: &[&str]) -> bool {
    let opens = |word: &&str| {
        matches!(*word, "$" | "sudo" | "exec" | "&&" | "||" | "|" | ";" | "then" | "do")
            || (word.contains('=') && !word.starts_with('-'))
    };
    before.last().is_none_or(opens)
}

fn ends_command(word: &str) -> bool {
    matches!(word, "&&" | "||" | "|" | ";" | "&" | "\\" | ">" | "<")
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn names() -> Names {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
        Names {
            crates: set(&["tallyport-domain"]),
            xtask: BTreeMap::from([("serve".to_owned(), set(&["--release"])), ("test".to_owned(), set(&["unit"]))]),
            commands: set(&["serve"]),
            flags: set(&["--listen"]),
            variables: set(&["TALLYPORT_LISTEN"]),
            spoken: set(&["tallyport-data"]),
        }
    }

    fn told(document: &str) -> Vec<String> {
        check(&Tree::from([("README.md", document)]), &names()).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn what_exists_may_be_named() {
        let document = "`tallyport-domain`, `cargo xtask serve --release -- --listen [::]:80`, TALLYPORT_LISTEN\n\
            ```sh\ncd tallyport\ngit clone https://example.org/tallyport/tallyport\nTALLYPORT_LISTEN=x ./target/release/tallyport serve --listen=y\n```\n\
            The folder tallyport-data/ and the file `tallyport-data.db`. The folder `tallyport-data`. In prose tallyport is a word.";
        assert_eq!(told(document), Vec::<String>::new());
    }

    #[test]
    fn a_crate_that_does_not_exist_is_caught() {
        assert_eq!(told("see `tallyport-wallet`."), ["there is no crate tallyport-wallet"]);
    }

    #[test]
    fn an_xtask_command_or_part_that_does_not_exist_is_caught() {
        assert_eq!(told("run `cargo xtask deploy`"), ["there is no `cargo xtask deploy`"]);
        assert_eq!(told("```\ncargo xtask test fuzz\n```"), ["there is no `cargo xtask test fuzz`"]);
        assert_eq!(told("`cargo xtask serve --fast`"), ["there is no `cargo xtask serve --fast`"]);
    }

    #[test]
    fn a_command_or_flag_of_tallyport_that_does_not_exist_is_caught() {
        assert_eq!(told("`tallyport backup`"), ["there is no `tallyport backup`"]);
        assert_eq!(told("```\n$ tallyport serve --port 80\n```"), ["tallyport has no flag --port"]);
        assert_eq!(told("`cargo xtask serve -- --port 80`"), ["tallyport has no flag --port"]);
    }

    #[test]
    fn a_setting_that_does_not_exist_is_caught() {
        assert_eq!(told("set TALLYPORT_PORT"), ["there is no setting TALLYPORT_PORT"]);
    }

    #[test]
    fn the_changelog_may_name_what_is_gone() {
        let tree = Tree::from([("CHANGELOG.md", "removed `tallyport backup`")]);
        assert_eq!(check(&tree, &names()), []);
    }
}
