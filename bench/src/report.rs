//! The tables: every figure beside what it is measured against.

use std::fmt;

use serde::Serialize;

use crate::crash::Crashes;
use crate::door::Door;
use crate::pages::{PAGE_US_MAX, Pages};
use crate::spread::{Spread, grouped};
use crate::start::Start;
use crate::throughput::Throughput;

const FIRST_200_MS_MAX: u64 = 300;
const IDLE_KB_MAX: u64 = 40_000;
const PER_CONNECTION_BYTES_MAX: u64 = 25_000;
const LANDING_BYTES_MAX: u64 = 150_000;

/// Everything that was measured.
#[derive(Serialize)]
pub(crate) struct Report {
    cores: usize,
    landing_brotli_bytes: Option<u64>,
    pub(crate) start: Option<Start>,
    pub(crate) door: Option<Door>,
    throughput: Vec<Throughput>,
    crashes: Vec<Crashes>,
    pages: Vec<Pages>,
}

impl Report {
    pub(crate) fn of_machine(landing_brotli_bytes: Option<u64>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            cores,
            landing_brotli_bytes,
            start: None,
            door: None,
            throughput: Vec::new(),
            crashes: Vec::new(),
            pages: Vec::new(),
        }
    }

    pub(crate) fn measured(&mut self, throughput: Throughput) {
        self.throughput.push(throughput);
    }

    pub(crate) fn visited(&mut self, pages: Pages) {
        self.pages.push(pages);
    }

    pub(crate) fn crashed(&mut self, crashes: Crashes) {
        self.crashes.push(crashes);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "\n{} cores, shared by server, database and load. median (min–max)", self.cores)?;
        if let Some(door) = &self.door {
            write_door(out, door)?;
        }
        for throughput in &self.throughput {
            write_throughput(out, throughput)?;
        }
        for crashes in &self.crashes {
            write_crashes(out, crashes)?;
        }
        for pages in &self.pages {
            write_pages(out, pages)?;
        }
        if self.start.is_none() {
            return Ok(());
        }
        writeln!(out, "\nthe program")?;
        if let Some(start) = &self.start {
            write_start(out, start)?;
        }
        if let Some(bytes) = self.landing_brotli_bytes {
            row(out, "landing page, JS + wasm, brotli", &against(bytes, LANDING_BYTES_MAX, "bytes"))?;
        }
        Ok(())
    }
}

fn row(out: &mut fmt::Formatter<'_>, name: &str, figure: &str) -> fmt::Result {
    writeln!(out, "    {name:<44} {figure}")
}

/// A figure beside what it may be.
fn against(figure: u64, allowed: u64, unit: &str) -> String {
    let verdict = if figure <= allowed { "within" } else { "OVER" };
    format!("{} {unit}, {verdict} the {} allowed", grouped(figure), grouped(allowed))
}

fn write_door(out: &mut fmt::Formatter<'_>, door: &Door) -> fmt::Result {
    writeln!(out, "\nthe front door, {} connections, SQLite", door.connections)?;
    row(out, "tokens/s, client_credentials, ES256", &door.tokens_per_second.to_string())?;
    if let Some(issuer) = &door.issuer {
        row(out, &format!("{}, tokens/s", issuer.name), &issuer.tokens_per_second.to_string())?;
        row(out, "    ours to theirs", &issuer.ratio_thousandths.thousandths())?;
    }
    row(out, "introspections/s", &door.introspections_per_second.to_string())?;
    row(out, "GET /v1/application, requests/s", &door.applications_per_second.to_string())?;
    row(out, "empty handler (GET /healthz), requests/s", &door.healthz_per_second.to_string())?;
    row(out, "introspections per empty request", &door.introspection_to_healthz_thousandths.thousandths())?;
    row(out, "GET /v1/application per empty request", &door.application_to_healthz_thousandths.thousandths())
}

fn write_throughput(out: &mut fmt::Formatter<'_>, figures: &Throughput) -> fmt::Result {
    writeln!(
        out,
        "\n{}: POST /v1/payments, HMAC-signed, {} connections, one application (one hot pair of accounts)",
        figures.database, figures.connections
    )?;
    row(out, "payments/s", &figures.payments_per_second.to_string())?;
    row(out, "a payment, p50 µs", &figures.payment_p50_us.to_string())?;
    row(out, "a payment, p99 µs", &figures.payment_p99_us.to_string())?;
    row(out, "empty handler (GET /healthz), requests/s", &figures.healthz_per_second.to_string())?;
    row(out, "fdatasync/s on the same disk", &figures.fdatasync_per_second.to_string())?;
    row(out, "fdatasync, p50 µs", &figures.fdatasync_p50_us.to_string())?;
    row(out, "payments per empty request", &figures.to_healthz_thousandths.thousandths())?;
    row(out, "payments per fdatasync", &figures.to_fdatasync_thousandths.thousandths())?;
    for peer in &figures.peers {
        row(out, &format!("{}, payments/s", peer.name), &peer.payments_per_second.to_string())?;
        row(out, "    ours to theirs", &peer.ratio_thousandths.thousandths())?;
    }
    row(
        out,
        "checked after each run",
        &format!(
            "{} acknowledged = stored, once each, captured; postings sum to zero",
            grouped(figures.payments_checked as u64)
        ),
    )
}

fn write_crashes(out: &mut fmt::Formatter<'_>, crashes: &Crashes) -> fmt::Result {
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

fn write_pages(out: &mut fmt::Formatter<'_>, pages: &Pages) -> fmt::Result {
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

fn write_start(out: &mut fmt::Formatter<'_>, start: &Start) -> fmt::Result {
    let ms = start.first_200_us.median.div_ceil(1000);
    row(out, "start to first 200, empty SQLite database", &against(ms, FIRST_200_MS_MAX, "ms"))?;
    row(out, "    median (min–max), ms", &in_ms(&start.first_200_us))?;
    let kb = start.idle_kib.median * 1024 / 1000;
    row(out, "resident memory, idle for a second", &against(kb, IDLE_KB_MAX, "KB"))?;
    row(
        out,
        "each of 500 idle connections",
        &against(start.per_idle_connection_bytes, PER_CONNECTION_BYTES_MAX, "bytes"),
    )
}

fn in_ms(us: &Spread) -> String {
    Spread::of(us.runs.iter().map(|us| us.div_ceil(1000)).collect()).to_string()
}
