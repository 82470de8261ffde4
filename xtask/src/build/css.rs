//! One style sheet out of `style/main.css` and everything it imports.

use super::Mode;
use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use std::path::Path;

/// Bundles, and in release also minifies. No browser targets are given: what the sheets say
/// (`light-dark()`, nesting) reaches the browser as written.
pub(crate) fn bundle(entry: &Path, mode: Mode) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| anyhow!("{error} (bundling {})", entry.display()))?;
    let minify = mode == Mode::Release;
    if minify {
        sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{error}"))?;
    }
    let printed = sheet.to_css(PrinterOptions { minify, ..PrinterOptions::default() })?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_bundled_in_order_and_light_dark_survives() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("main.css"), "@import './a.css';\n.b { color: var(--ink); }\n").unwrap();
        std::fs::write(dir.path().join("a.css"), ":root { --ink: light-dark(#111, #eee); }\n").unwrap();

        let css = bundle(&dir.path().join("main.css"), Mode::Release).unwrap();

        assert_eq!(css, ":root{--ink:light-dark(#111,#eee)}.b{color:var(--ink)}");
    }

    #[test]
    fn a_missing_import_is_named() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("main.css"), "@import './gone.css';\n").unwrap();

        let error = bundle(&dir.path().join("main.css"), Mode::Dev).unwrap_err();

        assert!(format!("{error:#}").contains("main.css"), "{error:#}");
    }
}
