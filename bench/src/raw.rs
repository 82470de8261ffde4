//! The raw storage loop: the batches that the write lane makes of payments, without anybody's HTTP, signature or
//! JSON. The same schema, the same functions of storage, one transaction for each batch, one after the other.
//!
//! What is timed is what the database does. What the lane works out in between (the rules, the texts of events,
//! the hash of the batch) is timed apart, so that the loop can be told from the lane.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tallyport_domain::books::{
    Command, CreatePayment, IdempotencyScope, Keyed, Nonce, NonceId, Operation, apply as apply_to_books,
};
use tallyport_domain::channel::{ChannelAnswer, InstanceName};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{PaymentId, ProcessId};
use tallyport_domain::payment::{CaptureMode, Metadata, Method, NewPayment};
use tallyport_domain::{Environment, Money};
use tallyport_sdk::sign::Once;
use tallyport_service::lane::{chain::link, render};
use tallyport_service::ports::{Clock as _, SystemClock, SystemRandomness, random_bytes};
use tallyport_storage::batches::{ChainEnd, ChainedBatch};
use tallyport_storage::{Db, channel_instances, lane};

use crate::books::{self, Since};
use crate::ground::Ground;
use crate::requests;
use crate::seed::{self, Partner};
use crate::spread::per_second;

const PUBLIC_URL: &str = "http://127.0.0.1";
/// As long as a nonce is kept.
const NONCE_KEPT_MS: i64 = 600_000;

/// The loop on a database of its own.
pub(crate) struct Raw {
    ground: Ground,
    db: Db,
    partner: Partner,
    instance: InstanceName,
    process_id: ProcessId,
    chain_end: ChainEnd,
    made: usize,
}

/// One run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawRun {
    /// Payments per second of writing and committing alone.
    pub(crate) written_per_second: u64,
    /// Payments per second of all that the lane does: loading and the rules as well.
    pub(crate) lane_per_second: u64,
    /// How many batches.
    pub(crate) batches: u32,
    pub(crate) took: Took,
}

/// What the parts of a run took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    pub(crate) loading: Duration,
    pub(crate) rules: Duration,
    pub(crate) writing: Duration,
    pub(crate) committing: Duration,
}

impl Took {
    fn all(&self) -> Duration {
        self.loading + self.rules + self.writing + self.committing
    }
}

impl Raw {
    pub(crate) async fn start(ground: Ground) -> Result<Self> {
        let partner = seed::partner(&ground, "raw").await?;
        let db = ground.open().await?;
        let channel = method()?.channel().context("the load's method has a channel")?;
        let instances = channel_instances::list(&mut db.begin_read().await?).await?;
        let instance = instances.into_iter().find(|instance| instance.channel == channel);
        let instance = instance.context("the channel has an instance")?.name;
        let process_id = ProcessId::from_parts(SystemClock.now_ms(), random_bytes(&SystemRandomness));
        Ok(Self { ground, db, partner, instance, process_id, chain_end: ChainEnd::BEGINNING, made: 0 })
    }

    /// Writes batches of this size for about so long, and checks the books.
    pub(crate) async fn run(&mut self, batch: usize, run_for: Duration) -> Result<RawRun> {
        let before = self.made;
        let (mut took, mut batches) = (Took::default(), 0);
        while took.all() < run_for {
            let commands = (0..batch).map(|_| self.next()).collect::<Result<Vec<_>>>()?;
            self.write(&commands, &mut took).await?;
            batches += 1;
        }
        let payments = self.made - before;
        let checked = books::check(&self.ground, &[Since::ever(self.partner.application_id)], &[]).await?;
        ensure!(checked.stored == self.made, "{} payments were written and {} are stored", self.made, checked.stored);
        Ok(RawRun {
            written_per_second: per_second(payments, took.writing + took.committing),
            lane_per_second: per_second(payments, took.all()),
            batches,
            took,
        })
    }

    /// One batch, as the lane takes it from loading to commit.
    async fn write(&mut self, commands: &[Command], took: &mut Took) -> Result<()> {
        let began = Instant::now();
        let mut tx = self.db.begin_write().await?;
        let mut books = lane::load(&mut tx, commands).await?;
        let loaded = Instant::now();
        let now_ms = SystemClock.now_ms();
        let mut draw = || random_bytes(&SystemRandomness);
        for command in commands {
            apply_to_books(&mut books, command, &mut draw, now_ms)?;
        }
        let mut rendered = render(&books, PUBLIC_URL);
        rendered.batch = Some(link(self.process_id, &self.chain_end, &books.changes, &rendered.events, now_ms));
        let ruled = Instant::now();
        lane::write(&mut tx, &books, &rendered).await?;
        let written = Instant::now();
        tx.commit().await?;
        took.committing += written.elapsed();
        took.writing += written - ruled;
        took.rules += ruled - loaded;
        took.loading += loaded - began;
        self.chain_end = rendered.batch.as_ref().map_or(self.chain_end, ChainedBatch::end);
        Ok(())
    }

    /// The next payment of the load, as the lane gets it once its signature was verified and its body read.
    fn next(&mut self) -> Result<Command> {
        let now_ms = SystemClock.now_ms();
        let order_id = format!("raw-{}", self.made);
        self.made += 1;
        let asked = requests::payment(&order_id);
        let (application_id, environment) = (self.partner.application_id, Environment::Sandbox);
        let keyed = Keyed {
            scope: IdempotencyScope {
                application_id,
                environment,
                operation: Operation::CreatePayment,
                key: order_id.parse()?,
            },
            request: serde_json::to_string(&asked)?,
            nonce: Some(Nonce {
                id: NonceId { key_id: self.partner.api_key.clone(), value: Once::now().nonce },
                expires_at_ms: now_ms + NONCE_KEPT_MS,
            }),
        };
        let payment = NewPayment {
            id: PaymentId::from_parts(now_ms, random_bytes(&SystemRandomness)),
            application_id,
            environment,
            order_id: order_id.parse()?,
            amount: Money::parse(&asked.amount, asked.currency.parse()?)?,
            method: method()?,
            instance: Some(self.instance.clone()),
            payer: None,
            payee: None,
            scene: None,
            capture: CaptureMode::Automatic,
            description: None,
            return_url: None,
            expires_at_ms: None,
            metadata: Metadata::default(),
            fee: Fee::default(),
            sandbox_outcome: None,
        };
        let decided = Some(ChannelAnswer::Approved);
        Ok(Command::CreatePayment(Box::new(CreatePayment { keyed, payment, decided })))
    }
}

/// The method of every payment of the load.
fn method() -> Result<Method> {
    Ok(requests::payment("").method.context("the load names a method")?.parse()?)
}
