//! `manifest.json` in the site folder: how the server learns the names of the assets.

use super::wasm::STEM;
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Names are relative to the site folder, with `/`.
#[derive(Deserialize, Serialize)]
pub(crate) struct Manifest {
    /// The page asks for `pkg/<stem>.js` and `pkg/<stem>_bg.wasm`.
    pub(crate) stem: String,
    pub(crate) css: String,
    /// Files whose name changes with their content.
    pub(crate) immutable: Vec<String>,
}

impl Manifest {
    pub(crate) fn dev() -> Self {
        Self { stem: STEM.to_owned(), css: format!("pkg/{STEM}.css"), immutable: Vec::new() }
    }

    pub(crate) fn read(site: &Path) -> Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(site.join("manifest.json"))?)?)
    }

    pub(crate) fn write(&self, site: &Path) -> Result<()> {
        std::fs::write(site.join("manifest.json"), serde_json::to_string(self)?)?;
        Ok(())
    }
}
