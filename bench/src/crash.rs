//! `kill -9` under load, again and again on the same database: every payment that was acknowledged is
//! there once, and the books add up.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tallyport_sdk::Client;

use crate::books;
use crate::ground::Ground;
use crate::load::{self, Mark};
use crate::plan::Plan;
use crate::requests;
use crate::seed::{self, Partner};
use crate::server::Server;
use crate::spread::{Spread, grouped, micros};

/// More than are sent before the server is killed.
const REQUESTS: usize = 6_000;
const MADE: u16 = 201;

/// What the crashes left.
#[derive(Serialize)]
pub(crate) struct Crashes {
    pub(crate) database: &'static str,
    pub(crate) kills: usize,
    /// Payments that were acknowledged before one of the kills: all of them were found once.
    pub(crate) acknowledged: usize,
    /// Payments that are stored, those included whose acknowledgement was lost.
    pub(crate) stored: usize,
    /// Those whose channel call was cut off and is taken up again later.
    pub(crate) processing: usize,
    /// From the start after a kill to the first 200.
    pub(crate) restart_us: Spread,
}

/// Kills and restarts the server so many times.
pub(crate) async fn measure(ground: &Ground, kills: usize, plan: &Plan) -> Result<Crashes> {
    let partner = seed::partner(ground, "crash").await?;
    let mut acknowledged = Vec::new();
    let mut restarts = Vec::with_capacity(kills);
    let mut server = Server::start(ground)?;
    let mut checked = None;
    for kill in 0..kills {
        // Each time at another moment of the lane's work.
        let mark = Arc::new(Mark::at(plan.killed_after + kill * 97));
        let before = acknowledged.len();
        acknowledged.extend(killed_under_load(server, &partner, &format!("kill{kill}"), mark, plan).await?);
        server = Server::start(ground).context("after a kill")?;
        restarts.push(micros(server.started_in));
        let found = books::check(ground, &partner, &acknowledged).await?;
        repeat_one(&server, &partner, &acknowledged[acknowledged.len() - 1]).await?;
        println!(
            "    {}: kill {} of {kills}: {} acknowledged before it, all of them there once; {} stored in all; \
             back after {} ms; the books add up",
            ground.name,
            kill + 1,
            acknowledged.len() - before,
            grouped(found.stored as u64),
            server.started_in.as_millis()
        );
        checked = Some(found);
    }
    server.stop()?;
    let checked = checked.context("at least one kill")?;
    Ok(Crashes {
        database: ground.name,
        kills,
        acknowledged: acknowledged.len(),
        stored: checked.stored,
        processing: checked.processing,
        restart_us: Spread::of(restarts),
    })
}

/// Loads the server, kills it at the mark, and returns the orders whose 201 was read to its end.
async fn killed_under_load(
    server: Server,
    partner: &Partner,
    name: &str,
    mark: Arc<Mark>,
    plan: &Plan,
) -> Result<Vec<String>> {
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
