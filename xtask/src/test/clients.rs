//! Clients that others wrote, against a running server: what a partner's library does, and not what we
//! think that it does; and schemathesis, which calls whatever stands in our document. Each test file starts a
//! server of its own.

use super::summary::Line;
use super::{Ground, count};
use crate::build::{self, Options};
use crate::prepare::{node, python};
use crate::{beside, memory, places, run};
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

    let of_schemathesis = folder.join("schemathesis");
    let its_python = python::with_packages("schemathesis-python", &of_schemathesis.join("requirements.txt"))?;

    let mut node = run::clean(Command::new("node"));
    node.current_dir(&folder).args(["--test", "--test-reporter=spec", "tests/"]).env("TALLYPORT_BIN", binary);
    memory::for_temporary_files(&mut node);
    let mut works: Vec<Box<dyn FnOnce() -> Result<Line> + Send>> = vec![Box::new(move || count::node_tests(&mut node))];
    // Python works on one core at a time, and whoever calls a server waits for it.
    let mut programs = vec![python_tests(&python, &folder.join("python"), "run.py", binary)];
    for file in ["test_single_calls.py", "test_chains.py"] {
        let mut schemathesis = python_tests(&its_python, &of_schemathesis, file, binary);
        if ground.deep {
            schemathesis.env("TALLYPORT_TEST_DEEP", "1");
        }
        programs.push(schemathesis);
    }
    for mut program in programs {
        works.push(Box::new(move || count::python_tests(&mut program)));
    }
    beside::all(works).into_iter().try_fold(Line::default(), |sum, line| Ok(sum.and(line?)))
}

fn python_tests(python: &Path, folder: &Path, file: &str, binary: &Path) -> Command {
    let mut command = run::clean(Command::new(python));
    command.current_dir(folder).args(["-B", file]).env("TALLYPORT_BIN", binary);
    memory::for_temporary_files(&mut command);
    command
}
