//! What the build says about the files it made.

use std::collections::HashSet;

use serde::Deserialize;

/// The file that holds it, at the root of the site.
pub(super) const FILE_NAME: &str = "manifest.json";

/// Names that pages must know, and names that never change their content.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) stem: String,
    pub(super) css: String,
    pub(super) immutable: HashSet<String>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { stem: "portal".to_owned(), css: "pkg/portal.css".to_owned(), immutable: HashSet::new() }
    }
}

impl Manifest {
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| format!("{FILE_NAME}: {error}"))
    }
}
