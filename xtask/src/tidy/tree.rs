//! The checkout as a map from path to text. Paths are relative, with `/`.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

const FOLDERS_LEFT_OUT: [&str; 6] = [".git", "data", "node_modules", "target", "tallyport-data", "test-results"];
const EXTENSIONS: [&str; 7] = ["css", "json", "md", "rs", "sql", "toml", "ts"];

#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                if !FOLDERS_LEFT_OUT.contains(&name.as_str()) {
                    self.add_folder(&entry.path(), &format!("{path}/"))?;
                }
            } else if EXTENSIONS.iter().any(|extension| name.ends_with(&format!(".{extension}"))) {
                let text = std::fs::read_to_string(entry.path()).with_context(|| format!("{path} is not text"))?;
                self.files.insert(path, text);
            }
        }
        Ok(())
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Files whose name ends so, in order of their paths.
    pub(crate) fn ending(&self, suffix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.ends_with(suffix))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Rust sources below one of these folders.
    pub(crate) fn rust_below(&self, folders: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        self.ending(".rs").filter(move |(path, _)| folders.iter().any(|folder| path.starts_with(folder)))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Tree {
    fn from(files: [(&str, &str); N]) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect() }
    }
}
