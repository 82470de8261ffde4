//! Where things lie in the checkout. Everything that xtask makes is under `target/`.

use std::path::{Path, PathBuf};

/// The repository's root: xtask is built inside it and run from anywhere below it.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ has a parent folder")
}

pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The wasm build's own target folder: it is made by another cargo than the server's, perhaps
/// even by another compiler.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

pub(crate) fn style() -> PathBuf {
    root().join("style")
}

pub(crate) fn public() -> PathBuf {
    root().join("public")
}

pub(crate) fn tools() -> PathBuf {
    root().join("xtask").join("tools")
}

pub(crate) fn interop() -> PathBuf {
    root().join("interop")
}

pub(crate) fn end2end() -> PathBuf {
    root().join("end2end")
}
