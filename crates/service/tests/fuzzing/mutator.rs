//! Makes inputs out of others: bits, bytes, words of the grammar, pieces of another input.

/// A seeded mutator.
pub(crate) struct Mutator<'w> {
    state: u64,
    words: &'w [&'w str],
}

/// Longer inputs are cut: the parsers' own limits have corpus entries, and short inputs are many.
const BYTES_MAX: usize = 4096;

impl<'w> Mutator<'w> {
    pub(crate) const fn new(seed: u64, words: &'w [&'w str]) -> Self {
        Self { state: seed, words }
    }

    /// One of the pool, changed once or a few times.
    pub(crate) fn next(&mut self, pool: &[Vec<u8>]) -> Vec<u8> {
        let mut input = pool[self.below(pool.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input, pool);
        }
        input.truncate(BYTES_MAX);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, pool: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        match self.below(8) {
            0 => self.on_byte(input, |byte, random| byte ^ (1 << (random % 8))),
            1 => self.on_byte(input, |_, random| random.to_le_bytes()[0]),
            2 => drop(input.drain(at..self.end_of_piece(at, input.len()))),
            3 => {
                let piece = input[at..self.end_of_piece(at, input.len())].to_vec();
                let to = self.below(input.len() + 1);
                input.splice(to..to, piece);
            }
            4 => {
                let other = &pool[self.below(pool.len())];
                let from = self.below(other.len() + 1);
                let piece = other[from..self.end_of_piece(from, other.len())].to_vec();
                input.splice(at..at, piece);
            }
            5 => {
                let byte = self.random().to_le_bytes()[0];
                input.splice(at..at, std::iter::repeat_n(byte, 1 << self.below(8)));
            }
            _ => {
                let word = self.words[self.below(self.words.len())].as_bytes();
                let end = if self.below(2) == 0 { at } else { (at + word.len()).min(input.len()) };
                input.splice(at..end, word.iter().copied());
            }
        }
    }

    fn on_byte(&mut self, input: &mut [u8], change: impl Fn(u8, u64) -> u8) {
        if !input.is_empty() {
            let at = self.below(input.len());
            input[at] = change(input[at], self.random());
        }
    }

    /// Pieces are short more often than long.
    fn end_of_piece(&mut self, from: usize, length: usize) -> usize {
        let longest = 1 << self.below(9);
        (from + 1 + self.below(longest)).min(length)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a length fits");
        usize::try_from(self.random() % bound).expect("it is below a length")
    }

    /// SplitMix64: short, and good enough to choose bytes with.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
