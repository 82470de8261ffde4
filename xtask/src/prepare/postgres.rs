//! PostgreSQL's programs, for the tests' own cluster. A service that runs already is left alone.

use crate::prepare::apt;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Makes sure that `initdb` and `postgres` are on this machine.
pub(crate) fn ready() -> Result<()> {
    if bin_dir().is_some() {
        return Ok(());
    }
    apt::install(&["postgresql"])?;
    bin_dir().map(drop).context("postgresql is installed, yet there is no initdb under /usr/lib/postgresql")
}

/// The folder of the newest version's programs.
pub(crate) fn bin_dir() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let numbered =
        versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))));
    numbered.filter(|(_, bin)| complete(bin)).max().map(|(_, bin)| bin)
}

fn complete(bin: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|program| bin.join(program).is_file())
}
