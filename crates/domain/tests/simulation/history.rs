//! One history: a client, a lane, a channel and a worker, driven by a seed.

use std::collections::BTreeMap;

use tallyport_domain::books::{Command, MovementAsked, Outcome, Refusal, StoredAnswer};
use tallyport_domain::channel::{Channel, ChannelAnswer, FailureCode};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{HolderId, ObjectId, PaymentId, RANDOM_BYTES};
use tallyport_domain::payment::{CaptureMode, PaymentState};

use crate::bugs::{self, Bug};
use crate::invariants::check;
use crate::world::{Ask, NOW_MS, World, canceling, capturing};

const STEPS: usize = 40;
const BATCH_MAX: u64 = 5;
/// How many commands of a lost batch are asked again.
const UNHEARD_MAX: usize = 8;

/// SplitMix64: small, good, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn one_in(&mut self, limit: u64) -> bool {
        self.below(limit) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let count = u64::try_from(from.len()).unwrap();
        (count > 0).then(|| from[usize::try_from(self.below(count)).unwrap()])
    }

    fn minor(&mut self) -> i64 {
        let limit = if self.one_in(8) { 1 << 62 } else { 100_000 };
        i64::try_from(self.below(limit)).unwrap() + 1
    }

    fn answer(&mut self) -> ChannelAnswer {
        match self.below(6) {
            0 => ChannelAnswer::Failed(FailureCode::Declined),
            5 => ChannelAnswer::Failed(FailureCode::ChannelClosed),
            1 => ChannelAnswer::Unknown,
            _ => ChannelAnswer::Approved,
        }
    }

    fn decided(&mut self) -> Option<ChannelAnswer> {
        if self.one_in(2) { Some(self.answer()) } else { None }
    }
}

/// What a client was told: which object was there after how many of its events.
type Acknowledged = BTreeMap<ObjectId, i64>;

/// What becomes of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The process dies before the commit, after so much of its work; nothing of the batch is there.
    Lost {
        /// Begun, loaded, applied or written.
        after: u64,
    },
    /// It is committed.
    Kept,
}

/// What a command comes to, wherever it is applied: which event of which object tells of it.
pub(crate) type Said = Result<Option<(ObjectId, i64)>, Refusal>;

/// A place beside the books in memory where the same has to become of every batch.
pub(crate) trait Ground {
    /// Applies a batch to what was there before it; the world has not seen it yet.
    fn apply(&mut self, batch: &[Command], world: &World, fate: Fate) -> Vec<Said>;

    /// Whether what is there is what the world says, and whole.
    fn check(&mut self, world: &World) -> Result<(), String>;
}

/// Runs the history of a seed; the error says which rule broke at which step.
pub(crate) fn run(seed: u64, bug: Option<Bug>, mut ground: Option<&mut dyn Ground>) -> Result<(), String> {
    let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5eed);
    let mut world = World::new();
    let mut acknowledged = Acknowledged::new();
    let mut unheard: Vec<Command> = Vec::new();
    for step in 0..STEPS {
        // The clock jumps, backwards too.
        match dice.below(12) {
            0 => world.now_ms += i64::try_from(dice.below(400_000_000)).unwrap(),
            1 => world.now_ms -= i64::try_from(dice.below(5_000)).unwrap(),
            _ => world.now_ms += i64::try_from(dice.below(2_000)).unwrap(),
        }
        // Whoever heard nothing asks again, in the same words; by then it may be refused before it gets to the books.
        let mut batch = std::mem::take(&mut unheard);
        for command in &mut batch {
            if let Some(keyed) = command.keyed().filter(|_| dice.one_in(4)) {
                *command = Command::Repeat(Box::new(keyed.clone()));
            }
        }
        batch.extend((0..=dice.below(BATCH_MAX)).filter_map(|_| command(&mut dice, &mut world)));
        let (fate, is_heard) = match dice.below(12) {
            // The process dies before its commit: nothing of the batch is there, and nobody was told.
            0 | 1 => (Fate::Lost { after: dice.below(4) }, false),
            // It dies right after: everything is there, and nobody was told.
            2 => (Fate::Kept, false),
            _ => (Fate::Kept, true),
        };
        let elsewhere = ground.as_mut().map(|ground| ground.apply(&batch, &world, fate));
        let durable = (fate != Fate::Kept).then(|| world.books.clone());
        let said = apply(&mut world, &batch, bug);
        if elsewhere.is_some_and(|elsewhere| fate == Fate::Kept && elsewhere != said) {
            return Err(format!("step {step}: broken: the same command comes to the same everywhere"));
        }
        match durable {
            Some(durable) => world.books = durable,
            None if is_heard => acknowledge(&said, &mut acknowledged),
            None => {}
        }
        if !is_heard {
            unheard = batch;
        }
        unheard.truncate(UNHEARD_MAX);
        check(&world.books).map_err(|rule| format!("step {step}: broken: {rule}"))?;
        kept(&world, &acknowledged).map_err(|rule| format!("step {step}: broken: {rule}"))?;
        if let Some(ground) = ground.as_mut() {
            ground.check(&world).map_err(|rule| format!("step {step}: broken: {rule}"))?;
        }
    }
    Ok(())
}

/// Applies the batch and returns what its commands will be told once it is committed.
fn apply(world: &mut World, batch: &[Command], bug: Option<Bug>) -> Vec<Said> {
    let mut all = Vec::new();
    // Books are large, so they are copied only for the bug that needs them.
    let copy = |world: &World| if bug == Some(Bug::NeighbourSpoiled) { Some(world.books.clone()) } else { None };
    let mut before_neighbour = copy(world);
    for command in batch {
        let before = copy(world);
        let outcome = bugs::apply(world, command, bug, before_neighbour.as_ref());
        before_neighbour = before;
        all.push(said(world, outcome));
    }
    all
}

/// What the one who waits for an outcome is told.
fn said(world: &World, outcome: Result<Outcome, Refusal>) -> Said {
    Ok(match outcome? {
        Outcome::Done { event } | Outcome::Replayed(StoredAnswer::Event(event)) => {
            world.books.changes.events.get(event).map(|event| (event.object.id(), event.sequence))
        }
        _ => None,
    })
}

fn acknowledge(said: &[Said], acknowledged: &mut Acknowledged) {
    for (object, sequence) in said.iter().flatten().flatten() {
        let last = acknowledged.entry(*object).or_default();
        *last = (*sequence).max(*last);
    }
}

fn kept(world: &World, acknowledged: &Acknowledged) -> Result<(), String> {
    for (id, events) in acknowledged {
        let count = match id {
            ObjectId::Payment(id) => world.books.payments.get(id).map(|payment| payment.event_count),
            id => world.books.movements.get(id).map(|movement| movement.event_count),
        };
        if count.is_none_or(|count| count < *events) {
            return Err(format!("what was acknowledged of {id} is there"));
        }
    }
    Ok(())
}

/// One of a few account holders.
fn holder(dice: &mut Dice) -> HolderId {
    HolderId::from_parts(NOW_MS, [u8::try_from(dice.below(3)).unwrap(); RANDOM_BYTES])
}

/// The same payment for a payee.
fn paying(mut command: Command, payee: HolderId) -> Command {
    if let Command::CreatePayment(create) = &mut command {
        create.payment.payee = Some(payee);
    }
    command
}

/// Something that a client, a channel or the worker wants. Few orders and keys, so that they collide.
fn command(dice: &mut Dice, world: &mut World) -> Option<Command> {
    let mut payments: Vec<PaymentId> = world.books.payments.keys().copied().collect();
    payments.sort_unstable();
    let mut movements: Vec<ObjectId> = world.books.movements.keys().copied().collect();
    movements.sort_unstable();
    let key = format!("k{}", dice.below(12));
    Some(match dice.below(14) {
        0..=3 => {
            let order = format!("o{}", dice.below(8));
            let capture = if dice.one_in(3) { CaptureMode::Manual } else { CaptureMode::Automatic };
            let fee = Fee { basis_points: 290, fixed_minor: 30 };
            let (minor, decided) = (dice.minor(), dice.decided());
            let command = world.creating(&Ask { order: &order, key: &key, minor, nonce: None, capture, fee, decided });
            if dice.one_in(3) { paying(command, holder(dice)) } else { command }
        }
        // Channels answer whatever they like, as often as they like.
        4 | 5 => Command::BookAnswer { payment: dice.pick(&payments)?, answer: dice.answer() },
        6 => {
            let minor = if dice.one_in(2) { Some(dice.minor()) } else { None };
            capturing(dice.pick(&payments)?, &key, minor, dice.one_in(3))
        }
        7 => canceling(dice.pick(&payments)?, &key),
        8 => Command::ExpirePayment { payment: dice.pick(&payments)? },
        9 | 10 => {
            let taken: Vec<PaymentId> = payments
                .into_iter()
                .filter(|id| matches!(world.books.payments[id].state, PaymentState::Taken(_)))
                .collect();
            let minor = if dice.one_in(3) { None } else { Some(dice.minor()) };
            let decided = dice.decided();
            let to_holder = if dice.one_in(2) { Some(holder(dice)) } else { None };
            world.moving(MovementAsked::Refund { payment: dice.pick(&taken)?, to_holder }, &key, minor, decided)
        }
        11 => {
            let (minor, decided) = (Some(dice.minor()), dice.decided());
            world.moving(MovementAsked::TopUp { channel: Channel::SandboxBank }, &key, minor, decided)
        }
        12 => {
            let (minor, decided) = (Some(dice.minor()), dice.decided());
            world.moving(MovementAsked::Withdrawal { channel: Channel::SandboxBank }, &key, minor, decided)
        }
        _ => {
            let movement = dice.pick(&movements)?;
            let payment = world.books.movements[&movement].kind.payment();
            Command::BookMovement { movement, payment, answer: dice.answer() }
        }
    })
}
