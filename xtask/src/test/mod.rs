//! The test run: its parts in order, everything they need, and one summary at the end.
//!
//! A part that fails does not stop the others; a part that cannot run has failed.

mod browser;
mod check;
mod clients;
mod count;
mod http;
mod rust;
mod storage;
mod summary;
mod unit;

use crate::cli::{TestArgs, TestPart};
use crate::postgres::{Cluster, Durability};
use crate::{interrupt, prepare, run};
use anyhow::{Result, bail};
use std::process::ExitCode;
use std::time::Instant;
use summary::{Line, Summary};

/// What the parts share.
pub(crate) struct Ground {
    /// The long form of those tests that have one.
    deep: bool,
    /// Whether the pages' pictures are wanted.
    pictures: bool,
    cluster: Option<Cluster>,
}

/// The checks that need no test to run.
pub(crate) fn check() -> Result<ExitCode> {
    let mut summary = Summary::default();
    checks(&mut summary)?;
    Ok(summary.print())
}

/// Runs one part, or all of them.
pub(crate) fn run(args: &TestArgs) -> Result<ExitCode> {
    let mut ground = Ground { deep: args.part == Some(TestPart::Deep), pictures: args.pictures, cluster: None };
    let mut summary = Summary::default();
    match args.part {
        None | Some(TestPart::Deep) => everything(&mut ground, &mut summary)?,
        Some(TestPart::Unit) => summary.part("unit and property tests", || unit::run(&ground))?,
        Some(TestPart::Storage) => {
            ground.start_cluster(&mut summary)?;
            summary.part("storage and use cases, SQLite and PostgreSQL", || storage::run(&ground))?;
        }
        Some(TestPart::Http) => {
            ground.start_cluster(&mut summary)?;
            prepare::strace::ready()?;
            summary.part("server over HTTP", || http::run(&ground))?;
        }
        Some(TestPart::Browser) => {
            ground.start_cluster(&mut summary)?;
            summary.part("portal in Chromium", || browser::run(&ground, &browser::build()?))?;
        }
        Some(TestPart::Clients) => summary.part(clients::NAME, || clients::run(&ground, &clients::build()?))?,
    }
    drop(ground);
    Ok(summary.print())
}

fn everything(ground: &mut Ground, summary: &mut Summary) -> Result<()> {
    prepare::everything()?;
    checks(summary)?;
    ground.start_cluster(summary)?;
    summary.part("rules, use cases and server, SQLite and PostgreSQL", || rust::server_side(ground))?;
    summary.part("tools", || rust::tools(ground))?;
    summary.part("portal in Chromium", || browser::run(ground, &browser::built_with_the_tests()?))?;
    summary.part(clients::NAME, || clients::run(ground, &browser::server_of_the_tests()?))
}

fn checks(summary: &mut Summary) -> Result<()> {
    summary.part("formatting", check::formatting)?;
    summary.part("tidy", check::tidy)?;
    summary.part("clippy", check::clippy)
}

impl Ground {
    /// Starts the cluster. Without it the parts that follow would test half, so they do not run.
    fn start_cluster(&mut self, summary: &mut Summary) -> Result<()> {
        let mut cluster = None;
        summary.part("PostgreSQL cluster", || {
            prepare::postgres::ready()?;
            cluster = Some(Cluster::start(Durability::None)?);
            Ok(Line::done())
        })?;
        self.cluster = cluster;
        Ok(())
    }

    /// How the tests reach PostgreSQL.
    fn postgres_url(&self) -> Result<&str> {
        match &self.cluster {
            Some(cluster) => Ok(cluster.url()),
            None => bail!("cannot run without the PostgreSQL cluster"),
        }
    }
}

impl Summary {
    /// Runs one part, remembers how it went and how long it took. Only Ctrl-C stops the run.
    fn part(&mut self, name: &'static str, work: impl FnOnce() -> Result<Line>) -> Result<()> {
        run::announce(name);
        let started = Instant::now();
        let line = work().unwrap_or_else(|error| {
            run::note(&format!("{} {error:#}", run::paint("31;1", "failed:")));
            Line::broken(format!("{error:#}"))
        });
        if interrupt::happened() {
            bail!("interrupted");
        }
        self.add(name, started.elapsed(), line);
        Ok(())
    }
}
