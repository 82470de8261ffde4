//! Every Rust test of the server's side, built in one go: the features of a dependency are the union
//! of what the selected packages ask for, so each selection of packages compiles its own copy of
//! most dependencies. The parts that can be named build less; all together build this, once.

use super::summary::Line;
use super::{Ground, count};
use anyhow::Result;

/// The packages that may be compiled together: all but the browser's and these tools.
pub(super) const SERVER_SIDE: [&str; 8] = [
    "--package=tallyport-domain",
    "--package=tallyport-contract",
    "--package=tallyport-storage",
    "--package=tallyport-service",
    "--package=tallyport-sdk",
    "--package=tallyport-app",
    "--package=tallyport-server",
    "--package=tallyport-bench",
];

/// These tools, alone: the build that runs right now is reused.
pub(super) const TOOLS: &str = "--package=tallyport-xtask";

pub(super) fn server_side(ground: &Ground) -> Result<Line> {
    let mut cargo = ground.cargo_test(&SERVER_SIDE);
    count::cargo_tests(cargo.env("TALLYPORT_TEST_POSTGRES", ground.postgres_url()?))
}

pub(super) fn tools(ground: &Ground) -> Result<Line> {
    count::cargo_tests(&mut ground.cargo_test(&[TOOLS]))
}
