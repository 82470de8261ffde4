//! Rules, wire types, the portal's logic and these tools: nothing leaves the process.

use super::summary::Line;
use super::{Ground, count, rust};
use crate::{memory, run};
use anyhow::Result;
use std::num::NonZero;
use std::process::Command;

/// How many tests run at once; whoever sets it has a reason.
const THREADS: &str = "RUST_TEST_THREADS";

pub(crate) fn run(ground: &Ground) -> Result<Line> {
    let pure = ["--package=tallyport-domain", "--package=tallyport-contract", "--package=tallyport-sdk"];
    let rules = count::cargo_tests(&mut ground.cargo_test(&pure))?;
    let portal = count::cargo_tests(&mut ground.cargo_test(&["--package=tallyport-app", "--features=ssr"]))?;
    Ok(rules.and(portal).and(rust::tools(ground)?))
}

impl Ground {
    /// `cargo test` of these packages, in the long form when that was asked for.
    pub(super) fn cargo_test(&self, packages: &[&str]) -> Command {
        let mut cargo = run::cargo();
        cargo.args(["test", "--no-fail-fast"]).args(packages);
        if self.deep {
            cargo.args(["--", "--include-ignored"]).env("PROPTEST_CASES", "20000").env("TALLYPORT_TEST_DEEP", "1");
        }
        // Most tests wait for a server, a database or a disk much of the time.
        if std::env::var_os(THREADS).is_none() {
            let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
            cargo.env(THREADS, (2 * cores).to_string());
        }
        memory::for_temporary_files(&mut cargo);
        cargo
    }
}
