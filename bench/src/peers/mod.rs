//! What Tallyport is measured against: plain handlers of others' kinds that make the same payments, run
//! by turns with ours. Their sources and what they leave out are in `bench/peers`.

mod http;
mod issuer;
mod pgbench;
mod process;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::goal::Goal;
use crate::ground::Ground;
use crate::plan::Plan;
use http::HttpPeer;
pub(crate) use issuer::Issuer;
use pgbench::PgBench;

/// What the peers take, as `cargo xtask bench` has installed it.
pub(crate) struct Kit {
    /// The folder with the peers' sources.
    pub(crate) sources: PathBuf,
    /// A Python that has their packages.
    pub(crate) python: PathBuf,
    /// A server where databases may be made.
    pub(crate) postgres: String,
}

/// One peer, ready to be measured again and again.
pub(crate) enum Peer {
    Http(HttpPeer),
    PgBench(PgBench),
}

impl Peer {
    /// Whom our own server is held against: on SQLite, Express on PostgreSQL and FastAPI on SQLite; on
    /// PostgreSQL, the function that `pgbench` calls.
    pub(crate) async fn beside(ground: &Ground, kit: &Kit, folder: &Path) -> Result<Vec<Self>> {
        if ground.is_postgres() {
            return Ok(vec![Self::PgBench(PgBench::prepare(kit).context("pgbench")?)]);
        }
        let express = HttpPeer::express(kit).await.context("Express")?;
        let fastapi = HttpPeer::fastapi(kit, folder).await.context("FastAPI")?;
        Ok(vec![Self::Http(express), Self::Http(fastapi)])
    }

    /// As tables name it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Http(peer) => peer.name,
            Self::PgBench(_) => "pgbench calling one SQL function",
        }
    }

    /// What ours to theirs has to be.
    pub(crate) const fn goal(&self) -> Goal {
        match self {
            Self::Http(_) => Goal::at_least(5_000, 8_000),
            Self::PgBench(_) => Goal::at_least(600, 1_000),
        }
    }

    /// One run: payments per second, whose books were counted afterwards.
    pub(crate) async fn run(&mut self, name: &str, plan: &Plan) -> Result<u64> {
        match self {
            Self::Http(peer) => peer.run(name, plan).await.context(peer.name),
            Self::PgBench(peer) => peer.run(plan).context("pgbench"),
        }
    }
}
