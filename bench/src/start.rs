//! How fast the program starts on nothing, and how much memory it holds when nobody asks.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::connection::Connection;
use crate::ground::Ground;
use crate::plan::Plan;
use crate::server::Server;
use crate::spread::{Spread, micros};

/// How long nobody asks before memory is read.
const QUIET: Duration = Duration::from_secs(1);
/// Idle connections, as many as a process may open without raising its limits.
const IDLE_CONNECTIONS: usize = 500;

/// Start and memory.
#[derive(Serialize)]
pub(crate) struct Start {
    /// On an empty database: schema, keys and all.
    pub(crate) first_200_us: Spread,
    pub(crate) idle_kib: Spread,
    pub(crate) idle_connections: usize,
    pub(crate) per_idle_connection_bytes: u64,
}

/// Starts the program on new databases.
pub(crate) async fn measure(server: &Path, folder: &Path, plan: &Plan) -> Result<Start> {
    let (mut starts, mut idle) = (Vec::new(), Vec::new());
    let mut per_connection = 0;
    for run in 0..plan.runs {
        let ground = Ground::sqlite(server, folder)?;
        let server = Server::start(&ground)?;
        starts.push(micros(server.started_in));
        tokio::time::sleep(QUIET).await;
        let kib = server.resident_kib()?;
        idle.push(kib);
        if run + 1 == plan.runs {
            per_connection = per_idle_connection(&server, kib).await?;
        }
        server.stop()?;
    }
    Ok(Start {
        first_200_us: Spread::of(starts),
        idle_kib: Spread::of(idle),
        idle_connections: IDLE_CONNECTIONS,
        per_idle_connection_bytes: per_connection,
    })
}

/// Connections that have asked once and then stay.
async fn per_idle_connection(server: &Server, before_kib: u64) -> Result<u64> {
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", server.authority());
    let mut open = Vec::with_capacity(IDLE_CONNECTIONS);
    for _ in 0..IDLE_CONNECTIONS {
        let mut connection = Connection::open(server.address).await?;
        connection.ask(request.as_bytes()).await?;
        open.push(connection);
    }
    let grown_kib = server.resident_kib()?.saturating_sub(before_kib);
    drop(open);
    Ok(grown_kib * 1024 / IDLE_CONNECTIONS as u64)
}
