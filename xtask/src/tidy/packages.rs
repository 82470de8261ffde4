//! What cargo says about our packages.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) features: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) optional: bool,
    /// Nothing, or `dev`, or `build`.
    pub(crate) kind: Option<String>,
    pub(crate) features: Vec<String>,
}

/// Our own packages, with what their manifests declare.
pub(crate) fn load() -> Result<Vec<Package>> {
    let mut cargo = crate::run::cargo();
    let json = crate::run::output(cargo.args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Metadata = serde_json::from_str(&json).context("cargo metadata is not as expected")?;
    Ok(metadata.packages)
}
