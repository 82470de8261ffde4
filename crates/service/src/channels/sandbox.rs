//! The sandbox's channel: it moves no money, and answers as the request asks for. What it says follows
//! from the order alone, so it says the same to the same reference however often it is asked.

use std::time::Duration;

use tallyport_domain::Money;
use tallyport_domain::channel::{ChannelAnswer, Drill, SandboxOutcome};

use super::channel::{Channel, Heard, Order, Reply};

/// How long it takes when it is asked to be late.
const LATE: Duration = Duration::from_secs(1);

/// An instance, with the fault that an administrator practises.
pub(super) struct Sandbox {
    drill: Option<Drill>,
}

static SOUND: Sandbox = Sandbox { drill: None };
static UNREACHABLE: Sandbox = Sandbox { drill: Some(Drill::Unreachable) };
static SILENT: Sandbox = Sandbox { drill: Some(Drill::Silent) };

/// The instance that has this fault.
pub(super) fn instance(drill: Option<Drill>) -> &'static dyn Channel {
    match drill {
        None => &SOUND,
        Some(Drill::Unreachable) => &UNREACHABLE,
        Some(Drill::Silent) => &SILENT,
    }
}

impl Sandbox {
    fn reply(&self, order: &Order, answer: ChannelAnswer, waits: bool) -> Reply {
        tracing::trace!(reference = %order.reference, amount = %order.amount, ?answer, "the sandbox was asked");
        match self.drill {
            Some(Drill::Unreachable) => Reply::Now(Heard::NotSent),
            Some(Drill::Silent) => Reply::Now(Heard::NoAnswer),
            None if waits => Reply::Later(Box::pin(async move {
                tokio::time::sleep(LATE).await;
                Heard::Answer(answer)
            })),
            None => Reply::Now(Heard::Answer(answer)),
        }
    }
}

/// What follows from the order.
fn answer(order: &Order, checks: u32) -> ChannelAnswer {
    match order.method {
        Some(method) => method.sandbox_answer(order.scene, order.outcome, checks).unwrap_or(ChannelAnswer::Unknown),
        None => order.outcome.unwrap_or(SandboxOutcome::Succeeds).answer_without_payer(checks),
    }
}

fn is_late(order: &Order) -> bool {
    order.outcome.is_some_and(|outcome| !outcome.is_at_once())
}

impl Channel for Sandbox {
    fn authorize(&self, order: &Order) -> Reply {
        self.reply(order, answer(order, 0), is_late(order))
    }

    fn capture(&self, order: &Order, amount: Money) -> Reply {
        self.reply(&Order { amount, ..*order }, ChannelAnswer::Approved, false)
    }

    fn cancel(&self, order: &Order) -> Reply {
        self.reply(order, ChannelAnswer::Approved, false)
    }

    fn refund(&self, order: &Order) -> Reply {
        self.reply(order, answer(order, 0), is_late(order))
    }

    fn payout(&self, order: &Order) -> Reply {
        self.reply(order, answer(order, 0), is_late(order))
    }

    fn query(&self, order: &Order, checks: u32) -> Reply {
        self.reply(order, answer(order, checks), false)
    }

    fn times_told(&self, order: &Order) -> usize {
        if order.outcome == Some(SandboxOutcome::AnswersTwice) { 2 } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use tallyport_domain::ids::{ObjectId, PaymentId};
    use tallyport_domain::payment::{Card, Method, Scene};
    use tokio::task::JoinSet;

    use super::*;

    fn order(method: Option<Method>, outcome: Option<SandboxOutcome>) -> Order {
        Order {
            reference: ObjectId::Payment(PaymentId::from_parts(1, [7; 10])),
            amount: Money::from_minor(100, "USD".parse().unwrap()),
            method,
            scene: Some(Scene::Pc),
            outcome,
        }
    }

    async fn heard(reply: Reply) -> Heard {
        match reply {
            Reply::Now(heard) => heard,
            Reply::Later(underway) => underway.await,
        }
    }

    /// Every way to call it.
    fn calls(channel: &dyn Channel, order: &Order) -> [Reply; 6] {
        [
            channel.authorize(order),
            channel.capture(order, order.amount),
            channel.cancel(order),
            channel.refund(order),
            channel.payout(order),
            channel.query(order, 1),
        ]
    }

    #[tokio::test]
    async fn the_same_reference_is_answered_the_same_however_often_it_is_asked() {
        let methods = Card::ALL.iter().map(|card| Some(Method::Card(*card))).chain([None]);
        let mut asked = JoinSet::new();
        for method in methods {
            for outcome in SandboxOutcome::ALL.iter().copied().map(Some).chain([None]) {
                let order = order(method, outcome);
                for (first, second) in calls(instance(None), &order).into_iter().zip(calls(instance(None), &order)) {
                    // Some are late, and all are waited for at once.
                    asked.spawn(async move { assert_eq!(heard(first).await, heard(second).await, "{order:?}") });
                }
            }
        }
        asked.join_all().await;
    }

    #[tokio::test]
    async fn fault_that_is_practised_is_every_calls_fault() {
        for (drill, expected) in [(Drill::Unreachable, Heard::NotSent), (Drill::Silent, Heard::NoAnswer)] {
            for reply in calls(instance(Some(drill)), &order(None, None)) {
                assert_eq!(heard(reply).await, expected);
            }
        }
    }
}
