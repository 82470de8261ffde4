//! What the program takes before anybody asks it for anything.

use std::fmt;

use super::{against, in_ms, row};
use crate::start::Start;

const FIRST_200_MS_MAX: u64 = 300;
const IDLE_KB_MAX: u64 = 40_000;
const PER_CONNECTION_BYTES_MAX: u64 = 25_000;
const LANDING_BYTES_MAX: u64 = 150_000;

pub(super) fn write(out: &mut fmt::Formatter<'_>, start: &Start, landing_bytes: Option<u64>) -> fmt::Result {
    writeln!(out, "\nthe program")?;
    let ms = start.first_200_us.median.div_ceil(1000);
    row(out, "start to first 200, empty SQLite database", &against(ms, FIRST_200_MS_MAX, "ms"))?;
    row(out, "    median (min–max), ms", &in_ms(&start.first_200_us))?;
    let kb = start.idle_kib.median * 1024 / 1000;
    row(out, "resident memory, idle for a second", &against(kb, IDLE_KB_MAX, "KB"))?;
    row(
        out,
        &format!("each of {} idle connections", start.idle_connections),
        &against(start.per_idle_connection_bytes, PER_CONNECTION_BYTES_MAX, "bytes"),
    )?;
    match landing_bytes {
        Some(bytes) => row(out, "landing page, JS + wasm, brotli", &against(bytes, LANDING_BYTES_MAX, "bytes")),
        None => Ok(()),
    }
}
