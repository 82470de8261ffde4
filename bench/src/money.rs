//! Everything that is measured of payments on one database, in the order in which one needs the other.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::ground::Ground;
use crate::half_load::{self, HalfLoad};
use crate::hot::{self, Hot};
use crate::paying::Paying;
use crate::peers::Peer;
use crate::plan::Plan;
use crate::scale::{self, Scale};
use crate::seed;
use crate::single::{self, Single};
use crate::throughput::{self, Throughput};

/// The figures of one database.
#[derive(Serialize)]
pub(crate) struct Money {
    pub(crate) throughput: Throughput,
    pub(crate) single: Single,
    pub(crate) hot: Hot,
    pub(crate) half_load: HalfLoad,
    pub(crate) scale: Scale,
}

/// Measures one database, by turns with the peers.
pub(crate) async fn measure(ground: &Ground, plan: &Plan, peers: &mut [Peer]) -> Result<Money> {
    let throughput = throughput::measure(ground, plan, peers).await?;
    let beside = ground.beside("paces")?;
    let partners = seed::partners(&beside, "paces", 1 + hot::SPREAD_OVER).await?;
    let mut paying = Paying::start(&beside, plan, partners).await?;
    let single = single::measure(&mut paying, &beside, plan).await.context("one client")?;
    let hot = hot::measure(&mut paying, &beside, plan).await.context("hot and spread accounts")?;
    let full_per_second = throughput.payments_per_second.median;
    let half_load = half_load::measure(&mut paying, &beside, plan, full_per_second).await.context("half load")?;
    paying.stop()?;
    let scale = scale::measure(ground, plan).await.context("few and many payments")?;
    Ok(Money { throughput, single, hot, half_load, scale })
}

/// Measures one client alone.
pub(crate) async fn measure_single(ground: &Ground, plan: &Plan) -> Result<Single> {
    let partners = seed::partners(ground, "single", 1).await?;
    let mut paying = Paying::start(ground, plan, partners).await?;
    let single = single::measure(&mut paying, ground, plan).await.context("one client")?;
    paying.stop()?;
    Ok(single)
}
