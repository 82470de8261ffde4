//! How often somebody may do something: the generic cell rate algorithm. All that is remembered of
//! them is one number, the time at which the whole allowance will be there again.

use crate::text_enum::text_enum;

text_enum! {
    /// Calls that are counted apart.
    CallClass {
        /// Calls that change nothing.
        Read => "read",
        /// Calls that may have an effect.
        Write => "write",
    }
}

/// The time in which a spent allowance of calls grows back.
pub const WINDOW_S: u32 = 10;

const SECOND_US: i64 = 1_000_000;

/// So many at once, which grow back one by one over a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    quota: u32,
    window_us: i64,
}

/// Where a caller stands after a call, or instead of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Calls per window.
    pub quota: u32,
    /// Whole seconds in which a spent quota grows back.
    pub window_s: u32,
    /// Calls that could be made at once from here.
    pub remaining: u32,
    /// Whole seconds until the whole quota is there again.
    pub reset_s: u32,
}

/// A call that was one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// Where the caller stands.
    pub standing: Standing,
    /// How long until the next call is allowed.
    pub wait_ms: i64,
}

impl Allowance {
    /// So many per window; at least one.
    #[must_use]
    pub const fn per_window(quota: u32, window_s: u32) -> Self {
        Self { quota: if quota == 0 { 1 } else { quota }, window_us: window_s as i64 * SECOND_US }
    }

    /// So many calls per second on average, and so many at once; at least one of each.
    #[must_use]
    pub const fn with_burst(per_second: u32, burst: u32) -> Self {
        let per_second = if per_second == 0 { 1 } else { per_second };
        let quota = if burst == 0 { 1 } else { burst };
        Self { quota, window_us: quota as i64 * SECOND_US / per_second as i64 }
    }

    /// So many calls per second on average, at least one, and a window's worth of them at once.
    #[must_use]
    pub const fn per_second(calls: u32) -> Self {
        let calls = if calls == 0 { 1 } else { calls };
        Self::with_burst(calls, calls.saturating_mul(WINDOW_S))
    }

    /// The part of it that one of so many processes may grant, so that all of them together grant no
    /// more than it by much.
    #[must_use]
    pub const fn share_of(self, processes: u32) -> Self {
        Self { quota: self.quota.div_ceil(if processes == 0 { 1 } else { processes }), ..self }
    }

    /// What one costs, in time that has to pass until it is there again.
    const fn cost_us(self) -> i64 {
        let cost_us = self.window_us / self.quota as i64;
        if cost_us == 0 { 1 } else { cost_us }
    }

    /// Takes one. `whole_at_us` is when the whole allowance would be there again; the new value has to
    /// be remembered.
    pub fn take(self, whole_at_us: i64, now_us: i64) -> Result<(i64, Standing), TooMany> {
        // A clock that was set back must not lock anybody out for longer than a window.
        let due_us = whole_at_us.clamp(now_us, now_us + self.window_us);
        let after_us = due_us + self.cost_us();
        let wait_us = after_us - now_us - self.window_us;
        if wait_us > 0 {
            return Err(TooMany { standing: self.standing(due_us - now_us), wait_ms: (wait_us + 999) / 1000 });
        }
        Ok((after_us, self.standing(after_us - now_us)))
    }

    /// Gives one back that was taken.
    #[must_use]
    pub const fn give_back(self, whole_at_us: i64) -> i64 {
        whole_at_us - self.cost_us()
    }

    fn standing(self, owed_us: i64) -> Standing {
        let whole = |value: i64| u32::try_from(value.max(0)).unwrap_or(u32::MAX);
        Standing {
            quota: self.quota,
            window_s: whole((self.window_us + SECOND_US - 1) / SECOND_US),
            remaining: whole((self.window_us - owed_us) / self.cost_us()),
            reset_s: whole((owed_us + SECOND_US - 1) / SECOND_US),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW_US: i64 = 1_700_000_000_000_000;

    /// How many calls of so many at this moment are granted.
    fn granted(allowance: Allowance, whole_at_us: &mut i64, now_us: i64, calls: u32) -> u32 {
        let mut granted = 0;
        for _ in 0..calls {
            if let Ok((after, _)) = allowance.take(*whole_at_us, now_us) {
                *whole_at_us = after;
                granted += 1;
            }
        }
        granted
    }

    #[test]
    fn a_window_at_once_and_then_one_by_one() {
        let allowance = Allowance::per_second(5);
        let mut whole_at_us = 0;
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US, 60), 50);
        let TooMany { standing, wait_ms } = allowance.take(whole_at_us, NOW_US).unwrap_err();
        assert_eq!(standing, Standing { quota: 50, window_s: 10, remaining: 0, reset_s: 10 });
        assert_eq!(wait_ms, 200);
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US + 1_000_000, 60), 5);
    }

    #[test]
    fn a_burst_is_all_there_is_at_once() {
        let allowance = Allowance::with_burst(10, 15);
        let mut whole_at_us = 0;
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US, 60), 15);
        assert_eq!(allowance.take(whole_at_us, NOW_US).unwrap_err().standing.window_s, 2);
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US + 1_000_000, 60), 10);
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US + 60_000_000, 60), 15);
        let share = allowance.share_of(4);
        assert_eq!(granted(share, &mut 0, NOW_US, 60), 4);
    }

    #[test]
    fn a_clock_that_was_set_back_costs_a_window_at_most() {
        let allowance = Allowance::per_second(5);
        let mut whole_at_us = NOW_US + 1_000_000 * SECOND_US;
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US, 1), 0);
        whole_at_us = NOW_US + 1_000_000 * SECOND_US;
        let after = allowance.take(whole_at_us, NOW_US).unwrap_err().wait_ms;
        assert!(after <= 200, "{after}");
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let allowance = Allowance::per_window(3, 900);
        let mut whole_at_us = 0;
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US, 5), 3);
        whole_at_us = allowance.give_back(whole_at_us);
        assert_eq!(granted(allowance, &mut whole_at_us, NOW_US, 5), 1);
    }

    #[test]
    fn processes_share_an_allowance() {
        assert_eq!(Allowance::per_second(100).share_of(3), Allowance::per_window(334, WINDOW_S));
        assert_eq!(Allowance::per_second(1).share_of(8), Allowance::per_window(2, WINDOW_S));
        assert_eq!(Allowance::per_second(1).share_of(100), Allowance::per_window(1, WINDOW_S));
        assert_eq!(Allowance::per_second(7).share_of(0), Allowance::per_second(7));
    }

    proptest! {
        #[test]
        fn never_more_than_a_window_and_the_time_since(
            per_second in 1u32..5_000,
            steps in prop::collection::vec((0i64..3_000_000, 0u32..200), 1..40),
        ) {
            let allowance = Allowance::per_second(per_second);
            let (mut whole_at_us, mut now_us, mut all) = (0, NOW_US, 0u64);
            for (pause_us, calls) in steps {
                now_us += pause_us;
                all += u64::from(granted(allowance, &mut whole_at_us, now_us, calls));
                let passed_us = u64::try_from(now_us - NOW_US).unwrap();
                // A cost is cut to whole microseconds, so a rate may be up to that much higher.
                let cost_us = 1_000_000 / u64::from(per_second);
                prop_assert!(all <= (passed_us + 10_000_000) / cost_us);
            }
        }
    }
}
