//! `strace`, by which tests record what the server writes, and make its disk fail.

use crate::prepare::apt;
use crate::run;
use anyhow::Result;

/// Makes sure that it is on this machine.
pub(crate) fn ready() -> Result<()> {
    if run::exists("strace") { Ok(()) } else { apt::install(&["strace"]) }
}
