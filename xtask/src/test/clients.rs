//! Clients that others wrote, against a running server: what a partner's library does, and not what we
//! think that it does; and schemathesis, which calls whatever stands in our document. Each test file starts a
//! server of its own.

use super::summary::Line;
use super::{Ground, count};
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

pub(crate) fn run(ground: &Ground, binary: &Path) -> Result<Line> {
    let folder = places::interop();
    node::packages(&folder)?;
    let python = python::with_packages("interop-python", &folder.join("python").join("requirements.txt"))?;

    let mut node = run::clean(Command::new("node"));
    node.current_dir(&folder).args(["--test", "--test-reporter=spec", "tests/"]);
    let node = count::node_tests(node.env("TALLYPORT_BIN", binary))?;

    let mut tests = python_tests(&python, &folder.join("python"), "run.py", binary);
    let tests = count::python_tests(&mut tests)?;

    let folder = folder.join("schemathesis");
    let python = python::with_packages("schemathesis-python", &folder.join("requirements.txt"))?;
    let mut schemathesis = python_tests(&python, &folder, "test_openapi.py", binary);
    if ground.deep {
        schemathesis.env("TALLYPORT_TEST_DEEP", "1");
    }
    Ok(node.and(tests).and(count::python_tests(&mut schemathesis)?))
}

fn python_tests(python: &Path, folder: &Path, file: &str, binary: &Path) -> Command {
    let mut command = run::clean(Command::new(python));
    command.current_dir(folder).args(["-B", file]).env("TALLYPORT_BIN", binary);
    command
}
