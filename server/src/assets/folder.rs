//! The portal's files in a folder, for development.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::File;
use super::manifest::{FILE_NAME, Manifest};

/// A folder; what lies outside of it does not exist.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { root: path.canonicalize()? })
    }

    pub(super) fn manifest(&self) -> Result<Manifest, String> {
        let json = std::fs::read(self.root.join(FILE_NAME)).map_err(|error| format!("{FILE_NAME}: {error}"))?;
        Manifest::parse(&json)
    }

    /// Reads a file. Links are followed first and judged by where they lead.
    pub(super) async fn file(&self, name: &str) -> Option<File> {
        let path = tokio::fs::canonicalize(self.root.join(name)).await.ok()?;
        if !path.starts_with(&self.root) {
            return None;
        }
        let metadata = tokio::fs::metadata(&path).await.ok().filter(std::fs::Metadata::is_file)?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let bytes = tokio::fs::read(&path).await.ok()?;
        Some(File { tag: format!("{:x}-{:x}", modified.as_nanos(), bytes.len()), bytes: bytes.into() })
    }
}
