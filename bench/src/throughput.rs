//! Payments per second, beside the empty handler of the same server and beside the disk, in
//! interleaved runs. After each run the books are checked.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::ground::Ground;
use crate::load::{self, Done, Mark};
use crate::peers::Peer;
use crate::plan::Plan;
use crate::requests::{self, Requests};
use crate::seed::{self, Partner};
use crate::server::Server;
use crate::spread::{Spread, grouped};
use crate::{books, disk};

/// Requests of the first load, which tells how many make a run of the planned length.
const FIRST_PAYMENTS: usize = 3_000;
const FIRST_HEALTHZ: usize = 10_000;
/// The most that is signed for one run: signatures are good for five minutes only.
const PAYMENTS_MAX: u64 = 300_000;

const MADE: u16 = 201;
const OK: u16 = 200;

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
    /// Payments that were acknowledged, and found in the books.
    pub(crate) payments_checked: usize,
    pub(crate) peers: Vec<Compared>,
}

/// A peer that ran by turns with ours.
#[derive(Serialize)]
pub(crate) struct Compared {
    pub(crate) name: &'static str,
    pub(crate) payments_per_second: Spread,
    /// Ours to theirs.
    pub(crate) ratio_thousandths: Spread,
}

/// One measured server with all that its runs share.
struct Bench<'a> {
    ground: &'a Ground,
    plan: &'a Plan,
    partner: Partner,
    server: Server,
    /// Orders that were acknowledged so far.
    acknowledged: Vec<String>,
}

/// Measures one database, by turns with the peers.
pub(crate) async fn measure(ground: &Ground, plan: &Plan, peers: &mut [Peer]) -> Result<Throughput> {
    let partner = seed::partner(ground, "throughput").await?;
    let mut bench = Bench { ground, plan, server: Server::start(ground)?, partner, acknowledged: Vec::new() };
    let per_run = |rate: u64| rate * u64::try_from(plan.run_for.as_millis()).unwrap_or(1) / 1000;

    let first = bench.payments("first", FIRST_PAYMENTS).await?.rate(FIRST_PAYMENTS)?;
    let payments = usize::try_from(per_run(first).min(PAYMENTS_MAX))?;
    let first = bench.healthz(FIRST_HEALTHZ).await?.rate(FIRST_HEALTHZ)?;
    let healthz = usize::try_from(per_run(first))? / 2;

    let mut columns: [Vec<u64>; 6] = Default::default();
    let mut of_peers = vec![Vec::new(); peers.len()];
    for run in 0..plan.runs {
        let made = bench.payments(&format!("run{run}"), payments).await?;
        let empty = bench.healthz(healthz).await?;
        let syncs = disk::probe(&ground.disk, plan.probe_for)?;
        let figures = [
            made.rate(payments)?,
            made.quantile_us(500),
            made.quantile_us(990),
            empty.rate(healthz)?,
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
        for (peer, column) in peers.iter_mut().zip(&mut of_peers) {
            let rate = peer.run(&format!("run{run}"), plan).await?;
            println!("        {}: {} payments/s", peer.name(), grouped(rate));
            column.push(rate);
        }
    }
    bench.server.stop().context("at the end of the measurement")?;
    let [payments, p50, p99, healthz, syncs, sync_p50] = columns;
    let compared = peers.iter().zip(of_peers).map(|(peer, theirs)| Compared {
        name: peer.name(),
        ratio_thousandths: Spread::ratio(&payments, &theirs),
        payments_per_second: Spread::of(theirs),
    });
    Ok(Throughput {
        database: ground.name,
        peers: compared.collect(),
        connections: plan.connections,
        to_healthz_thousandths: Spread::ratio(&payments, &healthz),
        to_fdatasync_thousandths: Spread::ratio(&payments, &syncs),
        payments_per_second: Spread::of(payments),
        payment_p50_us: Spread::of(p50),
        payment_p99_us: Spread::of(p99),
        healthz_per_second: Spread::of(healthz),
        fdatasync_per_second: Spread::of(syncs),
        fdatasync_p50_us: Spread::of(sync_p50),
        payments_checked: bench.acknowledged.len(),
    })
}

impl Bench<'_> {
    /// One run of payments, whose books were checked.
    async fn payments(&mut self, name: &str, count: usize) -> Result<Done> {
        let token = requests::token(&self.server, &self.partner).await?;
        let requests = Arc::new(self.partner.payments(count, name, &self.server, &token)?);
        let done = self.run(&requests, MADE).await?;
        done.rate(count)?;
        self.acknowledged.extend(done.acknowledged.iter().map(|index| requests.order_id(*index)));
        let checked = books::check(self.ground, &self.partner, &self.acknowledged).await?;
        if checked.stored != self.acknowledged.len() {
            bail!("{} payments were acknowledged and {} are stored", self.acknowledged.len(), checked.stored);
        }
        Ok(done)
    }

    async fn healthz(&self, count: usize) -> Result<Done> {
        self.run(&Arc::new(Requests::healthz(count, &self.server)), OK).await
    }

    async fn run(&self, requests: &Arc<Requests>, expected: u16) -> Result<Done> {
        let nobody_waits = Arc::new(Mark::at(usize::MAX));
        load::run(self.server.address, Arc::clone(requests), self.plan.connections, expected, nobody_waits).await
    }
}
