//! The portal as people see it: Playwright drives Chromium against the development build. Its
//! configuration starts the server.

use super::summary::Line;
use super::{Ground, count};
use crate::build::{self, Mode, Options};
use crate::{memory, places, prepare, run};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds what the browser tests need, by itself.
pub(crate) fn build() -> Result<PathBuf> {
    build::everything(&Options::dev())
}

/// The server's own tests have built it a moment ago; only what the browser loads is missing.
pub(crate) fn built_with_the_tests() -> Result<PathBuf> {
    let binary = server_of_the_tests()?;
    build::site(Mode::Dev)?;
    Ok(binary)
}

/// The server that its own tests have built.
pub(crate) fn server_of_the_tests() -> Result<PathBuf> {
    let binary = places::target().join("debug").join("tallyport");
    ensure!(binary.exists(), "the server was not built");
    Ok(binary)
}

pub(crate) fn run(ground: &Ground, binary: &Path) -> Result<Line> {
    prepare::for_browser_tests()?;
    let mut npx = run::clean(Command::new("npx"));
    npx.current_dir(places::end2end()).args(["--no-install", "playwright", "test"]);
    npx.env("TALLYPORT_BIN", binary)
        .env(build::SITE_DIR_SETTING, Mode::Dev.site_dir())
        .env("TALLYPORT_TEST_POSTGRES", ground.postgres_url()?)
        .env("TALLYPORT_TEST_CHROMIUM", prepare::chromium::program()?)
        .env("FORCE_COLOR", "0");
    memory::for_temporary_files(&mut npx);
    if ground.pictures {
        npx.env("TALLYPORT_TEST_PICTURES", "1");
    }
    if ground.deep {
        npx.env("TALLYPORT_TEST_DEEP", "1");
    }
    count::playwright(&mut npx)
}
