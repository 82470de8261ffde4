//! Tallyport's server: settings, commands, router, API handlers, middleware and workers.
//!
//! Only this crate knows HTTP status codes. It decides nothing about money or permission: handlers
//! extract, call `Services` and convert.

pub mod api;
pub mod assets;
pub mod cli;
pub mod commands;
pub mod data_dir;
pub mod exit;
pub mod health;
pub mod key_file;
pub mod listen;
pub mod logging;
pub mod metrics;
pub mod middleware;
pub mod oauth;
#[cfg(feature = "portal")]
pub mod portal;
pub mod router;
pub mod serve;
pub mod settings;
pub mod shutdown;

use std::io::Write;
use std::process::ExitCode;

use crate::cli::Command;
use crate::exit::{Exit, Failure};
use crate::settings::{Loaded, Refusal};

/// Runs the command line of this process and returns how it ends.
#[must_use]
pub fn run() -> ExitCode {
    let loaded = match settings::load(std::env::args_os(), std::env::vars_os()) {
        Ok(loaded) => loaded,
        Err(Refusal::Clap(error)) => {
            // A closed terminal is no reason to change the exit code.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Setting.code()));
        }
        Err(Refusal::Failure(failure)) => return end(&failure),
    };
    match execute(loaded) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => end(&failure),
    }
}

fn execute(loaded: Loaded) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Unexpected, format!("cannot start threads: {error}")))?;
    match loaded.command {
        Command::Serve(settings) => runtime.block_on(serve::serve(*settings)),
        Command::Migrate(settings) => runtime.block_on(commands::migrate::migrate(settings)),
        Command::Admin(command) => runtime.block_on(commands::admin::run(command)),
        Command::Developer(command) => runtime.block_on(commands::developer::run(command)),
        Command::App(command) => runtime.block_on(commands::app::run(command)),
        Command::Audit(command) => runtime.block_on(commands::audit::run(command)),
        Command::Verify(settings) => runtime.block_on(commands::verify::run(*settings)),
        Command::Seed(settings) => runtime.block_on(commands::seed::run(*settings)),
        Command::Keys(command) => runtime.block_on(commands::keys::run(command)),
    }
}

fn end(failure: &Failure) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "tallyport: {failure}");
    ExitCode::from(failure.exit.code())
}
