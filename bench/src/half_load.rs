//! How long payments take when the server has half as much to do as it could: in an open loop, because
//! partners do not wait for each other. The empty handler is asked at the same rate by turns: what it takes is the
//! machine's and the load's own.

use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

use crate::connection::OK;
use crate::ground::Ground;
use crate::load;
use crate::paying::{Pace, Paying};
use crate::plan::Plan;
use crate::requests::Requests;
use crate::spread::{Spread, grouped};

/// The figures at half load.
#[derive(Serialize)]
pub(crate) struct HalfLoad {
    pub(crate) per_second: u64,
    pub(crate) payment_p50_us: Spread,
    pub(crate) payment_p99_us: Spread,
    pub(crate) healthz_p99_us: Spread,
}

/// Sends half as many payments per second as were made when everybody sent as fast as answers came.
pub(crate) async fn measure(
    paying: &mut Paying<'_>,
    ground: &Ground,
    plan: &Plan,
    full_per_second: u64,
) -> Result<HalfLoad> {
    let per_second = (full_per_second / 2).max(1);
    let count = plan.count_at(per_second)?;
    let (mut p50, mut p99, mut empty_p99) = (Vec::new(), Vec::new(), Vec::new());
    let empty = Arc::new(Requests::healthz(count, &paying.server));
    for run in 0..plan.runs {
        let done = paying.pay(&format!("half{run}"), count, 0..1, Pace::Open { per_second }).await?;
        p50.push(done.quantile_us(500));
        p99.push(done.quantile_us(990));
        let asked = load::run_at(paying.server.address, Arc::clone(&empty), plan.connections, per_second, OK).await?;
        asked.rate(count)?;
        empty_p99.push(asked.quantile_us(990));
        println!(
            "    {}: run {} of {}: at {} payments/s, p50 {} µs, p99 {} µs from the intended send, the empty handler's \
             {} µs; the books add up",
            ground.name,
            run + 1,
            plan.runs,
            grouped(per_second),
            grouped(p50[run]),
            grouped(p99[run]),
            grouped(empty_p99[run])
        );
    }
    Ok(HalfLoad {
        per_second,
        payment_p50_us: Spread::of(p50),
        payment_p99_us: Spread::of(p99),
        healthz_p99_us: Spread::of(empty_p99),
    })
}
