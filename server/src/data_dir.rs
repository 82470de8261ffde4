//! The data folder: made for its owner only, and known to be writable before anything relies on it.

use std::path::{Path, PathBuf};

use crate::exit::{Exit, Failure};

/// Makes the folder where needed and proves that files can be made in it. Returns its full path.
///
/// # Errors
/// When it cannot be made or written; the line names the folder.
pub fn prepare(folder: &Path) -> Result<PathBuf, Failure> {
    let refused = |error: std::io::Error| {
        let line = format!("data folder {} is not writable: {error}", folder.display());
        Failure::new(Exit::DataFolder, line)
    };
    make(folder).map_err(refused)?;
    // The process id keeps two processes that start together out of each other's way.
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)).map_err(refused)?;
    folder.canonicalize().map_err(refused)
}

fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
