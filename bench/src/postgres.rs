//! Databases on the PostgreSQL that is measured on, made by its own programs.

use std::process::Command;

use anyhow::{Context, Result, bail};

/// Makes an empty database beside the one of this URL, in place of what had its name, and returns where it is.
pub(crate) fn create_database(beside: &str, name: &str) -> Result<String> {
    psql(beside, &format!("DROP DATABASE IF EXISTS {name}"))?;
    psql(beside, &format!("CREATE DATABASE {name}"))?;
    let (server, _) = beside.rsplit_once('/').context("the URL of PostgreSQL names no database")?;
    Ok(format!("{server}/{name}"))
}

/// Runs a text of SQL and returns what it printed.
pub(crate) fn psql(url: &str, sql: &str) -> Result<String> {
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
pub(crate) fn environment(url: &str) -> Result<[(&'static str, &str); 5]> {
    let parts = || {
        let (account, place) = url.strip_prefix("postgres://")?.split_once('@')?;
        let (user, password) = account.split_once(':').unwrap_or((account, ""));
        let (host, database) = place.split_once('/')?;
        let (host, port) = host.split_once(':').unwrap_or((host, "5432"));
        Some([("PGUSER", user), ("PGPASSWORD", password), ("PGHOST", host), ("PGPORT", port), ("PGDATABASE", database)])
    };
    parts().context("the URL of PostgreSQL has another form than `postgres://user:password@host:port/database`")
}
