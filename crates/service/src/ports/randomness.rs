//! Where random bytes come from.

use std::sync::Mutex;

use aws_lc_rs::hkdf;

/// Gives random bytes.
pub trait Randomness: Send + Sync + 'static {
    /// Fills the slice.
    fn fill(&self, bytes: &mut [u8]);
}

/// An array of random bytes.
#[must_use]
pub fn random_bytes<const N: usize>(randomness: &dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "this is the one port to the system's generator")]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the system's random generator works");
    }
}

/// Bytes that look random and are the same for the same seed, for tests.
#[derive(Debug)]
pub struct SeededRandomness {
    state: Mutex<[u8; 32]>,
}

impl SeededRandomness {
    /// A generator that starts from this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut state = [0; 32];
        state[..8].copy_from_slice(&seed.to_le_bytes());
        Self { state: Mutex::new(state) }
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.state.lock().expect("no holder of the lock panics");
        let key = hkdf::Salt::new(hkdf::HKDF_SHA256, b"tallyport test randomness").extract(&*state);
        for chunk in bytes.chunks_mut(32) {
            let next = expand(&key, *state);
            chunk.copy_from_slice(&next[..chunk.len()]);
            *state = expand(&key, next);
        }
    }
}

fn expand(key: &hkdf::Prk, info: [u8; 32]) -> [u8; 32] {
    let mut out = [0; 32];
    key.expand(&[&info], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut out))
        .expect("32 bytes are within what HKDF gives");
    out
}
