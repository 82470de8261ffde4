//! The server's binary. In release it carries the site inside and knows its commit.

use super::{Mode, Options};
use crate::places;
use crate::run;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Tells where the site is: a running development server from its environment, a release build
/// while it embeds.
pub(crate) const SITE_DIR_SETTING: &str = "TALLYPORT_SITE_DIR";

pub(crate) fn compile(options: &Options) -> Result<PathBuf> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--package", "tallyport-server"]);
    let default_profile = match options.mode {
        Mode::Dev => "dev",
        Mode::Release => {
            cargo.args(["--features", "embed"]);
            cargo.env(SITE_DIR_SETTING, Mode::Release.site_dir());
            cargo.env("TALLYPORT_COMMIT", commit());
            "release"
        }
    };
    let profile = options.server_profile.as_deref().unwrap_or(default_profile);
    run::command(cargo.args(["--profile", profile]))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(places::target().join(folder).join("tallyport"))
}

/// The short hash of the checked-out commit, marked when the tree differs from it.
fn commit() -> String {
    let git = |args: &[&str]| run::output(Command::new("git").current_dir(places::root()).args(args));
    let Ok(hash) = git(&["rev-parse", "--short=12", "HEAD"]) else { return "unknown".to_owned() };
    let dirty = git(&["status", "--porcelain"]).is_ok_and(|changes| !changes.trim().is_empty());
    format!("{}{}", hash.trim(), if dirty { "-dirty" } else { "" })
}
