//! `cargo xtask serve`: from a checkout to a running server.

use crate::build::{self, Mode, Options};
use crate::{places, run};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Builds, then becomes the server: its signals and its exit code are those of xtask.
pub(crate) fn run(release: bool, settings: &[String]) -> Result<ExitCode> {
    let mode = if release { Mode::Release } else { Mode::Dev };
    let binary = build::everything(&Options { mode, server_profile: None })?;
    run::announce(&format!("tallyport serve {}", settings.join(" ")));
    let error = command(&binary, mode, settings).exec();
    Err(error).with_context(|| format!("cannot run {}", binary.display()))
}

/// `tallyport serve` with these settings, the checkout's own data folder unless told otherwise.
pub(crate) fn command(binary: &Path, mode: Mode, settings: &[String]) -> Command {
    let mut server = run::clean(Command::new(binary));
    server.arg("serve").args(settings);
    if mode == Mode::Dev {
        server.env(build::SITE_DIR_SETTING, mode.site_dir());
    }
    let told = settings.iter().any(|setting| setting == "--data-dir" || setting.starts_with("--data-dir="));
    if !told && std::env::var_os("TALLYPORT_DATA_DIR").is_none() {
        server.env("TALLYPORT_DATA_DIR", places::root().join("data"));
    }
    server
}
