//! How long pages take.

use std::fmt;

use super::{against, row};
use crate::pages::{PAGE_US_MAX, Pages};
use crate::spread::grouped;

pub(super) fn write(out: &mut fmt::Formatter<'_>, pages: &Pages) -> fmt::Result {
    writeln!(
        out,
        "\n{}: pages with {} developers and {} applications, one connection, each {} times; p50 / p99 µs",
        pages.database,
        grouped(pages.developers.into()),
        grouped(pages.applications.into()),
        pages.asked
    )?;
    for time in &pages.times {
        let verdict = if time.p50_us <= PAGE_US_MAX { "" } else { "  OVER" };
        row(out, &time.path, &format!("{} / {}{verdict}", grouped(time.p50_us), grouped(time.p99_us)))?;
    }
    let slowest = pages.times.iter().map(|time| time.p50_us).max().unwrap_or_default();
    row(out, "the slowest page", &against(slowest, PAGE_US_MAX, "µs at p50"))
}
