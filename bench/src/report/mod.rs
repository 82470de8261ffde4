//! The tables: every figure beside what it is measured against.

mod batches;
mod crashes;
mod door;
mod money;
mod pages;
mod program;
mod signatures;

use std::fmt;

use serde::Serialize;

use crate::batches::Batches;
use crate::crash::Crashes;
use crate::door::Door;
use crate::goal::Goal;
use crate::money::Money;
use crate::pages::Pages;
use crate::scale::Scale;
use crate::signatures::Signatures;
use crate::single::Single;
use crate::spread::{Spread, grouped};
use crate::start::Start;

/// Everything that was measured.
#[derive(Serialize)]
pub(crate) struct Report {
    cores: usize,
    landing_brotli_bytes: Option<u64>,
    pub(crate) start: Option<Start>,
    pub(crate) door: Option<Door>,
    pub(crate) signatures: Option<Signatures>,
    batches: Vec<(&'static str, Vec<Batches>)>,
    singles: Vec<(&'static str, Single)>,
    scales: Vec<(&'static str, Scale)>,
    money: Vec<Money>,
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
            signatures: None,
            batches: Vec::new(),
            singles: Vec::new(),
            scales: Vec::new(),
            money: Vec::new(),
            crashes: Vec::new(),
            pages: Vec::new(),
        }
    }

    pub(crate) fn batched(&mut self, database: &'static str, batches: Vec<Batches>) {
        self.batches.push((database, batches));
    }

    pub(crate) fn paid_alone(&mut self, database: &'static str, single: Single) {
        self.singles.push((database, single));
    }

    pub(crate) fn stored(&mut self, database: &'static str, scale: Scale) {
        self.scales.push((database, scale));
    }

    pub(crate) fn paid(&mut self, money: Money) {
        self.money.push(money);
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
        if let Some(figures) = &self.door {
            door::write(out, figures)?;
        }
        if let Some(figures) = &self.signatures {
            signatures::write(out, figures)?;
        }
        for (database, figures) in &self.batches {
            batches::write(out, database, figures)?;
        }
        for (database, figures) in &self.singles {
            money::write_single(out, database, figures)?;
        }
        for (database, figures) in &self.scales {
            money::write_scale(out, database, figures)?;
        }
        for figures in &self.money {
            money::write(out, figures)?;
        }
        for figures in &self.crashes {
            crashes::write(out, figures)?;
        }
        for figures in &self.pages {
            pages::write(out, figures)?;
        }
        match &self.start {
            Some(figures) => program::write(out, figures, self.landing_brotli_bytes),
            None => Ok(()),
        }
    }
}

fn row(out: &mut fmt::Formatter<'_>, name: &str, figure: &str) -> fmt::Result {
    writeln!(out, "    {name:<44} {figure}")
}

/// A row of a ratio, or of thousandths of a unit, with what it has to be.
fn measured_row(out: &mut fmt::Formatter<'_>, name: &str, figure: &Spread, goal: Goal) -> fmt::Result {
    row(out, name, &format!("{}, {}", figure.thousandths(), goal.verdict(figure.median)))
}

/// A figure beside what it may be.
fn against(figure: u64, allowed: u64, unit: &str) -> String {
    let verdict = if figure <= allowed { "within" } else { "OVER" };
    format!("{} {unit}, {verdict} the {} allowed", grouped(figure), grouped(allowed))
}

fn in_ms(us: &Spread) -> String {
    Spread::of(us.runs.iter().map(|us| us.div_ceil(1000)).collect()).to_string()
}
