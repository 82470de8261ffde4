//! The random parts of the ids that a lane draws. Lists are in the order of ids, and ids in that of their
//! milliseconds; within one each random part is above the one before, so that lists show events and postings in the
//! order in which they came about.

use tallyport_domain::ids::RANDOM_BYTES;

/// Where the ids have got to.
#[derive(Debug, Default)]
pub(crate) struct Ascent {
    ms: i64,
    last: u128,
}

/// What a new millisecond begins below, so that there is always a way up.
const ROOM: u128 = 1 << (8 * RANDOM_BYTES - 1);
/// How far it may go up at a time, so that no id can be guessed from another.
const STEP_MAX: u128 = 1 << 40;

impl Ascent {
    /// The next random part of this millisecond, made of what was drawn.
    pub(crate) fn next(&mut self, ms: i64, drawn: [u8; RANDOM_BYTES]) -> [u8; RANDOM_BYTES] {
        let drawn = drawn.into_iter().fold(0, |number, byte| number << 8 | u128::from(byte));
        self.last = if ms > self.ms { drawn % ROOM } else { self.last + 1 + drawn % STEP_MAX };
        self.ms = self.ms.max(ms);
        let mut part = [0; RANDOM_BYTES];
        part.copy_from_slice(&self.last.to_be_bytes()[size_of::<u128>() - RANDOM_BYTES..]);
        part
    }
}

#[cfg(test)]
mod tests {
    use tallyport_domain::ids::EventId;

    use super::*;

    #[test]
    fn ids_of_one_millisecond_go_up_whatever_is_drawn() {
        let mut ascent = Ascent::default();
        let mut last = EventId::from_parts(0, [0; RANDOM_BYTES]);
        for (ms, drawn) in [(7, 255), (7, 0), (7, 255), (7, 1), (8, 0), (8, 0), (8, 255), (9, 255), (9, 0)] {
            let id = EventId::from_parts(ms, ascent.next(ms, [drawn; RANDOM_BYTES]));
            assert!(id > last, "{id} after {last}");
            last = id;
        }
    }

    #[test]
    fn ids_go_up_within_a_clock_that_was_set_back() {
        let mut ascent = Ascent::default();
        let parts: Vec<_> = [5, 3, 3, 4, 5].map(|ms| ascent.next(ms, [9; RANDOM_BYTES])).into();
        assert!(parts.is_sorted() && parts.windows(2).all(|two| two[0] != two[1]), "{parts:?}");
    }
}
