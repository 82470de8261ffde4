//! `cargo xtask`: everything one does to Tallyport from a shell.
//!
//! Owns the machine's preparation, builds, the development loop and the test run. It must not
//! contain product code, and no other crate may depend on it.
#![allow(clippy::print_stdout, reason = "a terminal program speaks to its terminal")]

use clap::Parser;
use std::process::ExitCode;

mod bench;
mod beside;
mod build;
mod cli;
mod dev;
mod interrupt;
mod memory;
mod places;
mod postgres;
mod prepare;
mod run;
mod serve;
mod simulate;
mod test;
mod tidy;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let result = interrupt::install().and_then(|()| cli.command.run());
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{} {error:#}", run::paint("31;1", "xtask failed:"));
            ExitCode::FAILURE
        }
    }
}
