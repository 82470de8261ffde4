//! Measures a built `tallyport` from outside and prints the figures beside what they are measured
//! against. `cargo xtask bench` builds both programs and starts this one.
//!
//! Owns the load, the probes, the crash loop and the tables. It builds nothing, and it reaches into
//! the database only to make an application before the server starts and to check the books
//! afterwards: a run whose books do not add up is void.
#![allow(clippy::print_stdout, reason = "a terminal program speaks to its terminal")]

mod batches;
mod books;
mod connection;
mod crash;
mod disk;
mod door;
mod goal;
mod ground;
mod half_load;
mod hot;
mod keys;
mod load;
mod money;
mod openssl;
mod pages;
mod paying;
mod peers;
mod plan;
mod postgres;
mod raw;
mod report;
mod requests;
mod scale;
mod seed;
mod server;
mod signatures;
mod single;
mod spread;
mod start;
mod throughput;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};
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
    /// Only a part of it.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Only on this database.
    #[arg(long, value_enum)]
    database: Option<Database>,
    /// How many stored payments are many.
    #[arg(long, value_name = "PAYMENTS")]
    scale: Option<u64>,
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

/// What can be measured by itself.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// How long pages take.
    Pages,
    /// How fast callers are told from strangers: tokens, introspection, signatures and the smallest call.
    Door,
    /// Payments: their rate, their times, and both beside what they are measured against.
    Payments,
    /// What a batch of the write lane costs, by its size.
    Batches,
    /// How long a payment of one client alone takes.
    Single,
    /// The same load with few payments stored and with many.
    Stored,
}

/// A database to measure on.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
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
    let plan = Plan { stored: arguments.scale.unwrap_or(plan.stored), ..plan };
    let Some(part) = arguments.only else { return everything(arguments, &plan).await };
    let mut report = Report::of_machine(None);
    match part {
        Part::Door => measure_door(arguments, &plan, &mut report).await?,
        Part::Payments => pay(arguments, &grounds(arguments)?, &plan, &mut report).await?,
        Part::Pages | Part::Batches | Part::Single | Part::Stored => {
            for ground in grounds(arguments)? {
                alone(part, &ground, &plan, &mut report).await.context(ground.name)?;
            }
        }
    }
    Ok(report)
}

async fn everything(arguments: &Arguments, plan: &Plan) -> Result<Report> {
    let mut report = Report::of_machine(arguments.landing_bytes);
    measure_door(arguments, plan, &mut report).await?;
    report.start = Some(start::measure(&arguments.server, &arguments.folder.join("start"), plan).await?);
    let grounds = grounds(arguments)?;
    pay(arguments, &grounds, plan, &mut report).await?;
    for ground in &grounds {
        let kills = if ground.is_postgres() { plan.kills_postgres } else { plan.kills_sqlite };
        report.crashed(crash::measure(ground, kills, plan, None).await.context("kill -9")?);
        report.visited(pages::measure(ground, plan).await.context("pages")?);
    }
    Ok(report)
}

/// What is measured on a new database, without anything before it.
async fn alone(part: Part, ground: &Ground, plan: &Plan, report: &mut Report) -> Result<()> {
    match part {
        Part::Pages => report.visited(pages::measure(ground, plan).await?),
        Part::Batches => report.batched(ground.name, batches::measure(ground, plan).await?),
        Part::Single => report.paid_alone(ground.name, money::measure_single(ground, plan).await?),
        _ => report.stored(ground.name, scale::measure(ground, plan).await?),
    }
    Ok(())
}

/// New databases of each kind: SQLite, and PostgreSQL where there is one.
fn grounds(arguments: &Arguments) -> Result<Vec<Ground>> {
    let mut grounds = Vec::new();
    if arguments.database != Some(Database::Postgres) {
        grounds.push(Ground::sqlite(&arguments.server, &arguments.folder.join("sqlite"))?);
    }
    if let Some(url) = arguments.postgres.as_ref().filter(|_| arguments.database != Some(Database::Sqlite)) {
        let url = postgres::create_database(url, "measured")?;
        grounds.push(Ground::postgres(&arguments.server, &arguments.folder.join("postgres"), &url)?);
    }
    Ok(grounds)
}

/// Payments on each database, by turns with the peers of its kind.
async fn pay(arguments: &Arguments, grounds: &[Ground], plan: &Plan, report: &mut Report) -> Result<()> {
    let kit = arguments.kit();
    for ground in grounds {
        let mut peers = match &kit {
            Some(kit) => Peer::beside(ground, kit, &arguments.folder.join("peers")).await?,
            None => Vec::new(),
        };
        report.paid(money::measure(ground, plan, &mut peers).await.context(ground.name)?);
    }
    Ok(())
}

async fn measure_door(arguments: &Arguments, plan: &Plan, report: &mut Report) -> Result<()> {
    let ground = Ground::sqlite(&arguments.server, &arguments.folder.join("door"))?;
    let issuer = match &arguments.kit() {
        Some(kit) => Some(Issuer::start(kit).await?),
        None => None,
    };
    report.door = Some(door::measure(&ground, plan, issuer).await.context("front door")?);
    let ground = Ground::sqlite(&arguments.server, &arguments.folder.join("signatures"))?;
    report.signatures = Some(signatures::measure(&ground, plan).await.context("signatures")?);
    Ok(())
}
