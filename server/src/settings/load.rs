//! Reads all sources of settings, in order, into one parsed command.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::cli::{Cli, Command};
use crate::exit::Failure;
use crate::settings::environment;
use crate::settings::file::SettingsFile;

/// The command to execute, with its settings complete.
#[derive(Debug)]
pub struct Loaded {
    /// What was asked for.
    pub command: Command,
}

/// Why there is nothing to execute.
#[derive(Debug)]
pub enum Refusal {
    /// clap says it: a wrong argument, or a request for help or the version, which is no failure.
    Clap(clap::Error),
    /// A source other than the command line is wrong.
    Failure(Failure),
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        Self::Clap(error)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Reads arguments, environment and settings file.
///
/// clap reads the values of known variables from the process itself; `variables` serves to find
/// unknown ones.
///
/// # Errors
/// When any source holds something that is not understood.
pub fn load(
    arguments: impl Iterator<Item = OsString>,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Loaded, Refusal> {
    let arguments: Vec<OsString> = arguments.collect();
    let first = Cli::command().try_get_matches_from(&arguments)?;
    environment::refuse_unknown(&Cli::command(), variables)?;
    let (path, chosen) = chosen(&first);
    let matches = if path.is_empty() { first } else { with_file(&arguments, &path, chosen)? };
    let mut cli = Cli::from_arg_matches(&matches)?;
    read_secret_files(&mut cli.command, self::chosen(&matches).1)?;
    Ok(Loaded { command: cli.command })
}

/// The command that was typed, such as `admin create`, and what was typed to it.
fn chosen(matches: &ArgMatches) -> (Vec<String>, &ArgMatches) {
    let (mut path, mut innermost) = (Vec::new(), matches);
    while let Some((name, inner)) = innermost.subcommand() {
        path.push(name.to_owned());
        innermost = inner;
    }
    (path, innermost)
}

/// Parses the arguments a second time, now with the settings file's values as defaults.
fn with_file(arguments: &[OsString], command: &[String], first: &ArgMatches) -> Result<ArgMatches, Refusal> {
    let path = |id: &str| first.try_get_one::<PathBuf>(id).ok().flatten();
    let program = Cli::command();
    let program =
        match SettingsFile::find(path("config").map(PathBuf::as_path), path("data_dir").map(PathBuf::as_path))? {
            Some(file) => {
                let every_setting =
                    program.find_subcommand("serve").expect("serve is a command of this program").clone();
                file.apply(program, command, &every_setting)?
            }
            None => program,
        };
    Ok(program.try_get_matches_from(arguments)?)
}

fn read_secret_files(command: &mut Command, matches: &ArgMatches) -> Result<(), Failure> {
    match command {
        Command::Serve(settings) => {
            settings.database.resolve(matches)?;
            settings.mail.resolve(matches)?;
            settings.open_id.resolve(matches)?;
            settings.keys.resolve(matches)
        }
        Command::Migrate(settings) => settings.database.resolve(matches),
        Command::Admin(command) => command.platform().resolve(matches),
        Command::Developer(command) => command.platform().resolve(matches),
        Command::App(command) => command.platform().resolve(matches),
        Command::Audit(command) => command.database().resolve(matches),
        Command::Verify(settings) => settings.database.resolve(matches),
        Command::Seed(settings) => settings.platform.resolve(matches),
        Command::Keys(command) => command.platform().resolve(matches),
    }
}
