//! What Tallyport is measured against, installed as the lock files say.

use crate::prepare::{apt, node};
use crate::{places, run};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Installs the peers' packages; returns their folder and a Python that has them.
pub(super) fn ready() -> Result<(PathBuf, PathBuf)> {
    let sources = places::root().join("bench").join("peers");
    node::packages(&sources.join("express"))?;
    Ok((sources.clone(), python(&sources.join("fastapi").join("requirements.txt"))?))
}

fn python(requirements: &std::path::Path) -> Result<PathBuf> {
    if !run::exists("python3") {
        apt::install(&["python3", "python3-venv"])?;
    }
    let folder = places::target().join("bench-python");
    let python = folder.join("bin").join("python");
    let wanted = std::fs::read(requirements)?;
    let stamp = folder.join("requirements.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    run::step("installing the Python packages of a peer", || {
        run::command(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(&python);
        run::command(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements))?;
        std::fs::write(&stamp, &wanted)?;
        Ok(())
    })?;
    Ok(python)
}
