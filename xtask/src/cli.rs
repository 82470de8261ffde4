//! The commands of `cargo xtask` and where each one leads. No work happens here.

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Builds, serves and tests Tallyport.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make this machine ready: wasm target, Node, and what the tests need.
    Prepare,
    /// Build the portal's assets and the server.
    Build(BuildArgs),
    /// Build, then run the server. Settings of `tallyport serve` go after `--`.
    Serve(ServeArgs),
    /// Watch, rebuild what changed, restart the server and reload the browser.
    Dev(DevArgs),
    /// Fast checks before a commit: formatting, clippy, tidy.
    Check,
    /// Run every test, or one part of them.
    Test(TestArgs),
    /// Check the rules of the house that no compiler knows.
    Tidy,
    /// Run seeded histories on the pure core and check the books after every step.
    Simulate(SimulateArgs),
    /// Kill the server under load, again and again, and check what is left.
    Crash(CrashArgs),
    /// Measure the release build, each figure beside what it is measured against.
    Bench(BenchArgs),
}

#[derive(Args)]
pub(crate) struct BuildArgs {
    /// One self-contained, optimised binary with the assets inside.
    #[arg(long)]
    pub(crate) release: bool,
    /// Build the server with another cargo profile than `dev` or `release`.
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
}

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Serve the optimised, self-contained binary.
    #[arg(long)]
    pub(crate) release: bool,
    /// Settings for `tallyport serve`.
    #[arg(last = true, value_name = "SETTINGS")]
    pub(crate) settings: Vec<String>,
}

#[derive(Args)]
pub(crate) struct DevArgs {
    /// Settings for `tallyport serve`.
    #[arg(last = true, value_name = "SETTINGS")]
    pub(crate) settings: Vec<String>,
}

#[derive(Args)]
pub(crate) struct BenchArgs {
    /// Only a part of it: how long each page takes with many developers and applications; how fast callers are told
    /// from strangers; payments, each figure beside what it is measured against; what a batch of the write lane costs
    /// by its size; one client alone; the same load with few payments stored and with many.
    #[arg(long, value_parser = ["pages", "door", "payments", "batches", "single", "stored"])]
    pub(crate) only: Option<String>,
    /// Only on this database.
    #[arg(long, value_enum)]
    pub(crate) database: Option<Database>,
    /// How many stored payments count as many; a million, or a hundred thousand with --quick.
    #[arg(long, value_name = "PAYMENTS")]
    pub(crate) scale: Option<u64>,
    /// Shorter runs, fewer crashes.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Write the raw figures to target/bench.json as well.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct CrashArgs {
    /// How many times.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) cycles: usize,
    /// On which database.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    pub(crate) database: Database,
}

/// A database to measure or to crash on.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    /// As it is written on a command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

#[derive(Args)]
pub(crate) struct SimulateArgs {
    /// How many histories, from seed 0 upwards.
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub(crate) seeds: u64,
    /// Replay this one only.
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
}

#[derive(Args)]
pub(crate) struct TestArgs {
    /// The part to run; every part, when none is named.
    pub(crate) part: Option<TestPart>,
    /// Keep a picture of every page that the browser tests look at, in `end2end/pictures`.
    #[arg(long)]
    pub(crate) pictures: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestPart {
    /// Rules, wire types and tools: nothing outside the process.
    Unit,
    /// SQL and use cases, on SQLite and on a PostgreSQL cluster of our own.
    Storage,
    /// The server, over HTTP.
    Http,
    /// The portal, in Chromium.
    Browser,
    /// Clients that others wrote, against a running server.
    Clients,
    /// Everything, in the long form of those tests that have one.
    Deep,
}

impl Command {
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Prepare => crate::prepare::everything()?,
            Self::Build(args) => {
                crate::build::everything(&args.into())?;
            }
            Self::Serve(args) => return crate::serve::run(args.release, &args.settings),
            Self::Dev(args) => crate::dev::run(&args.settings)?,
            Self::Check => return crate::test::check(),
            Self::Test(args) => return crate::test::run(&args),
            Self::Tidy => return crate::tidy::run(),
            Self::Simulate(args) => crate::simulate::run(args.seeds, args.seed)?,
            Self::Crash(args) => crate::bench::crash(args.cycles, args.database)?,
            Self::Bench(args) => crate::bench::run(&args)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl From<BuildArgs> for crate::build::Options {
    fn from(args: BuildArgs) -> Self {
        let mode = if args.release { crate::build::Mode::Release } else { crate::build::Mode::Dev };
        Self { mode, server_profile: args.profile }
    }
}
