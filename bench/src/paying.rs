//! Payments on a running server: signed before anything is timed, and found in the books afterwards. A run
//! whose books do not add up is void.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tallyport_storage::Db;

use crate::books::{self, Since};
use crate::ground::Ground;
use crate::load::{self, Done, Mark};
use crate::plan::Plan;
use crate::requests::{self, Requests};
use crate::seed::Partner;
use crate::server::Server;

/// Payments of the first load, which tells how many make a run of the planned length.
const FIRST_PAYMENTS: usize = 3_000;
/// The most that is signed for one run: signatures are good for five minutes only.
const PAYMENTS_MAX: usize = 300_000;

const MADE: u16 = 201;

/// A running server with applications that pay on it.
pub(crate) struct Paying<'a> {
    ground: &'a Ground,
    plan: &'a Plan,
    partners: Vec<Partner>,
    pub(crate) server: Server,
    /// What the books had of these applications before.
    since: Vec<Since>,
    /// Orders that were acknowledged so far.
    acknowledged: Vec<String>,
}

/// How payments are sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// Over so many connections, each as fast as answers come.
    Closed { connections: usize },
    /// So many per second, however fast answers come.
    Open { per_second: u64 },
}

impl<'a> Paying<'a> {
    /// Starts the server on a ground where these applications are.
    pub(crate) async fn start(ground: &'a Ground, plan: &'a Plan, partners: Vec<Partner>) -> Result<Self> {
        let db = ground.open().await?;
        let since = newest(&db, &partners).await?;
        db.close().await;
        Ok(Self { ground, plan, partners, server: Server::start(ground)?, since, acknowledged: Vec::new() })
    }

    /// Ends the server, and says how many payments were acknowledged and found.
    pub(crate) fn stop(self) -> Result<usize> {
        self.server.stop().context("at the end of the measurement")?;
        Ok(self.acknowledged.len())
    }

    /// How many payments of the first application make a run, found by a first short one, whose books are
    /// checked with the next one's.
    pub(crate) async fn per_run(&mut self, connections: usize) -> Result<usize> {
        let count = FIRST_PAYMENTS * connections / self.plan.connections + 200;
        let name = format!("first{}", self.acknowledged.len());
        let first = self.pay_unchecked(&name, count, 0..1, Pace::Closed { connections }).await?;
        Ok(self.plan.count_at(first.rate(count)?)?.min(PAYMENTS_MAX))
    }

    /// One run by some of the applications, whose books were checked.
    pub(crate) async fn pay(
        &mut self,
        name: &str,
        count: usize,
        by: std::ops::Range<usize>,
        pace: Pace,
    ) -> Result<Done> {
        let done = self.pay_unchecked(name, count, by, pace).await?;
        self.check().await?;
        Ok(done)
    }

    /// The same, with the check left to the end, because the books are large.
    pub(crate) async fn pay_unchecked(
        &mut self,
        name: &str,
        count: usize,
        by: std::ops::Range<usize>,
        pace: Pace,
    ) -> Result<Done> {
        let requests = Arc::new(self.sign(name, count, by).await?);
        let done = self.send(&requests, pace).await?;
        done.rate(count)?;
        self.acknowledged.extend(done.acknowledged.iter().map(|index| requests.order_id(*index)));
        Ok(done)
    }

    async fn sign(&self, name: &str, count: usize, by: std::ops::Range<usize>) -> Result<Requests> {
        let partners = &self.partners[by];
        let mut tokens = Vec::with_capacity(partners.len());
        for partner in partners {
            tokens.push(requests::token(&self.server, partner).await?);
        }
        let payers: Vec<_> = partners.iter().zip(&tokens).map(|(partner, token)| partner.payer(token)).collect();
        Requests::payments(count, name, &self.server.authority(), &payers)
    }

    async fn send(&self, requests: &Arc<Requests>, pace: Pace) -> Result<Done> {
        let (address, requests) = (self.server.address, Arc::clone(requests));
        match pace {
            Pace::Closed { connections } => {
                let nobody_waits = Arc::new(Mark::at(usize::MAX));
                load::run(address, requests, connections, MADE, nobody_waits).await
            }
            Pace::Open { per_second } => load::run_at(address, requests, self.plan.connections, per_second, MADE).await,
        }
    }

    /// Checks the books; an error means that the run is void.
    pub(crate) async fn check(&self) -> Result<()> {
        let checked = books::check(self.ground, &self.since, &self.acknowledged).await?;
        if checked.stored != self.acknowledged.len() {
            bail!("{} payments were acknowledged and {} are stored", self.acknowledged.len(), checked.stored);
        }
        Ok(())
    }
}

async fn newest(db: &Db, partners: &[Partner]) -> Result<Vec<Since>> {
    let mut since = Vec::with_capacity(partners.len());
    for partner in partners {
        since.push(Since::now(db, partner.application_id).await?);
    }
    Ok(since)
}
