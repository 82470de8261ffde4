//! Filling a database with payments, for trying things out at size. They go through a write lane like
//! all others, so the books are as they would be had partners made them; only the clock is another.

mod believable;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tallyport_domain::books::{Command, Refusal};
use tallyport_domain::ids::{AppId, ProcessId};
use tallyport_domain::payment::{MoveRefusal, PaymentStatus};
use tokio::task::{JoinHandle, JoinSet};

use crate::Services;
use crate::error::ServiceError;
use crate::lane::{Entrance, Lane, Tools};
use crate::ports::{FixedClock, random_bytes};
use believable::Believable;

/// Payments that are put into the lane at a time: at most a batch, and so few that a payment is captured
/// or given back within about a day, while its money is held.
const AT_ONCE_MAX: u64 = 128;
const WAVES_IN_ALL: u64 = 256;
/// How many such waves are under way, so that the lane never waits for the next.
const WAVES: usize = 8;
/// Over how many days they are spread, up to now.
const DAYS: i64 = 30;

impl Services {
    /// Makes so many payments of an application in the sandbox, spread over the last days: taken,
    /// refused, called off, given back. `progress` is told how many there are so far.
    pub async fn seed_payments(
        &self,
        application_id: AppId,
        count: u64,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let clock = Arc::new(FixedClock::at(now_ms - DAYS * 86_400_000));
        let lane = Lane::start(Tools {
            db: self.db().clone(),
            clock: Arc::clone(&clock) as _,
            randomness: self.0.randomness.clone(),
            public_url: self.public_url().to_owned(),
            process_id: ProcessId::from_parts(now_ms, random_bytes(self.randomness())),
            chain_end: Mutex::default(),
            ascent: Mutex::default(),
        })?;
        let roster = self.roster();
        let mut source = Believable::new(application_id, self.0.randomness.clone(), clock, roster, now_ms, count);
        let entrance = lane.enter()?;
        let mut waves: VecDeque<Wave> = VecDeque::with_capacity(WAVES);
        let mut follow_ups = Vec::new();
        let at_once = (count / WAVES_IN_ALL).clamp(1, AT_ONCE_MAX);
        let (mut asked, mut made) = (0, 0);
        loop {
            if waves.len() == WAVES || (asked == count && follow_ups.is_empty()) {
                let Some(wave) = waves.pop_front() else { break };
                wave.written.await.map_err(|_| ServiceError::broken("a task of the seed ended early"))??;
                follow_ups.extend(wave.follow_ups);
                made += wave.payments;
                progress(made);
                continue;
            }
            let payments = at_once.min(count - asked);
            let (mut commands, next) = source.payments(payments)?;
            commands.append(&mut follow_ups);
            asked += payments;
            let written = tokio::spawn(write(entrance.clone(), commands));
            waves.push_back(Wave { written, payments, follow_ups: next });
        }
        drop(entrance);
        lane.drain().await;
        Ok(())
    }
}

/// Commands on their way, and what follows once they are there.
struct Wave {
    written: JoinHandle<Result<(), ServiceError>>,
    payments: u64,
    follow_ups: Vec<Command>,
}

async fn write(entrance: Entrance, commands: Vec<Command>) -> Result<(), ServiceError> {
    let mut waiting = JoinSet::new();
    for command in commands {
        let entrance = entrance.clone();
        waiting.spawn(async move { entrance.go_on(command).await });
    }
    while let Some(answer) = waiting.join_next().await {
        let answer = answer.map_err(|_| ServiceError::broken("a task of the seed ended early"))?;
        if let Err(refusal) = answer?
            && !is_over_by_now(&refusal)
        {
            tracing::error!(%refusal, "a command of the seed was refused: {refusal}");
            return Err(ServiceError::broken("a command of the seed was refused"));
        }
    }
    Ok(())
}

/// A server that runs beside the seed ends a hold of weeks ago when it sees it. It may be quicker than what the seed
/// would have done with it, and then the payment stays expired.
const fn is_over_by_now(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Move(MoveRefusal::WrongState { status: PaymentStatus::Expired, .. }))
}

#[cfg(test)]
mod tests {
    use tallyport_domain::ids::PaymentId;

    use super::*;

    #[test]
    fn only_a_hold_that_a_server_ended_meanwhile_is_let_go() {
        let payment = PaymentId::from_parts(1, [0; 10]);
        let found = |status| is_over_by_now(&MoveRefusal::WrongState { payment, status }.into());
        assert!(found(PaymentStatus::Expired));
        assert!(!found(PaymentStatus::Canceled) && !found(PaymentStatus::Failed));
        assert!(!is_over_by_now(&Refusal::NoSuchPayment { payment }));
    }
}
