//! `kill -9` under load, again and again on the same database: every payment that was acknowledged is
//! there once, and the books are whole.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tallyport_sdk::Client;
use tallyport_service::ports::{SystemRandomness, random_bytes};

use crate::books::{self, Since};
use crate::connection::{Connection, OK};
use crate::ground::Ground;
use crate::load::{self, Mark};
use crate::plan::Plan;
use crate::requests;
use crate::seed::{self, Partner};
use crate::server::Server;
use crate::spread::{Spread, grouped, micros};

/// More than are sent before the kill.
const REQUESTS: usize = 4_000;
/// Acknowledged payments after which something is killed: any number up to this.
const KILLED_AFTER_MAX: u16 = 1_500;
const MADE: u16 = 201;
/// How long PostgreSQL may take to come back after it was stopped at once.
const BACK_WITHIN: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What the crashes left.
#[derive(Serialize)]
pub(crate) struct Crashes {
    pub(crate) database: &'static str,
    pub(crate) kills: usize,
    /// How many of them were of the database, while the server went on.
    pub(crate) database_stops: usize,
    /// Payments that were acknowledged before one of the kills: all of them were found once.
    pub(crate) acknowledged: usize,
    /// Payments that are stored, those included whose acknowledgement was lost.
    pub(crate) stored: usize,
    /// Those whose channel call was cut off and is taken up again later.
    pub(crate) processing: usize,
    /// From the start after a kill to the first 200.
    pub(crate) restart_us: Spread,
}

/// Kills and restarts the server so many times, at any moment of the lane's work. Where PostgreSQL's
/// process is known, every other time that is stopped at once instead, and the server has to go on.
pub(crate) async fn measure(ground: &Ground, kills: usize, plan: &Plan, postgres: Option<&Path>) -> Result<Crashes> {
    let partner = seed::partner(ground, "crash").await?;
    let mut acknowledged = Vec::new();
    let mut restarts = Vec::with_capacity(kills);
    let mut server = Server::start(ground)?;
    let (mut checked, mut database_stops) = (None, 0);
    for kill in 0..kills {
        let before = acknowledged.len();
        let name = format!("kill{kill}");
        if let Some(pid_file) = postgres.filter(|_| kill % 2 == 1) {
            acknowledged.extend(stopped_under_load(ground, &server, &partner, &name, pid_file, plan).await?);
            database_stops += 1;
        } else {
            acknowledged.extend(killed_under_load(server, &partner, &name, plan).await?);
            server = Server::start(ground).context("after a kill")?;
            restarts.push(micros(server.started_in));
        }
        let found = books::check(ground, &[Since::ever(partner.application_id)], &acknowledged).await?;
        if let Some(order_id) = acknowledged.last() {
            repeat_one(&server, &partner, order_id).await?;
        }
        println!(
            "    {}: kill {} of {kills}: {} acknowledged before it, all of them there once; {} stored in all; \
             the books are whole",
            ground.name,
            kill + 1,
            acknowledged.len() - before,
            grouped(found.stored as u64),
        );
        checked = Some(found);
    }
    server.stop()?;
    let checked = checked.context("at least one kill")?;
    Ok(Crashes {
        database: ground.name,
        kills,
        database_stops,
        acknowledged: acknowledged.len(),
        stored: checked.stored,
        processing: checked.processing,
        restart_us: Spread::of(restarts),
    })
}

/// After how many acknowledged payments.
fn somewhen() -> Arc<Mark> {
    let drawn = u16::from_be_bytes(random_bytes(&SystemRandomness));
    Arc::new(Mark::at(usize::from(drawn % KILLED_AFTER_MAX) + 1))
}

/// Loads the server, stops PostgreSQL at once at the mark, waits until it is back, and returns the orders
/// whose 201 was read to its end. Whoever was not acknowledged hears that, and not that it was done.
async fn stopped_under_load(
    ground: &Ground,
    server: &Server,
    partner: &Partner,
    name: &str,
    pid_file: &Path,
    plan: &Plan,
) -> Result<Vec<String>> {
    let token = requests::token(server, partner).await?;
    let requests = Arc::new(partner.payments(REQUESTS, name, server, &token)?);
    let mark = somewhen();
    let load = load::run(server.address, Arc::clone(&requests), plan.connections, MADE, Arc::clone(&mark));
    let stop = async {
        mark.reached().await;
        stop_at_once(pid_file)
    };
    let (done, stopped) = tokio::join!(load, stop);
    stopped?;
    let done = done?;
    match &done.refusal {
        None => bail!("all requests were answered while PostgreSQL was stopped: it was not under load"),
        Some(refusal) if refusal.starts_with("503 ") => {}
        Some(refusal) => bail!("while PostgreSQL was stopped, a payment was answered with {refusal}"),
    }
    let stopped = Instant::now();
    while !is_ready(server.address).await {
        if stopped.elapsed() > BACK_WITHIN {
            bail!("{}: nobody answers {BACK_WITHIN:?} after the stop", ground.name);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(done.acknowledged.iter().map(|index| requests.order_id(*index)).collect())
}

/// What `pg_ctl stop -m immediate` does: no checkpoint, no goodbye.
fn stop_at_once(pid_file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(pid_file).with_context(|| pid_file.display().to_string())?;
    let pid = text.lines().next().context("no process id of PostgreSQL")?;
    let sent = Command::new("kill").args(["-QUIT", pid]).status()?;
    if !sent.success() {
        bail!("PostgreSQL's process {pid} is not there");
    }
    Ok(())
}

/// Whether the server can reach its database again.
async fn is_ready(address: SocketAddr) -> bool {
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\n\r\n");
    let Ok(mut connection) = Connection::open(address).await else { return false };
    connection.ask(request.as_bytes()).await.is_ok_and(|answer| answer.status == OK)
}

/// Loads the server, kills it at the mark, and returns the orders whose 201 was read to its end.
async fn killed_under_load(server: Server, partner: &Partner, name: &str, plan: &Plan) -> Result<Vec<String>> {
    let mark = somewhen();
    let token = requests::token(&server, partner).await?;
    let requests = Arc::new(partner.payments(REQUESTS, name, &server, &token)?);
    let load = load::run(server.address, Arc::clone(&requests), plan.connections, MADE, Arc::clone(&mark));
    let kill = async {
        mark.reached().await;
        server.kill()
    };
    let (done, killed) = tokio::join!(load, kill);
    killed?;
    let done = done?;
    if let Some(refusal) = done.refusal {
        bail!("a payment was refused before the kill: {refusal}");
    }
    if done.broken == 0 {
        bail!("all {} requests were answered before the kill: it was not under load", requests.count());
    }
    Ok(done.acknowledged.iter().map(|index| requests.order_id(*index)).collect())
}

/// A client that lost the answer asks again and gets it, for the same payment.
async fn repeat_one(server: &Server, partner: &Partner, order_id: &str) -> Result<()> {
    let url = format!("http://{}", server.authority());
    let client = Client::new(&url, &partner.api_key, &partner.api_secret)?;
    let payment = requests::payment(order_id);
    let again = client.payments().create(&payment, &order_id.parse()?).await?;
    let found = client.payments().get(again.id.parse()?).await?;
    if again != found || found.order_id != order_id || found.status != "captured" {
        bail!("asked again for order {order_id}, the server answered with {again:?} and stores {found:?}");
    }
    Ok(())
}
