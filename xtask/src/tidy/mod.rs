//! The rules of the house that no compiler knows, checked over the sources as text.
//!
//! Every rule is a function from a [`Tree`] (or the packages of cargo) to findings, so that its
//! tests can break it in memory. Rules only read.

mod arrows;
mod clock;
mod colours;
mod docs;
mod known;
mod lockfile;
mod packages;
mod punctuation;
mod rust_text;
mod settings;
mod size;
mod sql;
mod status;
mod tree;

use crate::run;
use anyhow::Result;
use std::fmt;
use std::process::ExitCode;
use tree::Tree;

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Checks everything and prints what is wrong.
pub(crate) fn run() -> Result<ExitCode> {
    run::announce("tidy");
    Ok(if check()? == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks everything, prints what is wrong, and returns how much that is.
pub(crate) fn check() -> Result<usize> {
    let tree = Tree::load(crate::places::root())?;
    let packages = packages::load()?;
    let mut findings = arrows::check(&packages);
    for rule in [
        sql::check,
        status::check,
        clock::check,
        size::check,
        colours::check,
        settings::check,
        lockfile::check,
        punctuation::check,
    ] {
        findings.extend(rule(&tree));
    }
    findings.extend(docs::check(&tree, &known::Names::of(&tree, &packages)));
    findings.sort();
    for finding in &findings {
        println!("    {finding}");
    }
    match findings.len() {
        0 => run::note("tidy"),
        count => run::note(&format!("{count} findings")),
    }
    Ok(findings.len())
}
