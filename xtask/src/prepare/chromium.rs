//! The browser of the tests, and a Chinese font so that their pictures show what people see.

use crate::prepare::apt;
use crate::run;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Programs that serve, the best first: the shell has the engine without the windows, and takes little more than
/// half of the processor's time.
const PROGRAMS: [&str; 2] = ["chromium-headless-shell", "chromium"];
const CHINESE_FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

pub(crate) fn ready() -> Result<()> {
    let mut missing = Vec::new();
    if program().is_err() {
        // Not every distribution has a package of the shell.
        missing.push(PROGRAMS.into_iter().find(|program| apt::is_known(program)).unwrap_or(PROGRAMS[1]));
    }
    if !Path::new(CHINESE_FONT).is_file() {
        missing.push("fonts-noto-cjk");
    }
    if missing.is_empty() { Ok(()) } else { apt::install(&missing) }
}

/// Where the browser is.
pub(crate) fn program() -> Result<PathBuf> {
    PROGRAMS.into_iter().find_map(run::find).context("Chromium is not installed")
}
