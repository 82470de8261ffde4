//! PostgreSQL without anybody's HTTP: `pgbench` calls one function that makes a payment.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Kit;
use crate::plan::Plan;

/// The prepared database and what is run on it.
pub(crate) struct PgBench {
    url: String,
    script: PathBuf,
}

impl PgBench {
    pub(super) fn prepare(kit: &Kit) -> Result<Self> {
        let url = create_database(kit, "pgbench")?;
        for file in [kit.sources.join("schema.sql"), kit.sources.join("pgbench").join("function.sql")] {
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            psql(&url, &text)?;
        }
        Ok(Self { url, script: kit.sources.join("pgbench").join("script.sql") })
    }

    pub(super) fn run(&self, plan: &Plan) -> Result<u64> {
        let mut command = Command::new("pgbench");
        command.args(["--no-vacuum", "--protocol=prepared", "--client", &plan.connections.to_string()]);
        command.args(["--jobs", "2", "--time", &plan.run_for.as_secs().to_string(), "--file"]).arg(&self.script);
        let output = command.envs(environment(&self.url)?).output().context("cannot run pgbench")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let rate = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split('.').next()?.parse().ok());
        match rate {
            Some(rate) if output.status.success() => Ok(rate),
            _ => bail!("pgbench said {text} {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

/// Makes an empty database and returns where it is.
pub(super) fn create_database(kit: &Kit, name: &str) -> Result<String> {
    psql(&kit.postgres, &format!("CREATE DATABASE peer_{name}"))?;
    let (server, _) = kit.postgres.rsplit_once('/').context("the URL of PostgreSQL names no database")?;
    Ok(format!("{server}/peer_{name}"))
}

pub(super) fn psql(url: &str, sql: &str) -> Result<String> {
    let mut command = Command::new("psql");
    command.args(["--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1", "--command", sql]);
    let output = command.envs(environment(url)?).output().context("cannot run psql")?;
    if !output.status.success() {
        bail!("psql: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A URL as PostgreSQL's programs take it from their environment: it holds a password, and anyone may
/// read a command line.
fn environment(url: &str) -> Result<[(&'static str, &str); 5]> {
    let parts = || {
        let (account, place) = url.strip_prefix("postgres://")?.split_once('@')?;
        let (user, password) = account.split_once(':').unwrap_or((account, ""));
        let (host, database) = place.split_once('/')?;
        let (host, port) = host.split_once(':').unwrap_or((host, "5432"));
        Some([("PGUSER", user), ("PGPASSWORD", password), ("PGHOST", host), ("PGPORT", port), ("PGDATABASE", database)])
    };
    parts().context("the URL of PostgreSQL has another form than `postgres://user:password@host:port/database`")
}
