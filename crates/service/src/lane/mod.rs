//! The write lane: the one place where money moves. Commands wait in a bounded queue; one thread takes
//! whatever waits, applies it in one transaction and only then answers, so that everybody who
//! waited shares one commit.

mod ascent;
pub(crate) mod batch;
pub mod chain;
mod copying;
mod figures;
mod growth;
mod thread;
pub(crate) mod wire;

use std::sync::{Arc, Mutex, RwLock};
use std::time::Instant;

use tallyport_domain::books::{Command, Refusal};
use tallyport_domain::ids::ProcessId;
use tallyport_domain::payment::Payment;
use tallyport_storage::Db;
use tallyport_storage::batches::ChainEnd;
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use self::ascent::Ascent;
use self::copying::Copying;
use self::figures::Counts;
pub use self::figures::LaneFigures;
use self::growth::Growth;
pub use self::wire::render;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::ports::{Clock, Randomness};

/// How many commands may wait. At the limit the next one is refused, with nothing done.
pub const WAITING_MAX: usize = 4096;
/// How many commands one transaction takes. Larger statements get slower again on SQLite.
pub const BATCH_MAX: usize = 128;
/// One for the batch, one to look at the tables as they grow.
const POSTGRES_CONNECTIONS: u32 = 2;

/// What a command did, with the texts that the wire sees.
#[derive(Debug)]
pub enum Done {
    /// The nonce is used up.
    NonceUsed,
    /// It is done, and this is the object now.
    Answered(String),
    /// The same call was answered so before.
    Replayed(String),
    /// A payment was made; its channel has to be asked before there is an answer.
    Waiting(Box<Payment>),
}

/// What became of a command.
pub type Answer = Result<Result<Done, Refusal>, ServiceError>;

/// The person who has a command done, and what the audit log says of it: written with the effect, and
/// not at all when there is none.
#[derive(Debug, Clone)]
pub(crate) struct Witness {
    pub(crate) actor: Actor,
    pub(crate) deed: Deed,
}

/// A command with whoever has to be named for it.
pub(crate) struct Work {
    pub(crate) command: Command,
    pub(crate) witness: Option<Witness>,
}

struct Waiting {
    work: Work,
    since: Instant,
    answer: oneshot::Sender<Answer>,
}

/// The lane of a process.
pub(crate) struct Lane {
    /// Gone once the lane takes no new work.
    queue: RwLock<Option<mpsc::Sender<Waiting>>>,
    /// Closed once the lane's thread has ended.
    ended: watch::Receiver<()>,
    counts: Arc<Counts>,
}

/// A way into the lane. As long as somebody holds one, the lane works, even while it drains: so
/// work that was begun is brought to its end.
#[derive(Clone)]
pub(crate) struct Entrance(mpsc::Sender<Waiting>);

/// What the lane works with.
pub(crate) struct Tools {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    /// Where the platform is reached, without a slash at the end.
    pub(crate) public_url: String,
    /// Whose lane it is.
    pub(crate) process_id: ProcessId,
    /// The end of the lane's chain, while it is known: not at first, and not after a commit of which
    /// nobody knows whether it stands.
    pub(crate) chain_end: Mutex<Option<ChainEnd>>,
    /// Where the ids of the lane's events and postings have got to.
    pub(crate) ascent: Mutex<Ascent>,
}

impl Lane {
    /// Starts the lane's thread. It ends when the lane was drained, or is gone.
    pub(crate) fn start(mut tools: Tools) -> Result<Self, ServiceError> {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        let (ending, ended) = watch::channel(());
        let counts = Arc::new(Counts::default());
        let counted = Arc::clone(&counts);
        tools.db = tools.db.for_own_runtime(POSTGRES_CONNECTIONS);
        let work = async move { run(Arc::new(tools), waiting, &counted).await };
        thread::run(work, ending)?;
        Ok(Self { queue: RwLock::new(Some(queue)), ended, counts })
    }

    /// Lets new work in, unless the lane drains.
    pub(crate) fn enter(&self) -> Result<Entrance, ServiceError> {
        let queue = self.queue.read().expect("no holder of the lock panics");
        queue.clone().map(Entrance).ok_or(ServiceError::Stopping)
    }

    /// How it does.
    pub(crate) fn figures(&self) -> LaneFigures {
        let queue = self.queue.read().expect("no holder of the lock panics");
        let waiting = queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity());
        self.counts.figures(waiting)
    }

    /// Lets no new work in, and returns when everything that was inside is done.
    pub(crate) async fn drain(&self) {
        self.queue.write().expect("no holder of the lock panics").take();
        // Nothing is ever sent: the error says that the thread has ended.
        let _ = self.ended.clone().changed().await;
    }
}

impl Entrance {
    /// Begins something: puts a command into the queue and waits until it is on disk, or refused.
    pub(crate) async fn begin(&self, command: Command) -> Answer {
        self.begin_work(Work { command, witness: None }).await
    }

    /// [`Self::begin`] for a person.
    pub(crate) async fn begin_for(&self, witness: Witness, command: Command) -> Answer {
        self.begin_work(Work { command, witness: Some(witness) }).await
    }

    async fn begin_work(&self, work: Work) -> Answer {
        let (waiting, answered) = waiting(work);
        self.0.try_send(waiting).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => ServiceError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => ServiceError::Stopping,
        })?;
        answered.await.map_err(|_| ServiceError::broken("the write lane lost a command"))?
    }

    /// Goes on with something that was begun. A full queue is no reason to drop it: it waits for a
    /// place.
    pub(crate) async fn go_on(&self, command: Command) -> Answer {
        let (waiting, answered) = waiting(Work { command, witness: None });
        self.0.send(waiting).await.map_err(|_| ServiceError::Stopping)?;
        answered.await.map_err(|_| ServiceError::broken("the write lane lost a command"))?
    }
}

fn waiting(work: Work) -> (Waiting, oneshot::Receiver<Answer>) {
    let (answer, answered) = oneshot::channel();
    (Waiting { work, since: Instant::now(), answer }, answered)
}

async fn run(tools: Arc<Tools>, mut waiting: mpsc::Receiver<Waiting>, counts: &Counts) {
    let mut taken = Vec::with_capacity(BATCH_MAX);
    let mut growth = Growth::default();
    let mut copying = Copying::default();
    while waiting.recv_many(&mut taken, BATCH_MAX).await > 0 {
        metrics::gauge!("tallyport_lane_waiting").set(f64::from(u32::try_from(waiting.len()).unwrap_or(u32::MAX)));
        let mut commands = Vec::with_capacity(taken.len());
        let mut witnesses = Vec::with_capacity(taken.len());
        let mut answers = Vec::with_capacity(taken.len());
        for Waiting { work, since, answer } in taken.drain(..) {
            metrics::histogram!("tallyport_lane_wait_seconds").record(since.elapsed());
            commands.push(work.command);
            witnesses.push(work.witness);
            answers.push(answer);
        }
        // A batch of its own task: should it panic, its transaction is undone, those who waited for
        // it are told, and the lane goes on.
        let at_work = Arc::clone(&tools);
        let (began, count) = (Instant::now(), commands.len());
        let Ok(outcomes) = tokio::spawn(async move { batch::apply(&at_work, &commands, &witnesses).await }).await
        else {
            continue;
        };
        counts.batch(count, began.elapsed());
        growth.count(count, &tools);
        copying.count(count, &tools);
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Whoever asked may have gone away; what was done stands all the same.
            let _ = answer.send(outcome);
        }
    }
}
