//! Seeded histories of calls over instances that die, hang and come back. After every step: no call has
//! an effect at two instances, what is in flight is counted, and instances that answer are found again.

use std::num::NonZeroU32;

use super::{Attempt, CallEnd, Journey, OPEN_MS_MAX, Routes};

/// A small generator, so that a seed is a history (SplitMix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    Fine,
    Refuses,
    Hangs,
}

struct Call {
    attempt: Attempt,
    instance: usize,
    effects: u32,
}

struct World {
    draw: Draw,
    routes: Routes,
    health: Vec<Health>,
    flying: Vec<Call>,
    now_ms: i64,
    answered: u64,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut draw = Draw(seed);
        let count = usize::try_from(1 + draw.below(4)).unwrap();
        let weights: Vec<NonZeroU32> =
            (0..count).map(|_| NonZeroU32::new(u32::try_from(1 + draw.below(5)).unwrap()).unwrap()).collect();
        Self {
            routes: Routes::new(&weights),
            health: vec![Health::Fine; count],
            flying: Vec::new(),
            now_ms: 0,
            answered: 0,
            draw,
        }
    }

    fn step(&mut self) {
        match self.draw.below(10) {
            0 => {
                let instance = usize::try_from(self.draw.next()).unwrap_or(0) % self.health.len();
                let healths = [Health::Fine, Health::Refuses, Health::Hangs];
                self.health[instance] = healths[usize::try_from(self.draw.below(3)).unwrap()];
            }
            1 => self.now_ms += i64::try_from(self.draw.below(5_000)).unwrap(),
            2..=5 => {
                let mut attempt = Attempt::default();
                let journey = self.routes.begin(&mut attempt, self.draw.next(), self.now_ms);
                self.follow(Call { attempt, instance: 0, effects: 0 }, journey);
            }
            _ => self.end_one(),
        }
        self.check();
    }

    fn end_one(&mut self) {
        if self.flying.is_empty() {
            return;
        }
        let position = usize::try_from(self.draw.next() % u64::try_from(self.flying.len()).unwrap()).unwrap();
        let mut call = self.flying.swap_remove(position);
        let end = match self.health[call.instance] {
            Health::Fine => CallEnd::Answered,
            Health::Refuses => CallEnd::NotSent,
            Health::Hangs => CallEnd::NoAnswer,
        };
        // Whoever hangs may have done it all the same.
        call.effects += u32::from(end != CallEnd::NotSent);
        let draw = self.draw.next();
        let journey = self.routes.ended(&mut call.attempt, call.instance, end, draw, self.now_ms);
        self.follow(call, journey);
    }

    fn follow(&mut self, call: Call, journey: Journey) {
        match journey {
            Journey::Call { instance } => {
                assert_eq!(call.effects, 0, "a call went on after it may have had an effect");
                self.flying.push(Call { instance, ..call });
            }
            Journey::Answered => {
                assert_eq!(call.effects, 1);
                self.answered += 1;
            }
            Journey::Unknown { instance } => assert_eq!((call.effects, instance), (1, call.instance)),
            Journey::Unavailable => assert_eq!(call.effects, 0, "what may have happened is not unavailable"),
        }
    }

    fn check(&self) {
        for instance in 0..self.health.len() {
            let flying = self.flying.iter().filter(|call| call.instance == instance).count();
            assert_eq!(usize::try_from(self.routes.in_flight(instance)).unwrap(), flying);
        }
    }

    /// Everything gets well and every call ends: then the next calls are answered, after one longest wait.
    fn recover(&mut self) {
        self.health.fill(Health::Fine);
        while !self.flying.is_empty() {
            self.end_one();
        }
        self.now_ms += OPEN_MS_MAX;
        let before = self.answered;
        for _ in 0..10 {
            let mut attempt = Attempt::default();
            let journey = self.routes.begin(&mut attempt, self.draw.next(), self.now_ms);
            self.follow(Call { attempt, instance: 0, effects: 0 }, journey);
            self.end_one();
        }
        assert_eq!(self.answered - before, 10, "an instance that answers again was not found");
    }
}

#[test]
fn no_history_of_faults_doubles_a_call_or_loses_an_instance_for_ever() {
    for seed in 0..2_000 {
        let mut world = World::new(seed);
        for _ in 0..300 {
            world.step();
        }
        world.recover();
    }
}
