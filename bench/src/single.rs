//! One client alone: how long a payment takes beside the one write to disk that it cannot do without, and beside an
//! empty handler, which shows how much of it is the way there and back.

use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

use crate::connection::OK;
use crate::disk;
use crate::ground::Ground;
use crate::load::{self, Mark};
use crate::paying::{Pace, Paying};
use crate::plan::Plan;
use crate::requests::Requests;
use crate::spread::{Spread, grouped};

/// The figures of one client.
#[derive(Serialize)]
pub(crate) struct Single {
    pub(crate) payment_p50_us: Spread,
    pub(crate) fdatasync_p50_us: Spread,
    pub(crate) healthz_p50_us: Spread,
    pub(crate) to_fdatasync_thousandths: Spread,
}

/// Lets one connection pay, by turns with the disk's probe.
pub(crate) async fn measure(paying: &mut Paying<'_>, ground: &Ground, plan: &Plan) -> Result<Single> {
    let count = paying.per_run(1).await?;
    let (mut payments, mut syncs, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    let requests = Arc::new(Requests::healthz(count, &paying.server));
    for run in 0..plan.runs {
        let done = paying.pay(&format!("single{run}"), count, 0..1, Pace::Closed { connections: 1 }).await?;
        payments.push(done.quantile_us(500));
        syncs.push(disk::probe(&ground.disk, plan.probe_for)?.p50_us);
        let nobody_waits = Arc::new(Mark::at(usize::MAX));
        let asked = load::run(paying.server.address, Arc::clone(&requests), 1, OK, nobody_waits).await?;
        asked.rate(count)?;
        empty.push(asked.quantile_us(500));
        println!(
            "    {}: one client, run {} of {}: a payment p50 {} µs, fdatasync p50 {} µs, the empty handler p50 {} µs; the \
             books add up",
            ground.name,
            run + 1,
            plan.runs,
            grouped(payments[run]),
            grouped(syncs[run]),
            grouped(empty[run])
        );
    }
    Ok(Single {
        to_fdatasync_thousandths: Spread::ratio(&payments, &syncs),
        payment_p50_us: Spread::of(payments),
        fdatasync_p50_us: Spread::of(syncs),
        healthz_p50_us: Spread::of(empty),
    })
}
