//! Variables of the environment that look like ours but are none are refused: a misspelt setting
//! that is silently ignored costs a night.

use std::collections::BTreeSet;
use std::ffi::OsString;

use crate::exit::{Exit, Failure};
use clap::Command;

const PREFIX: &str = "TALLYPORT_";

/// Variables that mean something to the build or to test programs and nothing to the server.
const FOREIGN: [&str; 2] = ["TALLYPORT_COMMIT", "TALLYPORT_BIN"];
const FOREIGN_PREFIX: &str = "TALLYPORT_TEST_";

/// Fails on the first variable with our prefix that no command knows.
pub(super) fn refuse_unknown(
    program: &Command,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), Failure> {
    let known = known(program);
    let mut unknown: Vec<String> = variables
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name.starts_with(PREFIX) && !name.starts_with(FOREIGN_PREFIX))
        .filter(|name| !FOREIGN.contains(&name.as_str()) && !known.contains(name))
        .collect();
    unknown.sort();
    match unknown.first() {
        None => Ok(()),
        Some(name) => Err(Failure::new(
            Exit::Setting,
            format!("unknown setting {name} in the environment (see tallyport serve --help)"),
        )),
    }
}

/// Every variable that some command reads.
fn known(program: &Command) -> BTreeSet<String> {
    let own = program.get_arguments().filter_map(|argument| argument.get_env()?.to_str().map(str::to_owned));
    own.chain(program.get_subcommands().flat_map(known)).collect()
}
