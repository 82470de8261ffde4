//! The TOML settings file: found, read, checked key by key, and handed to clap as defaults.
//!
//! Keys are the long flags' names, so the file needs no schema of its own. A wrong key or value is
//! reported with file and line.

use std::path::{Path, PathBuf};

use clap::error::ContextKind;
use clap::{Arg, Command};
use toml::de::{DeTable, DeValue};

use crate::exit::{Exit, Failure};

/// The file's name where no `--config` names one.
const FILE_NAME: &str = "tallyport.toml";

/// A key of the file with its values as the text that a flag would have.
struct Entry {
    key: String,
    values: Vec<String>,
    line: usize,
}

/// The entries of one settings file.
pub(super) struct SettingsFile {
    path: PathBuf,
    entries: Vec<Entry>,
}

impl SettingsFile {
    /// Reads the named file, or the one that lies in the current or the data folder.
    pub(super) fn find(named: Option<&Path>, data_dir: Option<&Path>) -> Result<Option<Self>, Failure> {
        if let Some(path) = named {
            return Self::read(path).map(Some);
        }
        let places = [Some(PathBuf::from(FILE_NAME)), data_dir.map(|folder| folder.join(FILE_NAME))];
        match places.into_iter().flatten().find(|path| path.is_file()) {
            Some(path) => Self::read(&path).map(Some),
            None => Ok(None),
        }
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let bad = |what: String| Failure::new(Exit::SettingsFile, format!("settings file {}: {what}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
        let table = DeTable::parse(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            bad(format!("line {line}: {}", error.message()))
        })?;
        let mut entries = Vec::new();
        for (key, value) in table.into_inner() {
            let line = line_of(&text, key.span().start);
            let key = key.into_inner().into_owned();
            let values = texts_of(value.into_inner()).ok_or_else(|| {
                let what = format!("line {line}: {key} must be a text, a number or a list of texts");
                Failure::new(Exit::Setting, format!("settings file {}, {what}", path.display()))
            })?;
            entries.push(Entry { key, values, line });
        }
        Ok(Self { path: path.to_owned(), entries })
    }

    /// Makes the file's values the defaults of the command's arguments, after checking every entry
    /// against `every_setting`, the command that has them all.
    pub(super) fn apply(
        self,
        program: Command,
        command: &[String],
        every_setting: &Command,
    ) -> Result<Command, Failure> {
        for entry in &self.entries {
            self.check(entry, every_setting)?;
        }
        Ok(with_defaults(program, command, &self.entries))
    }

    fn check(&self, entry: &Entry, every_setting: &Command) -> Result<(), Failure> {
        let bad = |what: String| {
            let place = format!("settings file {}, line {}", self.path.display(), entry.line);
            Failure::new(Exit::Setting, format!("{place}: {what}"))
        };
        let Some(argument) = argument(every_setting, &entry.key) else {
            return Err(bad(format!("unknown setting {}", entry.key)));
        };
        // The argument alone parses the value exactly as the flag would be parsed.
        let alone = Command::new("tallyport").no_binary_name(true).disable_help_flag(true).arg(argument.clone());
        let flags = entry.values.iter().map(|value| format!("--{}={value}", entry.key));
        let Err(error) = alone.try_get_matches_from(flags) else { return Ok(()) };
        Err(bad(format!("wrong value for {}: {}", entry.key, reason_of(&error))))
    }
}

/// Gives the innermost of the commands the entries that it knows as its defaults.
fn with_defaults(mut program: Command, command: &[String], entries: &[Entry]) -> Command {
    if let Some((outermost, inner)) = command.split_first() {
        return program.mut_subcommand(outermost, |outer| with_defaults(outer, inner, entries));
    }
    for entry in entries {
        let Some(id) = argument(&program, &entry.key).map(|argument| argument.get_id().clone()) else { continue };
        // clap keeps defaults as `&'static str`. They are read once and needed until the end.
        let values = entry.values.iter().map(|value| &*value.clone().leak());
        program = program.mut_arg(id, |argument| argument.default_values(values));
    }
    program
}

/// What clap has against a value, without its hints about flags.
fn reason_of(error: &clap::Error) -> String {
    if let Some(reason) = std::error::Error::source(error) {
        return reason.to_string();
    }
    match error.get(ContextKind::ValidValue) {
        Some(values) => format!("expected one of {values}"),
        None => error.kind().to_string(),
    }
}

/// The argument a key stands for. The file cannot name another settings file.
fn argument<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|argument| argument.get_long() == Some(key) && !matches!(key, "config" | "help"))
}

fn texts_of(value: DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::Array(values) => values.into_iter().map(|value| text_of(value.into_inner())).collect(),
        value => Some(vec![text_of(value)?]),
    }
}

fn text_of(value: DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.into_owned()),
        DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
