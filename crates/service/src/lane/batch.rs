//! One batch: load, apply, write, commit. When the database refuses the batch, each command is tried
//! by itself, so that one that spoils the batch spoils nobody else's.

use std::slice::from_ref;
use std::time::Instant;

use tallyport_domain::books::{Books, Command, Outcome, Refusal, apply as apply_to_books};
use tallyport_storage::batches::{self, ChainEnd, ChainedBatch};
use tallyport_storage::{StorageError, Tx, lane};

use super::chain::link;
use super::wire::{done, render};
use super::{Answer, Done, Tools, Witness};
use crate::audit::record_at;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// How often a transaction is begun anew when another process came in between.
const ATTEMPTS_MAX: usize = 4;

type Outcomes = Vec<Result<Done, Refusal>>;

/// Applies the commands and answers each.
pub(super) async fn apply(tools: &Tools, commands: &[Command], witnesses: &[Option<Witness>]) -> Vec<Answer> {
    metrics::histogram!("tallyport_lane_batch_commands").record(f64::from(u32::try_from(commands.len()).unwrap_or(0)));
    let error = match persist(tools, commands, witnesses).await {
        Ok(outcomes) => return outcomes.into_iter().map(Ok).collect(),
        Err(error) => error,
    };
    if commands.len() == 1 {
        return vec![Err(logged(error))];
    }
    if error.is_temporary() {
        // Trying again one by one would keep everybody waiting. And after a commit that was lost on
        // the way it is unknown whether the batch stands: a second try would find its own nonces.
        tracing::warn!(%error, commands = commands.len(), "a batch could not be written: {error}");
        return commands.iter().map(|_| Err(ServiceError::Unavailable)).collect();
    }
    tracing::warn!(%error, commands = commands.len(), "a batch was refused; trying its commands one by one: {error}");
    let mut answers = Vec::with_capacity(commands.len());
    for (command, witness) in commands.iter().zip(witnesses) {
        answers.push(single(tools, command, witness).await);
    }
    answers
}

async fn single(tools: &Tools, command: &Command, witness: &Option<Witness>) -> Answer {
    let mut outcomes = persist(tools, from_ref(command), from_ref(witness)).await.map_err(logged)?;
    outcomes.pop().ok_or(ServiceError::broken("a command had no outcome"))
}

fn logged(error: StorageError) -> ServiceError {
    if error.is_temporary() {
        tracing::warn!(%error, "a command could not be written: {error}");
    } else {
        tracing::error!(error = &error as &dyn std::error::Error, "a command could not be written: {error}");
    }
    error.into()
}

/// Loads the books anew when another process changed them before the commit. What it did is then
/// seen, and refused or replayed by the rules instead of by the database.
async fn persist(tools: &Tools, commands: &[Command], witnesses: &[Option<Witness>]) -> Result<Outcomes, StorageError> {
    let mut attempts = 1;
    loop {
        match transact(tools, commands, witnesses).await {
            Err(error) if came_in_between(&error) && attempts < ATTEMPTS_MAX => attempts += 1,
            result => return result,
        }
    }
}

fn came_in_between(error: &StorageError) -> bool {
    matches!(error, StorageError::Conflict { .. } | StorageError::Stale { .. } | StorageError::Busy(_))
}

async fn transact(
    tools: &Tools,
    commands: &[Command],
    witnesses: &[Option<Witness>],
) -> Result<Outcomes, StorageError> {
    let began = Instant::now();
    let mut tx = tools.db.begin_write().await?;
    let mut books = lane::load(&mut tx, commands).await?;
    metrics::histogram!("tallyport_lane_load_seconds").record(began.elapsed());

    let now_ms = tools.clock.now_ms();
    let outcomes = apply_all(tools, &mut books, commands, now_ms);
    let mut rendered = render(&books, &tools.public_url);
    if !books.changes.is_empty() {
        let began = Instant::now();
        let end = chain_end(tools, &mut tx).await?;
        if !books.changes.events.is_empty() {
            rendered.batch = Some(link(tools.process_id, &end, &books.changes, &rendered.events, now_ms));
        }
        lane::write(&mut tx, &books, &rendered).await?;
        record(&mut tx, &outcomes, witnesses, now_ms).await?;
        metrics::histogram!("tallyport_lane_write_seconds").record(began.elapsed());
        let began = Instant::now();
        tx.commit().await?;
        metrics::histogram!("tallyport_lane_commit_seconds").record(began.elapsed());
        keep_chain_end(tools, rendered.batch.as_ref().map_or(end, ChainedBatch::end));
    }
    Ok(outcomes.into_iter().map(|outcome| outcome.map(|outcome| done(outcome, &rendered))).collect())
}

fn apply_all(tools: &Tools, books: &mut Books, commands: &[Command], now_ms: i64) -> Vec<Result<Outcome, Refusal>> {
    let mut draw = || {
        let drawn = random_bytes(&*tools.randomness);
        tools.ascent.lock().expect("no holder of the lock panics").next(now_ms, drawn)
    };
    commands.iter().map(|command| apply_to_books(books, command, &mut draw, now_ms)).collect()
}

/// Takes the end of the lane's chain; whoever fails before the commit leaves it to be read anew.
async fn chain_end(tools: &Tools, tx: &mut Tx) -> Result<ChainEnd, StorageError> {
    let known = tools.chain_end.lock().expect("no holder of the lock panics").take();
    match known {
        Some(end) => Ok(end),
        None => batches::find_end(tx, tools.process_id).await,
    }
}

fn keep_chain_end(tools: &Tools, end: ChainEnd) {
    *tools.chain_end.lock().expect("no holder of the lock panics") = Some(end);
}

/// What people had done goes into the audit log as the last step: its end stays locked until the commit.
async fn record(
    tx: &mut Tx,
    outcomes: &[Result<Outcome, Refusal>],
    witnesses: &[Option<Witness>],
    now_ms: i64,
) -> Result<(), StorageError> {
    for (outcome, witness) in outcomes.iter().zip(witnesses) {
        if let (Ok(Outcome::Done { .. }), Some(Witness { actor, deed })) = (outcome, witness) {
            record_at(tx, actor, deed.clone(), now_ms).await?;
        }
    }
    Ok(())
}
