//! Measures a built `tallyport` from outside and prints the figures beside what they are measured
//! against. `cargo xtask bench` builds both programs and starts this one.
//!
//! Owns the load, the probes, the crash loop and the tables. It builds nothing, and it reaches into
//! the database only to make an application before the server starts and to check the books
//! afterwards: a run whose books do not add up is void.
#![allow(clippy::print_stdout, reason = "a terminal program speaks to its terminal")]

mod books;
mod connection;
mod crash;
mod disk;
mod door;
mod ground;
mod load;
mod pages;
mod peers;
mod plan;
mod report;
mod requests;
mod seed;
mod server;
mod spread;
mod start;
mod throughput;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use crate::ground::Ground;
use crate::peers::{Issuer, Kit, Peer};
use crate::plan::Plan;
use crate::report::Report;

/// Measures a built tallyport.
#[derive(Parser)]
#[command(name = "tallyport-bench")]
struct Arguments {
    /// The program to measure.
    #[arg(long)]
    server: PathBuf,
    /// Folder for databases, on the disk to measure; what is in it is removed.
    #[arg(long)]
    folder: PathBuf,
    /// Shorter runs.
    #[arg(long)]
    quick: bool,
    /// Where to write the raw figures.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Only how long pages take.
    #[arg(long)]
    only_pages: bool,
    /// Only how fast callers are told from strangers: tokens, introspection and the smallest call.
    #[arg(long, conflicts_with = "only_pages")]
    only_door: bool,
    /// Brotli bytes of the landing page's JavaScript and wasm, which the build knows.
    #[arg(long)]
    landing_bytes: Option<u64>,
    /// An empty PostgreSQL database; without it, only SQLite is measured.
    #[arg(long, env = "BENCH_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
    /// Folder with the sources of what is measured against; without it, only our own server is measured.
    #[arg(long, requires = "python")]
    peers: Option<PathBuf>,
    /// Measure nothing, but kill the server under load so many times and check what is left.
    #[arg(long, value_name = "CYCLES")]
    crash: Option<usize>,
    /// Where PostgreSQL writes its process id; every other cycle then stops it at once instead of the server.
    #[arg(long, requires = "postgres")]
    postgres_pid: Option<PathBuf>,
    /// A Python with the peers' packages.
    #[arg(long)]
    python: Option<PathBuf>,
}

impl Arguments {
    fn kit(&self) -> Option<Kit> {
        let (sources, python, postgres) = (self.peers.clone()?, self.python.clone()?, self.postgres.clone()?);
        Some(Kit { sources, python, postgres })
    }
}

// One thread: the machine's other cores belong to the server that is measured.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut terminated = signal(SignalKind::terminate())?;
    // Whichever comes first: dropping the measurement kills the server that it started.
    let report = tokio::select! {
        report = run(&arguments) => report?,
        _ = terminated.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    };
    print!("{report}");
    if let Some(path) = &arguments.json {
        std::fs::write(path, serde_json::to_string_pretty(&report)?).with_context(|| path.display().to_string())?;
        println!("raw figures: {}", path.display());
    }
    Ok(())
}

async fn run(arguments: &Arguments) -> Result<Report> {
    match arguments.crash {
        Some(cycles) => crash(arguments, cycles).await,
        None => measure(arguments).await,
    }
}

/// Kills on PostgreSQL when one is named, else on SQLite.
async fn crash(arguments: &Arguments, cycles: usize) -> Result<Report> {
    let ground = match &arguments.postgres {
        Some(url) => Ground::postgres(&arguments.server, &arguments.folder.join("postgres"), url)?,
        None => Ground::sqlite(&arguments.server, &arguments.folder.join("sqlite"))?,
    };
    let mut report = Report::of_machine(None);
    report.crashed(crash::measure(&ground, cycles, &Plan::QUICK, arguments.postgres_pid.as_deref()).await?);
    Ok(report)
}

async fn measure(arguments: &Arguments) -> Result<Report> {
    let plan = if arguments.quick { Plan::QUICK } else { Plan::LONG };
    if arguments.only_pages {
        return visit_pages(arguments, &plan).await;
    }
    let door = stand_at_the_door(arguments, &plan).await?;
    if arguments.only_door {
        let mut report = Report::of_machine(None);
        report.door = Some(door);
        return Ok(report);
    }
    let sqlite = Ground::sqlite(&arguments.server, &arguments.folder.join("sqlite"))?;
    let mut report = Report::of_machine(arguments.landing_bytes);
    report.door = Some(door);
    report.start = Some(start::measure(&arguments.server, &arguments.folder.join("start"), &plan).await?);
    let kit = arguments.kit();
    let mut peers = match &kit {
        Some(kit) => Peer::beside_sqlite(kit, &arguments.folder.join("peers")).await?,
        None => Vec::new(),
    };
    report.measured(throughput::measure(&sqlite, &plan, &mut peers).await.context("SQLite")?);
    drop(peers);
    if let Some(url) = &arguments.postgres {
        let postgres = Ground::postgres(&arguments.server, &arguments.folder.join("postgres"), url)?;
        let mut peers = kit.as_ref().map(Peer::beside_postgres).transpose()?.unwrap_or_default();
        report.measured(throughput::measure(&postgres, &plan, &mut peers).await.context("PostgreSQL")?);
        report
            .crashed(crash::measure(&postgres, plan.kills_postgres, &plan, None).await.context("kill -9, PostgreSQL")?);
        report.visited(pages::measure(&postgres, &plan).await.context("pages, PostgreSQL")?);
    }
    report.crashed(crash::measure(&sqlite, plan.kills_sqlite, &plan, None).await.context("kill -9, SQLite")?);
    report.visited(pages::measure(&sqlite, &plan).await.context("pages, SQLite")?);
    Ok(report)
}

async fn stand_at_the_door(arguments: &Arguments, plan: &Plan) -> Result<door::Door> {
    let ground = Ground::sqlite(&arguments.server, &arguments.folder.join("door"))?;
    let issuer = match &arguments.kit() {
        Some(kit) => Some(Issuer::start(kit).await?),
        None => None,
    };
    door::measure(&ground, plan, issuer).await.context("front door")
}

/// Without the load that comes before the pages otherwise.
async fn visit_pages(arguments: &Arguments, plan: &Plan) -> Result<Report> {
    let mut report = Report::of_machine(None);
    let sqlite = Ground::sqlite(&arguments.server, &arguments.folder.join("sqlite"))?;
    report.visited(pages::measure(&sqlite, plan).await.context("pages, SQLite")?);
    if let Some(url) = &arguments.postgres {
        let postgres = Ground::postgres(&arguments.server, &arguments.folder.join("postgres"), url)?;
        report.visited(pages::measure(&postgres, plan).await.context("pages, PostgreSQL")?);
    }
    Ok(report)
}
