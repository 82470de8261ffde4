//! Payments per second, beside the empty handler of the same server, the disk, the raw storage loop and the
//! peers, in interleaved runs. After each run the books are checked.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::connection::OK;
use crate::disk;
use crate::goal::Goal;
use crate::ground::Ground;
use crate::load::{self, Done, Mark};
use crate::paying::{Pace, Paying};
use crate::peers::Peer;
use crate::plan::Plan;
use crate::raw::Raw;
use crate::requests::Requests;
use crate::seed;
use crate::server::Server;
use crate::spread::{Spread, grouped};

/// Requests of the first load, which tells how many make a run of the planned length.
const FIRST_HEALTHZ: usize = 10_000;

/// The figures of one database.
#[derive(Serialize)]
pub(crate) struct Throughput {
    pub(crate) database: &'static str,
    pub(crate) connections: usize,
    pub(crate) payments_per_second: Spread,
    pub(crate) payment_p50_us: Spread,
    pub(crate) payment_p99_us: Spread,
    pub(crate) healthz_per_second: Spread,
    pub(crate) fdatasync_per_second: Spread,
    pub(crate) fdatasync_p50_us: Spread,
    pub(crate) to_healthz_thousandths: Spread,
    pub(crate) to_fdatasync_thousandths: Spread,
    pub(crate) raw: OfRaw,
    /// Payments that were acknowledged, and found in the books.
    pub(crate) payments_checked: usize,
    pub(crate) peers: Vec<Compared>,
}

/// The raw storage loop that ran by turns with the server, in batches as large as the server's.
#[derive(Serialize)]
pub(crate) struct OfRaw {
    pub(crate) batch_commands: Spread,
    /// Writing and committing alone.
    pub(crate) written_per_second: Spread,
    pub(crate) to_written_thousandths: Spread,
    /// With loading and the rules: all that the lane does.
    pub(crate) lane_per_second: Spread,
    pub(crate) to_lane_thousandths: Spread,
}

/// A peer that ran by turns with ours.
#[derive(Serialize)]
pub(crate) struct Compared {
    pub(crate) name: &'static str,
    #[serde(skip)]
    pub(crate) goal: Goal,
    pub(crate) payments_per_second: Spread,
    /// Ours to theirs.
    pub(crate) ratio_thousandths: Spread,
}

/// Measures one database, by turns with the raw storage loop and the peers.
pub(crate) async fn measure(ground: &Ground, plan: &Plan, peers: &mut [Peer]) -> Result<Throughput> {
    let mut raw = Raw::start(ground.beside("raw")?).await.context("raw storage loop")?;
    let mut paying = Paying::start(ground, plan, seed::partners(ground, "throughput", 1).await?).await?;
    let payments = paying.per_run(plan.connections).await?;
    let first = healthz(&paying.server, plan, FIRST_HEALTHZ).await?.rate(FIRST_HEALTHZ)?;
    let empty_requests = plan.count_at(first)? / 2;

    let mut columns: [Vec<u64>; 6] = Default::default();
    let mut of_raw: [Vec<u64>; 3] = Default::default();
    let mut of_peers = vec![Vec::new(); peers.len()];
    for run in 0..plan.runs {
        let before = paying.server.batches().await?;
        let pace = Pace::Closed { connections: plan.connections };
        let made = paying.pay(&format!("run{run}"), payments, 0..1, pace).await?;
        let batch = paying.server.batches().await?.average_since(before);
        let empty = healthz(&paying.server, plan, empty_requests).await?;
        let syncs = disk::probe(&ground.disk, plan.probe_for)?;
        let figures = [
            made.rate(payments)?,
            made.quantile_us(500),
            made.quantile_us(990),
            empty.rate(empty_requests)?,
            syncs.per_second,
            syncs.p50_us,
        ];
        println!(
            "    {}: run {} of {}: {} payments/s, p99 {} µs; {} healthz/s; {} fdatasync/s; the books add up",
            ground.name,
            run + 1,
            plan.runs,
            grouped(figures[0]),
            grouped(figures[2]),
            grouped(figures[3]),
            grouped(figures[4])
        );
        for (column, figure) in columns.iter_mut().zip(figures) {
            column.push(figure);
        }
        let written = raw.run(usize::try_from(batch)?, plan.run_for).await.context("raw storage loop")?;
        println!(
            "        raw storage loop, batches of {batch}: {} payments/s written, {} with loading and rules",
            grouped(written.written_per_second),
            grouped(written.lane_per_second)
        );
        let figures = [batch, written.written_per_second, written.lane_per_second];
        for (column, figure) in of_raw.iter_mut().zip(figures) {
            column.push(figure);
        }
        for (peer, column) in peers.iter_mut().zip(&mut of_peers) {
            let rate = peer.run(&format!("run{run}"), plan).await?;
            println!("        {}: {} payments/s", peer.name(), grouped(rate));
            column.push(rate);
        }
    }
    let payments_checked = paying.stop()?;
    let [payments, p50, p99, healthz, syncs, sync_p50] = columns;
    let [batch, written, lane] = of_raw;
    let compared = peers.iter().zip(of_peers).map(|(peer, theirs)| Compared {
        name: peer.name(),
        goal: peer.goal(),
        ratio_thousandths: Spread::ratio(&payments, &theirs),
        payments_per_second: Spread::of(theirs),
    });
    Ok(Throughput {
        database: ground.name,
        peers: compared.collect(),
        connections: plan.connections,
        to_healthz_thousandths: Spread::ratio(&payments, &healthz),
        to_fdatasync_thousandths: Spread::ratio(&payments, &syncs),
        raw: OfRaw {
            batch_commands: Spread::of(batch),
            to_written_thousandths: Spread::ratio(&payments, &written),
            written_per_second: Spread::of(written),
            to_lane_thousandths: Spread::ratio(&payments, &lane),
            lane_per_second: Spread::of(lane),
        },
        payments_per_second: Spread::of(payments),
        payment_p50_us: Spread::of(p50),
        payment_p99_us: Spread::of(p99),
        healthz_per_second: Spread::of(healthz),
        fdatasync_per_second: Spread::of(syncs),
        fdatasync_p50_us: Spread::of(sync_p50),
        payments_checked,
    })
}

async fn healthz(server: &Server, plan: &Plan, count: usize) -> Result<Done> {
    let requests = Arc::new(Requests::healthz(count, server));
    let nobody_waits = Arc::new(Mark::at(usize::MAX));
    load::run(server.address, requests, plan.connections, OK, nobody_waits).await
}
