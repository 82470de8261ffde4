//! Clients that others wrote, against a running server: what a partner's library does, and not what we
//! think that it does. Each test file starts a server of its own.

use super::count;
use super::summary::Line;
use crate::build::{self, Options};
use crate::prepare::{node, python};
use crate::{places, run};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const NAME: &str = "clients that others wrote";

pub(crate) fn build() -> Result<PathBuf> {
    build::server(&Options::dev())
}

pub(crate) fn run(binary: &Path) -> Result<Line> {
    let folder = places::interop();
    node::packages(&folder)?;
    let python = python::with_packages("interop-python", &folder.join("authlib").join("requirements.txt"))?;

    let mut node = run::clean(Command::new("node"));
    node.current_dir(&folder).args(["--test", "--test-reporter=spec", "tests/"]);
    let node = count::node_tests(node.env("TALLYPORT_BIN", binary))?;

    let mut authlib = run::clean(Command::new(python));
    authlib.current_dir(folder.join("authlib")).args(["-B", "test_authlib.py"]);
    Ok(node.and(count::python_tests(authlib.env("TALLYPORT_BIN", binary))?))
}
