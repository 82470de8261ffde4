//! A compiler for `wasm32-unknown-unknown`: rustup's target, or Debian's compiler with a standard
//! library built from its own sources where rustup's server cannot be reached.

use crate::places;
use crate::prepare::{apt, wasm_std};
use crate::run;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// Who compiles for the browser on this machine.
#[derive(Clone, Debug)]
pub(crate) struct WasmCompiler {
    cargo: &'static str,
    rustc: &'static str,
    /// Told to cargo only where the compiler has no linker of its own.
    linker: Option<PathBuf>,
}

impl WasmCompiler {
    /// The same compiler as for the server.
    fn usual() -> Self {
        let linker = if rust_lld().is_some() { None } else { find_linker() };
        Self { cargo: "cargo", rustc: "rustc", linker }
    }

    fn debian() -> Option<Self> {
        let linker = Some(find_linker()?);
        Path::new(DEBIAN_CARGO).is_file().then_some(Self { cargo: DEBIAN_CARGO, rustc: DEBIAN_RUSTC, linker })
    }

    /// A `cargo` that builds for the browser into its own target folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = run::clean(Command::new(self.cargo));
        cargo.env("CARGO_TARGET_DIR", places::wasm_target()).env("RUSTC", self.rustc).env_remove("RUSTFLAGS");
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

/// Finds the compiler for the browser, installing what is missing.
pub(crate) fn ready() -> Result<WasmCompiler> {
    if let Some(compiler) = find() {
        return Ok(compiler);
    }
    let rustup = add_with_rustup();
    if rustup.is_ok()
        && let Some(compiler) = find()
    {
        return Ok(compiler);
    }
    let debian = install_from_debian();
    if let Some(compiler) = find() {
        return Ok(compiler);
    }
    let told = |result: Result<()>| {
        result.err().map_or_else(|| "ended well, yet nothing is there".to_owned(), |e| format!("{e:#}"))
    };
    bail!(
        "no way to compile for {TARGET} worked on this machine.\n  \
         rustup target add {TARGET}: {}\n  \
         Debian's {}: {}\n\
         Either one will do; when one of them works by hand, start again.",
        told(rustup),
        DEBIAN_PACKAGES.join(", "),
        told(debian),
    )
}

fn find() -> Option<WasmCompiler> {
    if has_std("rustc") {
        return Some(WasmCompiler::usual());
    }
    if has_std(DEBIAN_RUSTC) && wasm_std::is_current(DEBIAN_RUSTC) { WasmCompiler::debian() } else { None }
}

fn add_with_rustup() -> Result<()> {
    if !run::exists("rustup") {
        bail!("there is no rustup here");
    }
    run::announce(&format!("rustup target add {TARGET}"));
    let added =
        run::command(run::clean(Command::new("rustup")).env_remove("RUST_BACKTRACE").args(["target", "add", TARGET]));
    if added.is_err() {
        run::note("rustup could not; Debian's compiler is tried next");
    }
    added
}

fn install_from_debian() -> Result<()> {
    let sources = Path::new("/usr/lib/rustlib/src/rust/library");
    if !sources.is_dir() || !Path::new(DEBIAN_RUSTC).is_file() || WasmCompiler::debian().is_none() {
        apt::install(&DEBIAN_PACKAGES)?;
    }
    let compiler = WasmCompiler::debian().context("the packages are installed, yet there is no cargo or no wasm-ld")?;
    run::step("building the standard library for the browser with Debian's compiler", || {
        wasm_std::build_and_install(compiler.cargo(), DEBIAN_RUSTC)
    })
}

/// `wasm-ld` of the tried version, else of any other, else the one that rustup ships.
fn find_linker() -> Option<PathBuf> {
    let known = ["/usr/bin/wasm-ld-22", "/usr/bin/wasm-ld"].map(PathBuf::from).into_iter();
    let others = std::fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path());
    let others =
        others.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wasm-ld-")));
    known.chain(others).chain(rust_lld()).find(|path| path.is_file())
}

/// The linker in the sysroot of the usual compiler, which that compiler finds by itself.
fn rust_lld() -> Option<PathBuf> {
    let libdir = run::output(run::clean(Command::new("rustc")).args(["--print", "target-libdir"])).ok()?;
    let linker = Path::new(libdir.trim()).parent()?.join("bin").join("rust-lld");
    linker.is_file().then_some(linker)
}

fn has_std(rustc: &str) -> bool {
    let mut rustc = run::clean(Command::new(rustc));
    let Ok(libdir) = run::output(rustc.args(["--print", "target-libdir", "--target", TARGET])) else { return false };
    wasm_std::holds_std(Path::new(libdir.trim()))
}
