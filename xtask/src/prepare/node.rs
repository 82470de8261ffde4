//! Node and the npm packages of one folder, exactly as its lock file says.

use crate::prepare::apt;
use crate::run;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

const NODE_MAJOR_LEAST: u32 = 18;
/// Remembers which lock file `node_modules` was made from.
const STAMP: &str = ".tallyport-lock";

pub(crate) fn ready() -> Result<()> {
    if !run::exists("node") || !run::exists("npm") {
        apt::install(&["npm"])?;
    }
    let version = run::output(Command::new("node").arg("--version"))?;
    let major: Option<u32> =
        version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    match major {
        Some(major) if major >= NODE_MAJOR_LEAST => Ok(()),
        _ => bail!("Node {NODE_MAJOR_LEAST} or newer is needed, this is {}", version.trim()),
    }
}

/// Installs the packages of `folder` unless they are there already.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    ready()?;
    let lock = std::fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let stamp = folder.join("node_modules").join(STAMP);
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    run::step(&format!("npm ci in {name}/"), || {
        let mut npm = Command::new("npm");
        npm.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        run::command(npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        std::fs::write(&stamp, &lock)?;
        Ok(())
    })
}
