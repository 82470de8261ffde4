//! Which instance of a channel takes a call: the one with the fewest calls for its weight, among those
//! that answer. A call goes on to another instance only while nothing can have happened.

mod breaker;
#[cfg(test)]
mod simulation;

use std::num::NonZeroU32;

pub use breaker::{Breaker, FAILURES_MAX, OPEN_MS_FIRST, OPEN_MS_MAX};

/// One instance of a channel, and how it does.
#[derive(Debug, Clone)]
struct Route {
    weight: NonZeroU32,
    is_enabled: bool,
    in_flight: u32,
    breaker: Breaker,
}

impl Route {
    const fn is_open(&self, now_ms: i64) -> bool {
        self.is_enabled && self.breaker.lets_through(now_ms)
    }
}

/// The instances of a channel.
#[derive(Debug, Clone)]
pub struct Routes(Vec<Route>);

/// How a call to an instance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallEnd {
    /// The instance answered, whatever it said.
    Answered,
    /// The call never left: there was no connection, or it was refused before anything was read.
    NotSent,
    /// The call left and no answer came; what became of it is unknown.
    NoAnswer,
}

/// What a call comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journey {
    /// This instance is to be called next; say how it ended by [`Routes::ended`].
    Call {
        /// Its place among the instances.
        instance: usize,
    },
    /// An instance answered.
    Answered,
    /// An instance may have done it. Only the same one may be asked about it.
    Unknown {
        /// Its place among the instances.
        instance: usize,
    },
    /// No instance took it. Nothing was done, so it may be tried again.
    Unavailable,
}

/// One call on its way through the instances.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    tried: Vec<usize>,
}

impl Routes {
    /// Instances of these weights, all of which are taken to answer.
    #[must_use]
    pub fn new(weights: &[NonZeroU32]) -> Self {
        Self(
            weights
                .iter()
                .map(|weight| Route { weight: *weight, is_enabled: true, in_flight: 0, breaker: Breaker::default() })
                .collect(),
        )
    }

    /// How many instances there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Takes in what an administrator wants of an instance. Calls that it has go on, and what is known
    /// about it stays known.
    pub fn tune(&mut self, instance: usize, weight: NonZeroU32, is_enabled: bool) {
        if let Some(route) = self.0.get_mut(instance) {
            (route.weight, route.is_enabled) = (weight, is_enabled);
        }
    }

    /// What is known about an instance.
    #[must_use]
    pub fn breaker(&self, instance: usize) -> Breaker {
        self.0.get(instance).map_or_else(Breaker::default, |route| route.breaker)
    }

    /// How many calls an instance has at the moment.
    #[must_use]
    pub fn in_flight(&self, instance: usize) -> u32 {
        self.0.get(instance).map_or(0, |route| route.in_flight)
    }

    /// Begins a call. `draw` decides between instances that are as good as each other.
    pub fn begin(&mut self, attempt: &mut Attempt, draw: u64, now_ms: i64) -> Journey {
        let Some(instance) = self.choose(&attempt.tried, draw, now_ms) else { return Journey::Unavailable };
        attempt.tried.push(instance);
        self.begin_at(instance);
        Journey::Call { instance }
    }

    /// Begins a call that only this instance can answer, because it has the payment: whether it is left
    /// alone or not.
    pub fn begin_at(&mut self, instance: usize) {
        if let Some(route) = self.0.get_mut(instance) {
            route.in_flight += 1;
            route.breaker.begin();
        }
    }

    /// Takes back a call that was begun and then not made. It says nothing about the instance.
    pub fn not_made(&mut self, instance: usize, now_ms: i64) {
        if let Some(route) = self.0.get_mut(instance) {
            route.in_flight = route.in_flight.saturating_sub(1);
            route.breaker.not_made(now_ms);
        }
    }

    /// Takes in how a call ended, and says what follows for the one who made it.
    pub fn ended(&mut self, attempt: &mut Attempt, instance: usize, end: CallEnd, draw: u64, now_ms: i64) -> Journey {
        self.ended_at(instance, end, now_ms);
        match end {
            CallEnd::Answered => Journey::Answered,
            CallEnd::NoAnswer => Journey::Unknown { instance },
            CallEnd::NotSent => self.begin(attempt, draw, now_ms),
        }
    }

    /// Takes in how a call ended that only this instance could answer.
    pub fn ended_at(&mut self, instance: usize, end: CallEnd, now_ms: i64) {
        let Some(route) = self.0.get_mut(instance) else { return };
        route.in_flight = route.in_flight.saturating_sub(1);
        match end {
            CallEnd::Answered => route.breaker.succeeded(),
            CallEnd::NotSent | CallEnd::NoAnswer => route.breaker.failed(now_ms),
        }
    }

    fn choose(&self, tried: &[usize], draw: u64, now_ms: i64) -> Option<usize> {
        let open: Vec<usize> = (0..self.0.len())
            .filter(|instance| !tried.contains(instance) && self.0[*instance].is_open(now_ms))
            .collect();
        let lightest = *open.iter().min_by(|a, b| self.load(**a, **b))?;
        let ties: Vec<usize> = open.into_iter().filter(|other| self.load(lightest, *other).is_eq()).collect();
        let weights = ties.iter().map(|tie| u64::from(self.0[*tie].weight.get()));
        let mut place = draw % weights.clone().sum::<u64>();
        for (tie, weight) in ties.iter().zip(weights) {
            if place < weight {
                return Some(*tie);
            }
            place -= weight;
        }
        Some(lightest)
    }

    /// Compares what two instances would have to do for their weight with one call more.
    fn load(&self, a: usize, b: usize) -> std::cmp::Ordering {
        let share = |of: usize, other: usize| {
            u64::from(self.0[of].in_flight).saturating_add(1).saturating_mul(u64::from(self.0[other].weight.get()))
        };
        share(a, b).cmp(&share(b, a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(weights: &[u32]) -> Routes {
        let weights: Vec<NonZeroU32> = weights.iter().map(|weight| NonZeroU32::new(*weight).unwrap()).collect();
        Routes::new(&weights)
    }

    fn called(journey: Journey) -> usize {
        match journey {
            Journey::Call { instance } => instance,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn calls_at_the_same_time_are_shared_by_weight() {
        let mut routes = routes(&[3, 1]);
        for draw in 0..40 {
            called(routes.begin(&mut Attempt::default(), draw, 0));
        }
        assert_eq!((routes.in_flight(0), routes.in_flight(1)), (30, 10));
    }

    #[test]
    fn slow_instance_gets_fewer_calls() {
        let mut routes = routes(&[1, 1]);
        let mut counts = [0; 2];
        let mut slow = Vec::new();
        for draw in 0..100 {
            let mut attempt = Attempt::default();
            let instance = called(routes.begin(&mut attempt, draw, 0));
            counts[instance] += 1;
            // The second one holds on to ten calls at a time.
            if instance == 0 {
                routes.ended(&mut attempt, 0, CallEnd::Answered, 0, 0);
            } else {
                slow.push(attempt);
            }
            if slow.len() > 10 {
                routes.ended(&mut slow.remove(0), 1, CallEnd::Answered, 0, 0);
            }
        }
        assert!(counts[0] > 80, "{counts:?}");
    }

    #[test]
    fn call_goes_on_only_while_nothing_can_have_happened() {
        let mut routes = routes(&[1, 1, 1]);
        let mut attempt = Attempt::default();
        let first = called(routes.begin(&mut attempt, 0, 0));
        let second = called(routes.ended(&mut attempt, first, CallEnd::NotSent, 0, 0));
        assert_ne!(first, second);
        let end = routes.ended(&mut attempt, second, CallEnd::NoAnswer, 0, 0);
        assert_eq!(end, Journey::Unknown { instance: second });
        assert!((0..3).all(|instance| routes.in_flight(instance) == 0));
    }

    #[test]
    fn instance_that_was_turned_off_gets_no_new_call_and_keeps_what_it_has() {
        let mut routes = routes(&[1, 1]);
        let (mut attempt, one) = (Attempt::default(), NonZeroU32::MIN);
        let first = called(routes.begin(&mut attempt, 0, 0));
        routes.tune(first, one, false);
        for draw in 0..10 {
            assert_ne!(called(routes.begin(&mut Attempt::default(), draw, 0)), first);
        }
        assert_eq!(routes.in_flight(first), 1);
        routes.begin_at(first);
        routes.ended_at(first, CallEnd::Answered, 0);
        assert_eq!(routes.ended(&mut attempt, first, CallEnd::Answered, 0, 0), Journey::Answered);
        routes.tune(1 - first, one, false);
        assert_eq!(routes.begin(&mut Attempt::default(), 0, 0), Journey::Unavailable);
    }

    #[test]
    fn probe_that_was_not_made_may_be_made_by_the_next_call() {
        let mut routes = routes(&[1]);
        for _ in 0..FAILURES_MAX {
            let mut attempt = Attempt::default();
            called(routes.begin(&mut attempt, 0, 0));
            routes.ended(&mut attempt, 0, CallEnd::NoAnswer, 0, 0);
        }
        assert_eq!(called(routes.begin(&mut Attempt::default(), 0, OPEN_MS_FIRST)), 0);
        assert_eq!(routes.begin(&mut Attempt::default(), 0, OPEN_MS_FIRST), Journey::Unavailable);
        routes.not_made(0, OPEN_MS_FIRST);
        assert_eq!(called(routes.begin(&mut Attempt::default(), 0, OPEN_MS_FIRST)), 0);
        assert_eq!(routes.in_flight(0), 1);
    }

    #[test]
    fn call_that_nobody_took_is_unavailable() {
        let mut routes = routes(&[5, 1]);
        let mut attempt = Attempt::default();
        let first = called(routes.begin(&mut attempt, 7, 0));
        let second = called(routes.ended(&mut attempt, first, CallEnd::NotSent, 7, 0));
        assert_eq!(routes.ended(&mut attempt, second, CallEnd::NotSent, 7, 0), Journey::Unavailable);
        assert_eq!(Routes::new(&[]).begin(&mut Attempt::default(), 7, 0), Journey::Unavailable);
    }
}
