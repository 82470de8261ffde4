//! Python with the packages of one list, in an environment of its own under `target/`.

use crate::prepare::apt;
use crate::{places, run};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that has the packages; installs them into the folder of this name unless they are there.
pub(crate) fn with_packages(name: &str, requirements: &Path) -> Result<PathBuf> {
    if !run::exists("python3") {
        apt::install(&["python3", "python3-venv"])?;
    }
    let folder = places::target().join(name);
    let python = folder.join("bin").join("python");
    let wanted = std::fs::read(requirements)?;
    let stamp = folder.join("requirements.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    run::step(&format!("installing Python packages into {name}/"), || {
        run::command(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(&python);
        run::command(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements))?;
        std::fs::write(&stamp, &wanted)?;
        Ok(())
    })?;
    Ok(python)
}
