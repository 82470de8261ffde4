//! The names that documents may use: crates, commands, flags and variables, each read from where
//! it is defined.

use super::packages::Package;
use super::rust_text::{RustText, balanced_end};
use super::settings;
use super::tree::Tree;
use clap::CommandFactory;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Names {
    pub(crate) crates: BTreeSet<String>,
    /// Commands of `cargo xtask`, each with the words that may follow it.
    pub(crate) xtask: BTreeMap<String, BTreeSet<String>>,
    /// Commands and flags of `tallyport`; flags with their dashes.
    pub(crate) commands: BTreeSet<String>,
    pub(crate) flags: BTreeSet<String>,
    pub(crate) variables: BTreeSet<String>,
    /// Texts of the server, among them the names of files and folders that it makes.
    pub(crate) spoken: BTreeSet<String>,
}

impl Names {
    pub(crate) fn of(tree: &Tree, packages: &[Package]) -> Self {
        let mut names = Self {
            crates: packages.iter().map(|package| package.name.clone()).collect(),
            xtask: xtask_commands(),
            ..Self::default()
        };
        names.flags.extend(["--help", "--version"].map(str::to_owned));
        names.commands.insert("help".to_owned());
        for (_, source) in tree.rust_below(&["server/src/"]) {
            let text = RustText::of(source);
            names.commands.extend(subcommands(&text));
            names.flags.extend(flags(source, &text));
            names.spoken.extend(text.strings.into_iter().map(|literal| literal.content));
        }
        for (_, source) in tree.ending(".rs") {
            let literals = RustText::of(source).strings;
            names.variables.extend(
                literals.into_iter().map(|literal| literal.content).filter(|text| text.starts_with("TALLYPORT_")),
            );
        }
        let files = settings::declared(tree)
            .into_keys()
            .map(|key| format!("TALLYPORT_{}_FILE", key.to_uppercase().replace('-', "_")));
        names.variables.extend(files);
        names
    }
}

fn xtask_commands() -> BTreeMap<String, BTreeSet<String>> {
    let program = crate::cli::Cli::command();
    let words = |command: &clap::Command| {
        let arguments = command.get_arguments().flat_map(|argument| {
            let flag = argument.get_long().map(|long| format!("--{long}"));
            let values = argument.get_possible_values().into_iter().map(|value| value.get_name().to_owned());
            flag.into_iter().chain(values)
        });
        arguments.chain(["--help".to_owned()]).collect()
    };
    program.get_subcommands().map(|command| (command.get_name().to_owned(), words(command))).collect()
}

/// Variants of the enums that derive `Subcommand`, as one types them.
fn subcommands(text: &RustText) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.code.match_indices("Subcommand") {
        let rest = &text.code[at..];
        let Some(start) = rest.find(")]").map(|end| at + end + 2) else { continue };
        let declaration = text.code[start..].trim_start();
        if !declaration.trim_start_matches("pub(crate) ").trim_start_matches("pub ").starts_with("enum ") {
            continue;
        }
        let Some(open) = text.code[start..].find('{').map(|open| start + open) else { continue };
        let Some(end) = balanced_end(&text.code, open) else { continue };
        found.extend(variants(&text.code[open + 1..end - 1]).into_iter().map(|name| kebab(&name)));
    }
    found
}

/// Identifiers in capitals at the outermost level of an enum's body.
fn variants(body: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut at_start = true;
    let mut found = Vec::new();
    for (at, character) in body.char_indices() {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => at_start = true,
            _ if depth == 0 && at_start && character.is_uppercase() => {
                found.push(body[at..].chars().take_while(|c| c.is_alphanumeric()).collect());
                at_start = false;
            }
            _ => {}
        }
    }
    found
}

/// Long flags, from `#[arg(long …)]` with the flag's own name or that of the field.
fn flags(source: &str, text: &RustText) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.code.match_indices("#[arg(") {
        let Some(end) = balanced_end(&text.code, at + 1) else { continue };
        let attribute = &text.code[at..end];
        let Some(long) =
            attribute.match_indices("long").map(|(long, _)| long).find(|long| is_whole_word(attribute, *long))
        else {
            continue;
        };
        let value = attribute[long + "long".len()..].trim_start();
        if value.starts_with('=') {
            let named = source[at + long..end].split('"').nth(1);
            found.extend(named.map(|name| format!("--{name}")));
        } else {
            found.extend(field_name(&text.code[end..]).map(|field| format!("--{}", field.replace('_', "-"))));
        }
    }
    found
}

/// The name of the field that follows, past other attributes.
fn field_name(code: &str) -> Option<&str> {
    let mut rest = code.trim_start();
    while rest.starts_with("#[") {
        rest = rest[balanced_end(rest, 1)?..].trim_start();
    }
    let name = rest.split(':').next()?.trim();
    name.split_whitespace().next_back()
}

fn is_whole_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + "long".len()..].chars().next();
    [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric() && c != '_')
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(character.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        #[derive(Debug, Subcommand)]
        pub enum Command {
            /// Serve.
            Serve(Box<ServeSettings>),
            VerifyLedger { #[arg(long)] deep: bool },
        }
        struct A {
            #[arg(long, env = "TALLYPORT_DATA_DIR")]
            pub data_dir: PathBuf,
            #[arg(short, long = "only-check", help = "as long as")]
            #[serde(default)]
            check: bool,
            #[arg(value_name = "longest")]
            file: PathBuf,
        }"#;

    #[test]
    fn commands_and_flags_are_read_from_the_sources() {
        let names = Names::of(&Tree::from([("server/src/cli.rs", SOURCE)]), &[]);
        assert!(names.commands.contains("serve") && names.commands.contains("verify-ledger"));
        for flag in ["--data-dir", "--only-check", "--deep"] {
            assert!(names.flags.contains(flag), "{flag} in {:?}", names.flags);
        }
        assert!(!names.flags.contains("--file"));
        assert!(names.variables.contains("TALLYPORT_DATA_DIR") && names.variables.contains("TALLYPORT_DATA_DIR_FILE"));
    }

    #[test]
    fn our_own_commands_are_known_with_their_parts() {
        let commands = xtask_commands();
        assert!(commands["test"].contains("storage"));
        assert!(commands["serve"].contains("--release"));
    }
}
