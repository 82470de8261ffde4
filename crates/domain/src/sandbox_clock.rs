//! The time of an application's sandbox: it goes with the platform's until its owners move it ahead or
//! let it stand still. It never goes back.

/// The furthest that one call moves a clock.
pub const ADVANCE_MS_MAX: i64 = 400 * DAY_MS;
/// The furthest that a clock may be ahead of the platform's.
pub const AHEAD_MS_MAX: i64 = 3_660 * DAY_MS;

const DAY_MS: i64 = 86_400_000;

/// What a clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxClock {
    /// It goes, at this distance from the platform's; below zero after it stood still.
    Running {
        /// The distance.
        ahead_ms: i64,
    },
    /// It stands still.
    Frozen {
        /// At this time.
        at_ms: i64,
    },
}

/// How far a clock is moved ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// By so many milliseconds.
    By(i64),
    /// To this time.
    To(i64),
}

/// What is done to a clock; what is left out stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClockMove {
    /// Whether it stands still from then on.
    pub frozen: Option<bool>,
    /// How far it is moved ahead.
    pub advance: Option<Advance>,
    /// The clock as whoever moves it saw it, so that the same wish sent twice moves it once.
    pub seen: Option<SandboxClock>,
}

/// Why a clock is not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefusal {
    /// Time does not go back, nor that far ahead at once.
    #[error("a clock is moved ahead by at most {ADVANCE_MS_MAX} milliseconds at once")]
    Advance,
    /// It is not as it was seen.
    #[error("the clock was moved meanwhile")]
    Moved,
    /// The clock would be too far ahead of the platform's.
    #[error("a clock is at most {AHEAD_MS_MAX} milliseconds ahead")]
    TooFarAhead,
}

impl Default for SandboxClock {
    fn default() -> Self {
        Self::Running { ahead_ms: 0 }
    }
}

impl SandboxClock {
    /// What it shows when the platform's clock shows `platform_ms`.
    #[must_use]
    pub const fn now_ms(self, platform_ms: i64) -> i64 {
        match self {
            Self::Running { ahead_ms } => platform_ms.saturating_add(ahead_ms),
            Self::Frozen { at_ms } => at_ms,
        }
    }

    /// Whether it stands still.
    #[must_use]
    pub const fn is_frozen(self) -> bool {
        matches!(self, Self::Frozen { .. })
    }

    /// When the platform's clock shows what this one shows at `at_ms`; none while it stands still before.
    #[must_use]
    pub const fn platform_ms(self, at_ms: i64) -> Option<i64> {
        match self {
            Self::Running { ahead_ms } => Some(at_ms.saturating_sub(ahead_ms)),
            Self::Frozen { .. } => None,
        }
    }

    /// The clock after it was moved.
    pub fn moved(self, by: ClockMove, platform_ms: i64) -> Result<Self, ClockRefusal> {
        if let Some(seen) = by.seen.filter(|seen| *seen != self) {
            // It may be this very wish that moved it.
            let wished = seen.moved(ClockMove { seen: None, ..by }, platform_ms);
            return if wished == Ok(self) { wished } else { Err(ClockRefusal::Moved) };
        }
        let before_ms = self.now_ms(platform_ms);
        let advance_ms = match by.advance {
            None => 0,
            Some(Advance::By(ms)) => ms,
            Some(Advance::To(at_ms)) => at_ms.saturating_sub(before_ms),
        };
        if !(0..=ADVANCE_MS_MAX).contains(&advance_ms) {
            return Err(ClockRefusal::Advance);
        }
        let at_ms = before_ms.saturating_add(advance_ms);
        let ahead_ms = at_ms.saturating_sub(platform_ms);
        if ahead_ms > AHEAD_MS_MAX {
            return Err(ClockRefusal::TooFarAhead);
        }
        let is_frozen = by.frozen.unwrap_or(self.is_frozen());
        Ok(if is_frozen { Self::Frozen { at_ms } } else { Self::Running { ahead_ms } })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ADVANCE_MS_MAX, AHEAD_MS_MAX, Advance, ClockMove, ClockRefusal, SandboxClock};

    const DAY_MS: i64 = 86_400_000;

    fn advance(by_ms: i64) -> ClockMove {
        ClockMove { advance: Some(Advance::By(by_ms)), ..ClockMove::default() }
    }

    fn standing(frozen: bool) -> ClockMove {
        ClockMove { frozen: Some(frozen), ..ClockMove::default() }
    }

    #[test]
    fn the_same_wish_twice_moves_a_clock_once() {
        let running = SandboxClock::Running { ahead_ms: 500 };
        for seen in [running, SandboxClock::Frozen { at_ms: 700 }] {
            let wish = ClockMove { seen: Some(seen), ..advance(DAY_MS) };
            let once = seen.moved(wish, 1_000).unwrap();
            assert_eq!(Ok(once), seen.moved(advance(DAY_MS), 1_000));
            // Time goes on between the two.
            assert_eq!(once.moved(wish, 9_000), Ok(once));
            let elsewhere = once.moved(advance(1), 9_000).unwrap();
            assert_eq!(elsewhere.moved(wish, 9_000), Err(ClockRefusal::Moved));
        }
        let frozen = running.moved(standing(true), 1_000).unwrap();
        assert_eq!(frozen.moved(ClockMove { seen: Some(running), ..advance(1) }, 1_000), Err(ClockRefusal::Moved));
    }

    #[test]
    fn frozen_clock_stands_still_and_goes_on_from_there() {
        let frozen = SandboxClock::default().moved(standing(true), 1_000).unwrap();
        assert_eq!((frozen.now_ms(1_000), frozen.now_ms(9_000)), (1_000, 1_000));
        let advanced = frozen.moved(advance(DAY_MS), 9_000).unwrap();
        assert_eq!((advanced.now_ms(20_000), advanced.platform_ms(5)), (1_000 + DAY_MS, None));
        let running = advanced.moved(standing(false), 30_000).unwrap();
        assert_eq!((running.now_ms(30_000), running.now_ms(30_001)), (1_000 + DAY_MS, 1_001 + DAY_MS));
        assert_eq!(running.platform_ms(running.now_ms(77)), Some(77));
    }

    #[test]
    fn clock_goes_neither_back_nor_out_of_reach() {
        let clock = SandboxClock::default();
        for by in [-1, i64::MIN, ADVANCE_MS_MAX + 1, i64::MAX] {
            assert_eq!(clock.moved(advance(by), 0), Err(ClockRefusal::Advance));
        }
        let to = |at_ms| ClockMove { advance: Some(Advance::To(at_ms)), ..ClockMove::default() };
        assert_eq!(clock.moved(to(999), 1_000), Err(ClockRefusal::Advance));
        assert_eq!(clock.moved(to(5_000), 1_000), Ok(SandboxClock::Running { ahead_ms: 4_000 }));
        let far = SandboxClock::Running { ahead_ms: AHEAD_MS_MAX };
        assert_eq!(far.moved(advance(1), 0), Err(ClockRefusal::TooFarAhead));
    }

    proptest! {
        #[test]
        fn time_never_goes_back(steps in prop::collection::vec((any::<Option<bool>>(), 0..DAY_MS, 0..DAY_MS), 0..40)) {
            let (mut clock, mut platform_ms, mut shown_ms) = (SandboxClock::default(), 0, 0);
            for (frozen, advance_ms, passed_ms) in steps {
                platform_ms += passed_ms;
                prop_assert!(clock.now_ms(platform_ms) >= shown_ms);
                let before_ms = clock.now_ms(platform_ms);
                clock = clock.moved(ClockMove { frozen, ..advance(advance_ms) }, platform_ms).unwrap_or(clock);
                shown_ms = clock.now_ms(platform_ms);
                prop_assert!(shown_ms == before_ms + advance_ms || shown_ms == before_ms);
            }
        }
    }
}
