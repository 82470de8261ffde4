//! Builds the portal's site folder, then the server that serves it.
//!
//! Development: plain names under `target/site`, read from disk by the server. Release: hashed
//! names and compressed copies under `target/site-release`, embedded into the binary.

mod compress;
mod css;
mod hashed;
mod manifest;
mod server;
mod site;
mod sizes;
mod wasm;

pub(crate) use server::SITE_DIR_SETTING;
pub(crate) use site::{copy_public, write_css};
pub(crate) use sizes::landing_bytes;

use crate::places;
use crate::prepare::{node, wasm_target};
use crate::run;
use anyhow::Result;
use std::path::PathBuf;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    Dev,
    Release,
}

pub(crate) struct Options {
    pub(crate) mode: Mode,
    /// Another cargo profile for the server than the mode's own.
    pub(crate) server_profile: Option<String>,
}

impl Options {
    pub(crate) fn dev() -> Self {
        Self { mode: Mode::Dev, server_profile: None }
    }
}

impl Mode {
    pub(crate) fn site_dir(self) -> PathBuf {
        places::target().join(match self {
            Self::Dev => "site",
            Self::Release => "site-release",
        })
    }
}

/// Builds the site and the server; returns where the binary is.
pub(crate) fn everything(options: &Options) -> Result<PathBuf> {
    site(options.mode)?;
    let binary = server(options)?;
    run::note(&format!("built {}", binary.display()));
    Ok(binary)
}

/// Builds what the browser loads.
pub(crate) fn site(mode: Mode) -> Result<()> {
    let compiler = wasm_target::ready()?;
    if mode == Mode::Release {
        node::packages(&places::tools())?;
    }
    let wasm = run::step("building the portal's wasm", || wasm::compile(&compiler, mode))?;
    match mode {
        Mode::Dev => site::write_dev(&wasm),
        Mode::Release => site::write_release(&wasm),
    }
}

pub(crate) fn server(options: &Options) -> Result<PathBuf> {
    run::step("building the server", || server::compile(options))
}
