//! The circuit breaker of one instance: after some failures in a row it is left alone for a while; then
//! one call finds out whether it answers again.

/// So many failures in a row open the breaker.
pub const FAILURES_MAX: u32 = 5;
/// For how long it is left alone the first time; each time in a row, twice as long.
pub const OPEN_MS_FIRST: i64 = 1_000;
/// The longest that it is left alone.
pub const OPEN_MS_MAX: i64 = 60_000;

/// What is known about an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// It answers, apart from the last few calls.
    Closed {
        /// Failures in a row.
        failures: u32,
    },
    /// It is left alone.
    Open {
        /// Until then.
        until_ms: i64,
        /// How often in a row it was found dead.
        trips: u32,
    },
    /// One call finds out; nobody else calls meanwhile.
    Probing {
        /// How often in a row it was found dead.
        trips: u32,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    /// The name of every state.
    pub const NAMES: [&'static str; 3] = ["closed", "open", "probing"];

    /// The state's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed { .. } => Self::NAMES[0],
            Self::Open { .. } => Self::NAMES[1],
            Self::Probing { .. } => Self::NAMES[2],
        }
    }

    /// Whether a call may go there. A clock that was set back keeps nobody out for longer than any breaker does.
    #[must_use]
    pub const fn lets_through(self, now_ms: i64) -> bool {
        match self {
            Self::Closed { .. } => true,
            Self::Open { until_ms, .. } => now_ms >= until_ms || until_ms.saturating_sub(now_ms) > OPEN_MS_MAX,
            Self::Probing { .. } => false,
        }
    }

    /// A call goes there that was let through.
    pub(super) const fn begin(&mut self) {
        if let Self::Open { trips, .. } = *self {
            *self = Self::Probing { trips };
        }
    }

    /// The call that went there was not made after all; the next one may be.
    pub(super) const fn not_made(&mut self, now_ms: i64) {
        if let Self::Probing { trips } = *self {
            *self = Self::Open { until_ms: now_ms, trips };
        }
    }

    /// It answered.
    pub(super) const fn succeeded(&mut self) {
        *self = Self::Closed { failures: 0 };
    }

    /// It did not answer.
    pub(super) fn failed(&mut self, now_ms: i64) {
        *self = match *self {
            Self::Closed { failures } if failures + 1 < FAILURES_MAX => Self::Closed { failures: failures + 1 },
            Self::Closed { .. } => Self::open(0, now_ms),
            // A call that began before it was opened tells nothing new.
            open @ Self::Open { .. } => open,
            Self::Probing { trips } => Self::open(trips.saturating_add(1), now_ms),
        };
    }

    fn open(trips: u32, now_ms: i64) -> Self {
        let wait_ms = OPEN_MS_FIRST.saturating_mul(1_i64.checked_shl(trips.min(32)).unwrap_or(i64::MAX));
        Self::Open { until_ms: now_ms.saturating_add(wait_ms.min(OPEN_MS_MAX)), trips }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_that_is_set_back_keeps_nobody_out() {
        const HOUR_MS: i64 = 3_600_000;
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES_MAX {
            breaker.failed(HOUR_MS);
        }
        assert!(!breaker.lets_through(HOUR_MS));
        assert!(breaker.lets_through(0));
    }

    #[test]
    fn dead_instance_is_left_alone_for_longer_and_longer_and_probed_by_one_call() {
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES_MAX {
            assert!(breaker.lets_through(0));
            breaker.failed(0);
        }
        let mut now_ms = 0;
        for wait_ms in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
            assert!(!breaker.lets_through(now_ms + wait_ms - 1), "{wait_ms}");
            now_ms += wait_ms;
            assert!(breaker.lets_through(now_ms), "{wait_ms}");
            breaker.begin();
            assert!(!breaker.lets_through(now_ms), "only one call probes");
            breaker.failed(now_ms);
        }
        assert!(breaker.lets_through(now_ms + 60_000));
        breaker.begin();
        breaker.succeeded();
        assert_eq!(breaker, Breaker::Closed { failures: 0 });
    }

    #[test]
    fn answer_in_between_starts_the_count_anew() {
        let mut breaker = Breaker::default();
        for _ in 0..100 {
            (1..FAILURES_MAX).for_each(|_| breaker.failed(0));
            breaker.succeeded();
        }
        assert!(breaker.lets_through(0));
    }
}
