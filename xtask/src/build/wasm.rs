//! The portal's wasm: compiled by cargo, given its JavaScript by wasm-bindgen, made small by
//! wasm-opt. wasm-bindgen is a library of ours, so its version cannot drift from the lock file's.

use super::Mode;
use crate::places;
use crate::prepare::wasm_target::{TARGET, WasmCompiler};
use crate::run;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// Every output is called after this name, until a release adds its hash.
pub(crate) const STEM: &str = "portal";
/// What today's browsers understand and rustc emits; wasm-opt assumes less unless told.
const WASM_OPT_FLAGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Compiles the frontend and returns where its wasm is.
pub(crate) fn compile(compiler: &WasmCompiler, mode: Mode) -> Result<PathBuf> {
    let mut cargo = compiler.cargo();
    cargo.args(["build", "--package", "tallyport-frontend", "--target", TARGET]);
    let folder = match mode {
        Mode::Dev => "debug",
        Mode::Release => {
            cargo.args(["--profile", "wasm-release"]);
            "wasm-release"
        }
    };
    run::command(&mut cargo)?;
    Ok(places::wasm_target().join(TARGET).join(folder).join("tallyport_frontend.wasm"))
}

/// Writes `portal.js` and `portal_bg.wasm` into `pkg`.
pub(crate) fn bind(wasm: &Path, pkg: &Path, mode: Mode) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)
        .map_err(|error| anyhow!(error))?
        .out_name(STEM)
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(true)
        .generate(pkg)
        .map_err(|error| anyhow!(error))
        .with_context(|| format!("wasm-bindgen on {}", wasm.display()))
}

/// Rewrites the wasm as small as it gets.
pub(crate) fn optimise(pkg: &Path) -> Result<()> {
    let wasm = pkg.join(format!("{STEM}_bg.wasm"));
    let smaller = pkg.join("smaller.wasm");
    let wasm_opt = places::tools().join("node_modules").join(".bin").join("wasm-opt");
    run::command(Command::new(wasm_opt).args(WASM_OPT_FLAGS).arg(&wasm).arg("-o").arg(&smaller))?;
    std::fs::rename(&smaller, &wasm)?;
    Ok(())
}
