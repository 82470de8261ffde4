//! Formatting, clippy and tidy: what can be said about the code without running it.

use super::summary::Line;
use crate::{run, tidy};
use anyhow::{Context, Result, bail};

/// Crates in groups that may be compiled together: the server's features and the browser's must
/// not meet.
const CLIPPY_GROUPS: [&[&str]; 3] = [
    &[
        "--package=tallyport-domain",
        "--package=tallyport-contract",
        "--package=tallyport-storage",
        "--package=tallyport-service",
        "--package=tallyport-sdk",
        "--package=tallyport-app",
        "--package=tallyport-server",
        "--package=tallyport-bench",
        "--all-targets",
    ],
    &["--package=tallyport-frontend"],
    &["--package=tallyport-xtask", "--all-targets"],
];

pub(crate) fn formatting() -> Result<Line> {
    run::command(run::cargo().args(["fmt", "--all", "--check"])).context("cargo fmt would change something")?;
    Ok(Line::done())
}

pub(crate) fn clippy() -> Result<Line> {
    for group in CLIPPY_GROUPS {
        run::command(run::cargo().args(["clippy", "--quiet"]).args(group).args(["--", "--deny", "warnings"]))?;
    }
    Ok(Line::done())
}

pub(crate) fn tidy() -> Result<Line> {
    match tidy::check()? {
        0 => Ok(Line::done()),
        findings => bail!("{findings} findings"),
    }
}
