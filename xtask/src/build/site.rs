//! Writes the site folder: `pkg/` with wasm, JavaScript and CSS, the files of `public/`, and the
//! manifest that tells the server their names.

use super::wasm::STEM;
use super::{Mode, compress, css, hashed, manifest, sizes, wasm};
use crate::places;
use crate::run;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Remembers which wasm the bindings in `pkg/` were made from.
const STAMP: &str = "bound-from";

/// Brings the development site up to date; what has not changed is left alone.
pub(crate) fn write_dev(wasm: &Path) -> Result<()> {
    let site = Mode::Dev.site_dir();
    let pkg = site.join("pkg");
    std::fs::create_dir_all(&pkg)?;
    let stamp = site.join(STAMP);
    let now = fingerprint(wasm)?;
    let bound =
        pkg.join(format!("{STEM}_bg.wasm")).is_file() && std::fs::read_to_string(&stamp).is_ok_and(|then| then == now);
    if !bound {
        run::step("binding wasm to JavaScript", || wasm::bind(wasm, &pkg, Mode::Dev))?;
        std::fs::write(&stamp, now)?;
    }
    write_css()?;
    copy_public(&site)?;
    manifest::Manifest::dev().write(&site)
}

/// The development style sheet alone.
pub(crate) fn write_css() -> Result<()> {
    let sheet = css::bundle(&places::style().join("main.css"), Mode::Dev)?;
    let path = Mode::Dev.site_dir().join("pkg").join(format!("{STEM}.css"));
    std::fs::write(&path, sheet).with_context(|| path.display().to_string())
}

/// Writes the release site from nothing, so that no file of an older build is embedded; unless it
/// was made from just this wasm, these sheets and these files by this very xtask.
pub(crate) fn write_release(wasm: &Path) -> Result<()> {
    let site = Mode::Release.site_dir();
    let sheet = css::bundle(&places::style().join("main.css"), Mode::Release)?;
    let stamp = site.with_extension("stamp");
    let now = release_fingerprint(wasm, &sheet)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return sizes::print(&site, &manifest::Manifest::read(&site)?);
    }
    let pkg = site.join("pkg");
    if site.exists() {
        std::fs::remove_dir_all(&site)?;
    }
    std::fs::create_dir_all(&pkg)?;
    run::step("binding wasm to JavaScript", || wasm::bind(wasm, &pkg, Mode::Release))?;
    run::step("making the wasm small", || wasm::optimise(&pkg))?;
    std::fs::write(pkg.join(format!("{STEM}.css")), sheet)?;
    let manifest = hashed::rename(&site)?;
    copy_public(&site)?;
    run::step("compressing", || compress::site(&site))?;
    manifest.write(&site)?;
    std::fs::write(&stamp, now)?;
    sizes::print(&site, &manifest)
}

fn release_fingerprint(wasm: &Path, sheet: &str) -> Result<String> {
    let mut lines =
        vec![fingerprint(wasm)?, fingerprint(&std::env::current_exe()?)?, hashed::hash(&[sheet.as_bytes()])];
    fingerprint_folder(&places::public(), &mut lines)?;
    Ok(lines.join("\n"))
}

fn fingerprint_folder(folder: &Path, lines: &mut Vec<String>) -> Result<()> {
    let Ok(entries) = folder.read_dir() else { return Ok(()) };
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            fingerprint_folder(&path, lines)?;
        } else {
            lines.push(format!("{}: {}", path.display(), fingerprint(&path)?));
        }
    }
    Ok(())
}

/// Copies the files that are served as they are.
pub(crate) fn copy_public(site: &Path) -> Result<()> {
    let public = places::public();
    if public.is_dir() { copy_folder(&public, site) } else { Ok(()) }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let destination = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &destination)?;
        } else {
            std::fs::copy(entry.path(), &destination).with_context(|| entry.path().display().to_string())?;
        }
    }
    Ok(())
}

fn fingerprint(file: &Path) -> Result<String> {
    let metadata = std::fs::metadata(file).with_context(|| file.display().to_string())?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!("{} bytes, modified {}", metadata.len(), modified.as_nanos()))
}
