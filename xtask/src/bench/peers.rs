//! What Tallyport is measured against, installed as the lock files say.

use crate::places;
use crate::prepare::{node, python};
use anyhow::Result;
use std::path::PathBuf;

/// Installs the peers' packages; returns their folder and a Python that has them.
pub(super) fn ready() -> Result<(PathBuf, PathBuf)> {
    let sources = places::root().join("bench").join("peers");
    node::packages(&sources.join("express"))?;
    node::packages(&sources.join("oidc-provider"))?;
    let python = python::with_packages("bench-python", &sources.join("fastapi").join("requirements.txt"))?;
    Ok((sources, python))
}
