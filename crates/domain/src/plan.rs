//! Plans: how often an application may call the open API, under a name that administrators gave. An
//! application without one goes by the settings.

use crate::ids::PlanId;
use crate::label;
use crate::rate::{Allowance, CallClass, WINDOW_S};

/// Far more calls than one machine answers.
pub const PER_SECOND_MAX: u32 = 100_000;
/// A caller who was away may make the calls of so many seconds at once, and no more.
pub const BURST_SECONDS_MAX: u32 = 60;

/// So many calls per second on average, and so many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// On average.
    pub per_second: u32,
    /// At once.
    pub burst: u32,
}

/// How often an application may call, reading and writing apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallLimits {
    /// Calls that change nothing.
    pub reads: Rate,
    /// Calls that may have an effect.
    pub writes: Rate,
}

/// A named set of limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The id.
    pub id: PlanId,
    /// What administrators call it.
    pub name: String,
    /// What it allows.
    pub limits: CallLimits,
}

/// A number of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanNumber {
    /// How many calls per second.
    PerSecond,
    /// How many at once.
    Burst,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// It has no name that people can read.
    #[error("a plan has a name of one line")]
    Name,
    /// A number is none, or out of its bounds.
    #[error("a number of the {} calls does not fit", .0.as_str())]
    Number(CallClass, PlanNumber),
}

/// A plan as somebody wrote it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlanText<'a> {
    /// Its name.
    pub name: &'a str,
    /// Reading calls per second.
    pub reads_per_second: &'a str,
    /// Reading calls at once.
    pub reads_burst: &'a str,
    /// Writing calls per second.
    pub writes_per_second: &'a str,
    /// Writing calls at once.
    pub writes_burst: &'a str,
}

impl Rate {
    /// So many per second, and a window's worth of them at once.
    #[must_use]
    pub const fn per_second(calls: u32) -> Self {
        Self { per_second: calls, burst: calls.saturating_mul(WINDOW_S) }
    }

    /// The same as an allowance.
    #[must_use]
    pub const fn allowance(self) -> Allowance {
        Allowance::with_burst(self.per_second, self.burst)
    }
}

impl CallLimits {
    /// The limit of one class.
    #[must_use]
    pub const fn of(&self, class: CallClass) -> Rate {
        match class {
            CallClass::Read => self.reads,
            CallClass::Write => self.writes,
        }
    }
}

impl PlanText<'_> {
    /// The name and the limits, or everything that is wrong with them.
    pub fn read(&self) -> Result<(String, CallLimits), Vec<PlanFault>> {
        let name = label::name(self.name).map_err(|_| vec![PlanFault::Name]);
        let reads = rate(CallClass::Read, self.reads_per_second, self.reads_burst);
        let writes = rate(CallClass::Write, self.writes_per_second, self.writes_burst);
        match (name, reads, writes) {
            (Ok(name), Ok(reads), Ok(writes)) => Ok((name, CallLimits { reads, writes })),
            (name, reads, writes) => {
                let faults = [name.err(), reads.err(), writes.err()];
                Err(faults.into_iter().flatten().flatten().collect())
            }
        }
    }
}

fn rate(class: CallClass, per_second: &str, burst: &str) -> Result<Rate, Vec<PlanFault>> {
    let number =
        |text: &str, min: u32, max: u32| text.trim().parse().ok().filter(|number| (min..=max).contains(number));
    let Some(per_second) = number(per_second, 1, PER_SECOND_MAX) else {
        return Err(vec![PlanFault::Number(class, PlanNumber::PerSecond)]);
    };
    match number(burst, per_second, per_second * BURST_SECONDS_MAX) {
        Some(burst) => Ok(Rate { per_second, burst }),
        None => Err(vec![PlanFault::Number(class, PlanNumber::Burst)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: PlanText<'_> = PlanText {
        name: "Large",
        reads_per_second: "100",
        reads_burst: "100",
        writes_per_second: "5",
        writes_burst: "300",
    };

    #[test]
    fn a_plan_is_read_as_it_was_written() {
        let (name, limits) = GOOD.read().unwrap();
        assert_eq!(name, "Large");
        assert_eq!(limits.of(CallClass::Read), Rate { per_second: 100, burst: 100 });
        assert_eq!(limits.of(CallClass::Write), Rate { per_second: 5, burst: 300 });
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let bad = PlanText { name: " ", reads_per_second: "0", reads_burst: "x", writes_burst: "4", ..GOOD };
        let faults = bad.read().unwrap_err();
        let number = PlanFault::Number;
        let per_second = number(CallClass::Read, PlanNumber::PerSecond);
        assert_eq!(faults, [PlanFault::Name, per_second, number(CallClass::Write, PlanNumber::Burst)]);
        for burst in ["301", "-5", "1e2", "", "99999999999"] {
            let bad = PlanText { writes_burst: burst, ..GOOD };
            assert_eq!(bad.read().unwrap_err(), [number(CallClass::Write, PlanNumber::Burst)], "{burst}");
        }
        assert!(PlanText { reads_per_second: "100001", ..GOOD }.read().is_err());
    }
}
