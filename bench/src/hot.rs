//! One application that everybody pays, and so one hot pair of accounts, beside the same load spread over
//! many. By turns on the same server.

use anyhow::Result;
use serde::Serialize;

use crate::ground::Ground;
use crate::paying::{Pace, Paying};
use crate::plan::Plan;
use crate::spread::{Spread, grouped};

/// Over how many applications the load is spread.
pub(crate) const SPREAD_OVER: usize = 16;

/// The figures of hot and spread accounts.
#[derive(Serialize)]
pub(crate) struct Hot {
    pub(crate) hot_per_second: Spread,
    pub(crate) spread_per_second: Spread,
    pub(crate) hot_to_spread_thousandths: Spread,
}

/// Loads the first application, then the others.
pub(crate) async fn measure(paying: &mut Paying<'_>, ground: &Ground, plan: &Plan) -> Result<Hot> {
    let pace = Pace::Closed { connections: plan.connections };
    let count = paying.per_run(plan.connections).await?;
    let (mut hot, mut spread) = (Vec::new(), Vec::new());
    for run in 0..plan.runs {
        hot.push(paying.pay(&format!("hot{run}"), count, 0..1, pace).await?.rate(count)?);
        spread.push(paying.pay(&format!("spread{run}"), count, 1..1 + SPREAD_OVER, pace).await?.rate(count)?);
        println!(
            "    {}: run {} of {}: {} payments/s of one application, {} of {SPREAD_OVER}; the books add up",
            ground.name,
            run + 1,
            plan.runs,
            grouped(hot[run]),
            grouped(spread[run])
        );
    }
    Ok(Hot {
        hot_to_spread_thousandths: Spread::ratio(&hot, &spread),
        hot_per_second: Spread::of(hot),
        spread_per_second: Spread::of(spread),
    })
}
