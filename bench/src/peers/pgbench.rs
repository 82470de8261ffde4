//! PostgreSQL without anybody's HTTP: `pgbench` calls one function that makes a payment.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Kit;
use crate::plan::Plan;
use crate::postgres::{create_database, environment, psql};

/// The prepared database and what is run on it.
pub(crate) struct PgBench {
    url: String,
    script: PathBuf,
}

impl PgBench {
    pub(super) fn prepare(kit: &Kit) -> Result<Self> {
        let url = create_database(&kit.postgres, "peer_pgbench")?;
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
