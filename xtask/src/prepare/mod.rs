//! Makes a machine ready, nothing twice. Each part looks first, and says what it does when it must.

pub(crate) mod apt;
pub(crate) mod chromium;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod python;
pub(crate) mod strace;
mod wasm_std;
pub(crate) mod wasm_target;

use anyhow::Result;

/// Everything that any command needs.
pub(crate) fn everything() -> Result<()> {
    wasm_target::ready()?;
    node::packages(&crate::places::tools())?;
    for_tests()
}

/// What only the tests need: a database server, a watcher of system calls, a browser and its driver.
pub(crate) fn for_tests() -> Result<()> {
    postgres::ready()?;
    strace::ready()?;
    for_browser_tests()
}

pub(crate) fn for_browser_tests() -> Result<()> {
    chromium::ready()?;
    node::packages(&crate::places::end2end())
}
