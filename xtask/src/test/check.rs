//! Formatting, clippy and tidy: what can be said about the code without running it.

use super::rust::{SERVER_SIDE, TOOLS};
use super::summary::Line;
use crate::{run, tidy};
use anyhow::{Context, Result, bail};

/// Crates in groups that may be compiled together: the server's features and the browser's must
/// not meet.
const CLIPPY_GROUPS: [(&[&str], &[&str]); 3] =
    [(&SERVER_SIDE, &["--all-targets"]), (&["--package=tallyport-frontend"], &[]), (&[TOOLS], &["--all-targets"])];

pub(crate) fn formatting() -> Result<Line> {
    run::command(run::cargo().args(["fmt", "--all", "--check"])).context("cargo fmt would change something")?;
    Ok(Line::done())
}

pub(crate) fn clippy() -> Result<Line> {
    for (packages, targets) in CLIPPY_GROUPS {
        let mut cargo = run::cargo();
        cargo.args(["clippy", "--quiet"]).args(packages).args(targets).args(["--", "--deny", "warnings"]);
        run::command(&mut cargo)?;
    }
    Ok(Line::done())
}

pub(crate) fn tidy() -> Result<Line> {
    match tidy::check()? {
        0 => Ok(Line::done()),
        findings => bail!("{findings} findings"),
    }
}
