//! `cargo xtask bench`: builds what is measured and what measures, starts a PostgreSQL that really
//! syncs, and hands over. The figures and their tables are the bench crate's.

mod peers;

use crate::build::{self, Mode, Options};
use crate::cli::{BenchArgs, Database};
use crate::postgres::{Cluster, Durability};
use crate::{places, prepare, run};
use anyhow::Result;
use std::path::PathBuf;

/// The URL reaches the program by its environment, because anyone may read a command line.
const POSTGRES_VARIABLE: &str = "BENCH_POSTGRES_URL";

pub(crate) fn run(args: &BenchArgs) -> Result<()> {
    prepare::postgres::ready()?;
    let server = build::everything(&Options { mode: Mode::Release, server_profile: None })?;
    let bench = run::step("building the measuring program", compile)?;
    let landing_bytes = build::landing_bytes()?;
    let cluster = run::step("starting PostgreSQL, fsync on", || Cluster::start(Durability::Full))?;

    run::announce("measuring");
    let folder = places::target().join("bench");
    let mut measure = run::clean(std::process::Command::new(bench));
    measure.arg("--server").arg(server).arg("--folder").arg(&folder);
    measure.args(["--landing-bytes", &landing_bytes.to_string()]).env(POSTGRES_VARIABLE, cluster.url());
    if let Some(part) = &args.only {
        measure.args(["--only", part]);
    }
    if let Some(database) = args.database {
        measure.args(["--database", database.name()]);
    }
    if let Some(payments) = args.scale {
        measure.args(["--scale", &payments.to_string()]);
    }
    if matches!(args.only.as_deref(), None | Some("door" | "payments")) {
        let (sources, python) = peers::ready()?;
        measure.arg("--peers").arg(sources).arg("--python").arg(python);
    }
    if args.quick {
        measure.arg("--quick");
    }
    if args.json {
        measure.arg("--json").arg(places::target().join("bench.json"));
    }
    let measured = run::command(&mut measure);
    // Databases of millions of rows are of no use to the next run.
    let _ = std::fs::remove_dir_all(folder);
    measured
}

/// Kills the release build under load so many times. On PostgreSQL every other kill is of that.
pub(crate) fn crash(cycles: usize, database: Database) -> Result<()> {
    let server = build::everything(&Options { mode: Mode::Release, server_profile: None })?;
    let bench = run::step("building the measuring program", compile)?;
    let folder = places::target().join("crash");
    let mut crash = run::clean(std::process::Command::new(bench));
    crash.arg("--server").arg(server).arg("--folder").arg(&folder).args(["--crash", &cycles.to_string()]);
    let _cluster = match database {
        Database::Sqlite => None,
        Database::Postgres => {
            prepare::postgres::ready()?;
            let cluster = run::step("starting PostgreSQL, fsync on", || Cluster::start(Durability::Full))?;
            crash.env(POSTGRES_VARIABLE, cluster.url()).arg("--postgres-pid").arg(cluster.pid_file());
            Some(cluster)
        }
    };
    run::announce("crashing");
    let crashed = run::command(&mut crash);
    let _ = std::fs::remove_dir_all(folder);
    crashed
}

fn compile() -> Result<PathBuf> {
    run::command(run::cargo().args(["build", "--release", "--package", "tallyport-bench"]))?;
    Ok(places::target().join("release").join("tallyport-bench"))
}
