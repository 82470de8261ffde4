//! One client alone: how long a payment takes beside the one write to disk that it cannot do without.

use anyhow::Result;
use serde::Serialize;

use crate::disk;
use crate::ground::Ground;
use crate::paying::{Pace, Paying};
use crate::plan::Plan;
use crate::spread::{Spread, grouped};

/// The figures of one client.
#[derive(Serialize)]
pub(crate) struct Single {
    pub(crate) payment_p50_us: Spread,
    pub(crate) fdatasync_p50_us: Spread,
    pub(crate) to_fdatasync_thousandths: Spread,
}

/// Lets one connection pay, by turns with the disk's probe.
pub(crate) async fn measure(paying: &mut Paying<'_>, ground: &Ground, plan: &Plan) -> Result<Single> {
    let count = paying.per_run(1).await?;
    let (mut payments, mut syncs) = (Vec::new(), Vec::new());
    for run in 0..plan.runs {
        let done = paying.pay(&format!("single{run}"), count, 0..1, Pace::Closed { connections: 1 }).await?;
        payments.push(done.quantile_us(500));
        syncs.push(disk::probe(&ground.disk, plan.probe_for)?.p50_us);
        println!(
            "    {}: one client, run {} of {}: a payment p50 {} µs, fdatasync p50 {} µs; the books add up",
            ground.name,
            run + 1,
            plan.runs,
            grouped(payments[run]),
            grouped(syncs[run])
        );
    }
    Ok(Single {
        to_fdatasync_thousandths: Spread::ratio(&payments, &syncs),
        payment_p50_us: Spread::of(payments),
        fdatasync_p50_us: Spread::of(syncs),
    })
}
