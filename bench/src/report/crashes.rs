//! What the crashes left.

use std::fmt;

use super::{in_ms, row};
use crate::crash::Crashes;
use crate::spread::grouped;

pub(super) fn write(out: &mut fmt::Formatter<'_>, crashes: &Crashes) -> fmt::Result {
    writeln!(out, "\n{}: kill -9 under that load, {} times on one database", crashes.database, crashes.kills)?;
    if crashes.database_stops > 0 {
        row(out, "of those, the database stopped instead", &crashes.database_stops.to_string())?;
    }
    row(out, "payments acknowledged, each found once", &grouped(crashes.acknowledged as u64))?;
    let unheard = crashes.stored - crashes.acknowledged;
    row(out, "stored, but the answer was lost", &grouped(unheard as u64))?;
    row(out, "of those, still with their channel", &grouped(crashes.processing as u64))?;
    row(out, "the whole book verified", "after every kill")?;
    row(out, "restart to first 200, ms", &in_ms(&crashes.restart_us))
}
