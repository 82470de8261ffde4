//! Builds the standard library for the browser with Debian's compiler and puts it where that
//! compiler looks. Debian ships the sources only.

use crate::places;
use crate::prepare::apt;
use crate::prepare::wasm_target::TARGET;
use crate::run;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const THROWAWAY_MANIFEST: &str =
    "[package]\nname = \"throwaway\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
/// Lies beside the libraries and tells which compiler made them: another cannot read them.
const STAMP: &str = "built-by-tallyport-xtask";

pub(crate) fn build_and_install(mut cargo: Command, rustc: &str) -> Result<()> {
    let dir = places::target().join("wasm-std");
    let built = dir.join("target");
    std::fs::create_dir_all(dir.join("src"))?;
    std::fs::write(dir.join("Cargo.toml"), THROWAWAY_MANIFEST)?;
    std::fs::write(dir.join("src").join("lib.rs"), "")?;
    cargo.current_dir(&dir).env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &built);
    run::command(cargo.args(["build", "-Zbuild-std=std,panic_abort", "--release", "--target", TARGET]))?;

    let libraries = libraries(&built.join(TARGET).join("release").join("deps"))?;
    let stamp = dir.join(STAMP);
    std::fs::write(&stamp, version(rustc)?)?;
    let destination = destination(rustc)?;
    run::command(apt::as_root("mkdir")?.arg("-p").arg(&destination))?;
    run::command(apt::as_root("cp")?.args(libraries).arg(stamp).arg(&destination))?;
    std::fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))
}

/// Whether the libraries in place fit the compiler. Those that a distribution brought carry no
/// stamp and are trusted.
pub(crate) fn is_current(rustc: &str) -> bool {
    let Ok(destination) = destination(rustc) else { return false };
    let Ok(stamp) = std::fs::read_to_string(destination.join(STAMP)) else { return true };
    version(rustc).is_ok_and(|version| version == stamp)
}

pub(crate) fn holds_std(libdir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(libdir) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

fn libraries(deps: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(deps)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libthrowaway") {
            found.push(path);
        }
    }
    if !holds_std(deps) {
        bail!("the build ended well, yet made no libstd");
    }
    Ok(found)
}

fn destination(rustc: &str) -> Result<PathBuf> {
    let libdir = run::output(run::clean(Command::new(rustc)).args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(PathBuf::from(libdir.trim()))
}

fn version(rustc: &str) -> Result<String> {
    run::output(run::clean(Command::new(rustc)).arg("-Vv"))
}
