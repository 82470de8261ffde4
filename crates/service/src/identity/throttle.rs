//! How often somebody may try to sign in: a limit per account, against guessing one password, and a
//! wider one per network, against trying one password on many accounts.
//!
//! Counts live in this process's memory: they must answer before a password is hashed, and losing
//! them at a restart gives nobody more than one more window.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::EmailAddress;
use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

/// The time in which a spent allowance grows back.
const WINDOW_MS: i64 = 15 * 60 * 1000;
/// Failed tries on one account per window.
const ACCOUNT_TRIES_MAX: i64 = 10;
/// Failed tries from one network per window.
const NETWORK_TRIES_MAX: i64 = 30;
/// Accounts and networks that are remembered at once; beyond, those with most left are forgotten.
const REMEMBERED_MAX: usize = 100_000;

/// How a try to sign in ends.
#[derive(Debug)]
pub enum SignInAnswer {
    /// Address and password are this person's.
    SignedIn(Member),
    /// They are nobody's; it is not told which of the two is wrong.
    Wrong,
    /// The password was not even looked at.
    TooManyTries {
        /// When the next try will be.
        retry_after_ms: i64,
    },
}

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    /// An address, by a hash: the length of a text that a stranger sends is not kept.
    Account(u64),
    Network(IpAddr),
}

impl Counted {
    const fn tries_max(self) -> i64 {
        match self {
            Self::Account(_) => ACCOUNT_TRIES_MAX,
            Self::Network(_) => NETWORK_TRIES_MAX,
        }
    }

    /// Every try costs so much time, and a whole window of it may be owed.
    const fn cost_ms(self) -> i64 {
        WINDOW_MS / self.tries_max()
    }
}

/// When each account and network will have its whole allowance again (the "theoretical arrival
/// time" of the generic cell rate algorithm): one number each, and nobody has to count back.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<Counted, i64>>);

impl Throttle {
    /// Takes a try from all, or from none: then says how long to wait.
    fn take(&self, counted: &[Counted], now_ms: i64) -> Result<(), i64> {
        let mut whole_at = self.lock();
        let due = |whole_at: &HashMap<Counted, i64>, one: &Counted| {
            // A clock that was set back must not lock anybody out for longer than a window.
            whole_at.get(one).map_or(now_ms, |at| (*at).clamp(now_ms, now_ms + WINDOW_MS))
        };
        let wait_ms = counted.iter().map(|one| due(&whole_at, one) + one.cost_ms() - now_ms - WINDOW_MS).max();
        if let Some(wait_ms) = wait_ms.filter(|wait_ms| *wait_ms > 0) {
            return Err(wait_ms);
        }
        if whole_at.len() + counted.len() > REMEMBERED_MAX {
            forget(&mut whole_at, now_ms);
        }
        for one in counted {
            let at = due(&whole_at, one) + one.cost_ms();
            whole_at.insert(*one, at);
        }
        Ok(())
    }

    /// Gives a try back that turned out to be its owner's.
    fn give_back(&self, counted: &[Counted]) {
        let mut whole_at = self.lock();
        for one in counted {
            if let Some(at) = whole_at.get_mut(one) {
                *at -= one.cost_ms();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Counted, i64>> {
        // A number is whole whatever panicked beside it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes room: those with their whole allowance go, then the half with the most of it.
fn forget(whole_at: &mut HashMap<Counted, i64>, now_ms: i64) {
    whole_at.retain(|_, at| *at > now_ms);
    if whole_at.len() < REMEMBERED_MAX / 2 {
        return;
    }
    let mut times: Vec<i64> = whole_at.values().copied().collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    whole_at.retain(|_, at| *at > median);
}

/// What an address counts as: an IPv6 customer has a whole /64, so all of it is one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

fn account(email: &EmailAddress) -> Counted {
    let mut hasher = DefaultHasher::new();
    email.key().hash(&mut hasher);
    Counted::Account(hasher.finish())
}

impl Services {
    /// Signs in, as often as account and network are allowed to try. A try that succeeds is free.
    pub async fn try_sign_in(
        &self,
        from: Option<IpAddr>,
        email: &str,
        password: Zeroizing<String>,
    ) -> Result<SignInAnswer, ServiceError> {
        let mut counted: Vec<Counted> = from.map(|address| Counted::Network(network(address))).into_iter().collect();
        counted.extend(email.parse().ok().as_ref().map(account));
        if let Err(retry_after_ms) = self.throttle().take(&counted, self.clock().now_ms()) {
            return Ok(SignInAnswer::TooManyTries { retry_after_ms });
        }
        let Some(member) = self.sign_in(email, password).await? else { return Ok(SignInAnswer::Wrong) };
        self.throttle().give_back(&counted);
        Ok(SignInAnswer::SignedIn(member))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_700_000_000_000;
    const ADA: Counted = Counted::Account(1);

    fn from(address: &str) -> Counted {
        Counted::Network(network(address.parse().unwrap()))
    }

    #[test]
    fn eleventh_try_on_an_account_waits_and_then_one_comes_back() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            assert_eq!(throttle.take(&[ADA], NOW_MS), Ok(()));
        }
        let wait_ms = throttle.take(&[ADA], NOW_MS).unwrap_err();
        assert_eq!(wait_ms, WINDOW_MS / ACCOUNT_TRIES_MAX);
        assert!(throttle.take(&[ADA], NOW_MS + wait_ms - 1).is_err());
        assert_eq!(throttle.take(&[ADA], NOW_MS + wait_ms), Ok(()));
        assert!(throttle.take(&[ADA], NOW_MS + wait_ms).is_err());
    }

    #[test]
    fn a_window_later_everything_is_forgiven() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS).unwrap();
        }
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS + WINDOW_MS).unwrap();
        }
    }

    #[test]
    fn one_network_cannot_try_many_accounts_but_others_still_can() {
        let throttle = Throttle::default();
        for guess in 0..NETWORK_TRIES_MAX.unsigned_abs() {
            throttle.take(&[Counted::Account(guess), from("203.0.113.9")], NOW_MS).unwrap();
        }
        assert!(throttle.take(&[Counted::Account(99), from("203.0.113.9")], NOW_MS).is_err());
        assert_eq!(throttle.take(&[Counted::Account(99), from("203.0.113.10")], NOW_MS), Ok(()));
    }

    #[test]
    fn a_refused_try_costs_the_other_one_nothing() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS).unwrap();
        }
        for _ in 0..NETWORK_TRIES_MAX {
            throttle.take(&[ADA, from("203.0.113.9")], NOW_MS).unwrap_err();
        }
        assert_eq!(throttle.take(&[from("203.0.113.9")], NOW_MS), Ok(()));
    }

    #[test]
    fn tries_that_succeed_are_free() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX * 3 {
            throttle.take(&[ADA], NOW_MS).unwrap();
            throttle.give_back(&[ADA]);
        }
        assert_eq!(throttle.take(&[ADA], NOW_MS), Ok(()));
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_longer_than_a_window() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS).unwrap();
        }
        let wait_ms = throttle.take(&[ADA], NOW_MS - 10 * WINDOW_MS).unwrap_err();
        assert!(wait_ms <= WINDOW_MS);
    }

    #[test]
    fn ipv6_counts_by_its_64_and_mapped_ipv4_as_ipv4() {
        assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::9"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
        assert_eq!(from("::ffff:203.0.113.9"), from("203.0.113.9"));
    }

    #[test]
    fn memory_is_bounded_and_the_most_wanted_stay() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS).unwrap();
        }
        for guess in 0..REMEMBERED_MAX as u64 + 10 {
            throttle.take(&[Counted::Account(1000 + guess)], NOW_MS).unwrap();
        }
        assert!(throttle.lock().len() <= REMEMBERED_MAX);
        assert!(throttle.take(&[ADA], NOW_MS).is_err());
    }
}
