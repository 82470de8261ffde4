//! One command, applied. What each kind does stands in a file of its own; each first works out
//! everything that it would change and returns the refusal if there is one, and only then writes.

use crate::books::step::Step;
use crate::books::{
    Books, Command, Draw, IdempotencyRecord, Keyed, MovementAsked, Nonce, Outcome, Refusal, book_answer, book_movement,
    cancel, capture, create_payment, expire, refund, top_up_withdraw, transfer,
};
use crate::json;

/// Applies one command, when the platform's clock shows `platform_ms`. The nonce is used up whatever becomes of the rest: its signature was good,
/// and it works once.
pub fn apply(books: &mut Books, command: &Command, draw: &mut Draw<'_>, platform_ms: i64) -> Result<Outcome, Refusal> {
    if let Some(nonce) = command.nonce() {
        use_nonce(books, nonce)?;
    }
    if let Some(keyed) = command.keyed()
        && let Some(record) = books.idempotency.get(&keyed.scope)
    {
        return replay(record, keyed);
    }
    let now_ms = books.now_ms(command, platform_ms);
    let mut step = Step { books, draw, now_ms, platform_ms };
    match command {
        Command::UseNonce(_) => Ok(Outcome::NonceUsed),
        Command::Repeat(_) => Err(Refusal::NothingToRepeat),
        Command::CreatePayment(create) => create_payment::apply(&mut step, create),
        Command::BookAnswer { payment, answer } => book_answer::apply(&mut step, *payment, *answer),
        Command::CapturePayment(capture) => capture::apply(&mut step, capture),
        Command::CancelPayment { keyed, payment } => cancel::apply(&mut step, keyed, *payment),
        Command::ExpirePayment { payment } => expire::apply(&mut step, *payment),
        Command::MakeMovement(make) => match make.asked {
            MovementAsked::Refund { payment, to_holder } => refund::apply(&mut step, make, payment, to_holder),
            MovementAsked::Transfer { to } => transfer::apply(&mut step, make, to),
            MovementAsked::TopUp { .. } | MovementAsked::Withdrawal { .. } => top_up_withdraw::apply(&mut step, make),
        },
        Command::BookMovement { movement, answer, .. } => book_movement::apply(&mut step, *movement, *answer),
    }
}

fn use_nonce(books: &mut Books, nonce: &Nonce) -> Result<(), Refusal> {
    if !books.nonces.insert(nonce.id.clone()) {
        return Err(Refusal::NonceReused);
    }
    books.changes.nonces.push(nonce.clone());
    Ok(())
}

fn replay(record: &IdempotencyRecord, keyed: &Keyed) -> Result<Outcome, Refusal> {
    if record.request != keyed.request {
        // Two bodies are the same when they say the same, in whatever order and spacing.
        let pointers = json::differing_pointers(record.request.as_bytes(), keyed.request.as_bytes());
        if !pointers.is_empty() {
            return Err(Refusal::IdempotencyReused { pointers });
        }
    }
    match &record.answer {
        Some(answer) => Ok(Outcome::Replayed(answer.clone())),
        None => Err(Refusal::IdempotencyInProgress),
    }
}
