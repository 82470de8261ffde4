//! Passwords: Argon2id on a pool of two, because each hash takes 64 MiB and a core.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash as PhcHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::ports::{Randomness, random_bytes};

const AT_ONCE_MAX: usize = 2;

/// What a hash costs whoever computes it. It stands in each hash, so hashes of different costs live
/// side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    memory_kib: u32,
    passes: u32,
}

impl PasswordCost {
    /// What guessing shall cost: the only one for passwords of people.
    pub const FULL: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// The least that Argon2 takes, for tests whose subject is something else and that hash thousands of
    /// times.
    pub const LEAST: Self = Self { memory_kib: 8, passes: 1 };

    fn argon2(self) -> Argon2<'static> {
        let params =
            Params::new(self.memory_kib, self.passes, 1, None).expect("the parameters are within Argon2's bounds");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    /// Only its cost matters. The output is no hash of any password, so nothing matches it.
    fn hash_of_nothing(self, randomness: &dyn Randomness) -> String {
        let salt = base64_no_pad(&random_bytes::<16>(randomness));
        let output = base64_no_pad(&random_bytes::<32>(randomness));
        format!("$argon2id$v=19$m={},t={},p=1${salt}${output}", self.memory_kib, self.passes)
    }
}

/// A hash with its parameters, as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    cost: PasswordCost,
    places: Arc<Semaphore>,
    /// The hash of no password: checked for unknown people, so that they take as long as known ones.
    dummy: Arc<String>,
    /// How many hashes were computed, for whoever measures or compares.
    computed: Arc<AtomicU64>,
}

impl Passwords {
    /// A pool with its dummy hash.
    #[must_use]
    pub fn new(cost: PasswordCost, randomness: &dyn Randomness) -> Self {
        let dummy = cost.hash_of_nothing(randomness);
        Self { cost, places: Arc::new(Semaphore::new(AT_ONCE_MAX)), dummy: Arc::new(dummy), computed: Arc::default() }
    }

    /// How many hashes were computed so far.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// A hash that no password has, for accounts that are entered in another way.
    #[must_use]
    pub fn unusable(&self, randomness: &dyn Randomness) -> PasswordHash {
        PasswordHash(self.cost.hash_of_nothing(randomness))
    }

    /// Hashes a password with a fresh salt.
    pub async fn hash(&self, password: Zeroizing<String>, randomness: &dyn Randomness) -> PasswordHash {
        let salt: [u8; 16] = random_bytes(randomness);
        let argon2 = self.cost.argon2();
        self.on_the_pool(move || {
            let hash = argon2.hash_password_with_salt(password.as_bytes(), &salt);
            PasswordHash(hash.map(|hash| hash.to_string()).expect("the salt and the password have allowed lengths"))
        })
        .await
    }

    /// Whether the password is right. Takes equally long for unknown people, for whom there is no
    /// hash.
    pub async fn verify(&self, password: Zeroizing<String>, hash: Option<&PasswordHash>) -> bool {
        let is_known = hash.is_some();
        let stored = hash.map_or_else(|| self.dummy.to_string(), |hash| hash.0.clone());
        let argon2 = self.cost.argon2();
        let matches = self
            .on_the_pool(move || {
                PhcHash::new(&stored).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await;
        matches && is_known
    }

    async fn on_the_pool<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        self.computed.fetch_add(1, Ordering::Relaxed);
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

fn base64_no_pad(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandomness;

    fn password(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_known_person_is_accepted() {
        let randomness = SeededRandomness::new(1);
        let passwords = Passwords::new(PasswordCost::FULL, &randomness);
        let hash = passwords.hash(password("correct horse"), &randomness).await;
        assert!(hash.0.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
        assert!(passwords.verify(password("correct horse"), Some(&hash)).await);
        assert!(!passwords.verify(password("correct horsf"), Some(&hash)).await);
        assert!(!passwords.verify(password("correct horse"), None).await);
    }

    #[tokio::test]
    async fn the_dummy_is_a_hash_that_is_really_computed() {
        let passwords = Passwords::new(PasswordCost::FULL, &SeededRandomness::new(1));
        let hash = PhcHash::new(&passwords.dummy).unwrap();
        let refusal = PasswordCost::FULL.argon2().verify_password(b"anything", &hash);
        assert_eq!(refusal, Err(argon2::password_hash::Error::PasswordInvalid));
    }
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn two_are_hashed_at_a_time_and_no_more() {
        let passwords = Arc::new(Passwords::new(PasswordCost::LEAST, &SeededRandomness::new(1)));
        let (begin, begun) = std::sync::mpsc::channel();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = Arc::new(std::sync::Mutex::new(ended));
        let mut working = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let (passwords, begin, ended) = (Arc::clone(&passwords), begin.clone(), Arc::clone(&ended));
            working.spawn(async move {
                let work = move || {
                    begin.send(()).unwrap();
                    ended.lock().unwrap().recv().unwrap();
                };
                passwords.on_the_pool(work).await;
            });
        }
        let begun = tokio::task::spawn_blocking(move || {
            begun.recv().unwrap();
            begun.recv().unwrap();
            begun
        });
        let begun = begun.await.unwrap();
        assert_eq!(passwords.places.available_permits(), 0);
        assert!(begun.try_recv().is_err(), "the third waits");
        for _ in 0..3 {
            end.send(()).unwrap();
        }
        working.join_all().await;
        assert!(begun.try_recv().is_ok(), "and has its turn");
    }
}
