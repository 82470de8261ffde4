//! A peer that speaks HTTP: a process of its own, under the very load that our server gets.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Result, bail};
use tallyport_service::ports::{SystemRandomness, random_bytes};
use zeroize::Zeroizing;

use super::Kit;
use super::process::Process;
use crate::load::{self, Mark};
use crate::plan::Plan;
use crate::postgres::{create_database, psql};
use crate::requests::{Payer, Requests};
use crate::server::free_address;

const API_KEY: &str = "ak_peer";
/// Requests of the first load, which tells how many make a run of the planned length.
const FIRST_PAYMENTS: usize = 1_000;
const MADE: u16 = 201;
/// What a payment of the load moves, in minor units.
const AMOUNT_MINOR: i64 = 1_000;
/// Payments, entries, what the seller has, and the sum of all entries.
const BOOKS: &str = include_str!("../../peers/books.sql");

/// A running peer. Dropped, it is ended.
pub(crate) struct HttpPeer {
    pub(super) name: &'static str,
    process: Process,
    api_secret: Zeroizing<String>,
    books: Books,
    acknowledged: i64,
    payments_per_run: Option<usize>,
}

/// Where its payments can be counted.
enum Books {
    Postgres { url: String },
    Sqlite { python: std::path::PathBuf, file: std::path::PathBuf },
}

impl HttpPeer {
    pub(super) async fn express(kit: &Kit) -> Result<Self> {
        let url = create_database(&kit.postgres, "peer_express")?;
        let mut command = Command::new("node");
        command.arg(kit.sources.join("express").join("server.mjs")).env("NODE_ENV", "production");
        command.env("PEER_DATABASE", &url);
        Self::start("Express + PostgreSQL", command, Books::Postgres { url }).await
    }

    pub(super) async fn fastapi(kit: &Kit, folder: &Path) -> Result<Self> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder)?;
        let file = folder.join("fastapi.db");
        let mut command = Command::new(&kit.python);
        command.args(["-m", "uvicorn", "app:app", "--loop", "uvloop", "--http", "httptools", "--no-access-log"]);
        command.args(["--log-level", "error", "--port"]).env("PEER_DATABASE", &file);
        command.current_dir(kit.sources.join("fastapi")).env("PYTHONDONTWRITEBYTECODE", "1");
        Self::start("FastAPI + SQLite", command, Books::Sqlite { python: kit.python.clone(), file }).await
    }

    async fn start(name: &'static str, mut command: Command, books: Books) -> Result<Self> {
        let address = free_address()?;
        let secret: [u8; 16] = random_bytes(&SystemRandomness);
        let api_secret = Zeroizing::new(secret.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        if matches!(books, Books::Sqlite { .. }) {
            command.arg(address.port().to_string());
        }
        command.env("PEER_API_KEY", API_KEY).env("PEER_API_SECRET", api_secret.as_str());
        let process = Process::start(address, &mut command).await?;
        Ok(Self { name, process, api_secret, books, acknowledged: 0, payments_per_run: None })
    }

    pub(super) async fn run(&mut self, name: &str, plan: &Plan) -> Result<u64> {
        let count = match self.payments_per_run {
            Some(count) => count,
            None => {
                let rate = self.load(&format!("{name}-first"), FIRST_PAYMENTS, plan).await?;
                let count = usize::try_from(rate * u64::try_from(plan.run_for.as_millis())? / 1000)?;
                *self.payments_per_run.insert(count)
            }
        };
        self.load(name, count, plan).await
    }

    async fn load(&mut self, name: &str, count: usize, plan: &Plan) -> Result<u64> {
        let payer = Payer { api_key: API_KEY, api_secret: &self.api_secret, token: "of-no-peer" };
        let requests = Requests::payments(count, name, &self.process.address.to_string(), &[payer])?;
        let nobody_waits = Arc::new(Mark::at(usize::MAX));
        let done = load::run(self.process.address, Arc::new(requests), plan.connections, MADE, nobody_waits).await?;
        let rate = done.rate(count)?;
        self.acknowledged += i64::try_from(count)?;
        self.check()?;
        Ok(rate)
    }

    /// A run counts only if the peer did what it said.
    fn check(&self) -> Result<()> {
        let counted = match &self.books {
            Books::Postgres { url } => psql(url, BOOKS)?.replace('|', " "),
            Books::Sqlite { python, file } => {
                let program =
                    "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())";
                let output = Command::new(python).args(["-c", program]).arg(file).arg(BOOKS).output()?;
                String::from_utf8_lossy(&output.stdout).into_owned()
            }
        };
        let wanted =
            format!("{0} {1} {2} 0", self.acknowledged, self.acknowledged * 2, self.acknowledged * AMOUNT_MINOR);
        if counted.trim() != wanted {
            bail!("its books are {} instead of {wanted}", counted.trim());
        }
        Ok(())
    }
}
