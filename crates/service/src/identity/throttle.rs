//! How often somebody may try what can be guessed or what sends mail: a limit per account, against
//! guessing one secret from many places, and a wider one per network, against trying one secret on
//! many accounts.
//!
//! Counts live in this process's memory: they must answer before a password is hashed, and losing
//! them at a restart gives nobody more than one more window.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tallyport_domain::rate::Allowance;

use crate::Services;

const QUARTER_S: u32 = 15 * 60;
const HOUR_S: u32 = 60 * 60;
/// Accounts and networks that are remembered at once; beyond, those with most left are forgotten.
const REMEMBERED_MAX: usize = 100_000;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Attempt {
    /// A password.
    Password,
    /// A code of the second step.
    SecondStep,
    /// The token of a link.
    Link,
    /// To have a mail sent, by signing up, asking for a link or moving to another address.
    Mail,
}

impl Attempt {
    const fn of_account(self) -> Allowance {
        match self {
            Self::Password => Allowance::per_window(10, QUARTER_S),
            Self::SecondStep => Allowance::per_window(5, QUARTER_S),
            Self::Link => Allowance::per_window(30, QUARTER_S),
            Self::Mail => Allowance::per_window(5, HOUR_S),
        }
    }

    const fn of_network(self) -> Allowance {
        match self {
            Self::Password | Self::SecondStep => Allowance::per_window(30, QUARTER_S),
            Self::Link => Allowance::per_window(60, QUARTER_S),
            Self::Mail => Allowance::per_window(120, HOUR_S),
        }
    }
}

/// Too many tries: this one was not even looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries")]
pub struct TooManyTries {
    /// When the next try will be.
    pub retry_after_ms: i64,
}

/// Who is counted, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Counted {
    attempt: Attempt,
    who: Who,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    /// An account, by a hash: the length of a text that a stranger sends is not kept.
    Account(u64),
    Network(IpAddr),
}

impl Counted {
    const fn allowance(self) -> Allowance {
        match self.who {
            Who::Account(_) => self.attempt.of_account(),
            Who::Network(_) => self.attempt.of_network(),
        }
    }
}

/// When each account and network will have its whole allowance again.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<Counted, i64>>);

impl Throttle {
    /// Takes a try from all, or from none: then says how long to wait.
    fn take(&self, counted: &[Counted], now_ms: i64) -> Result<(), i64> {
        let now_us = now_ms.saturating_mul(1000);
        let mut whole_at_us = self.lock();
        let mut taken = Vec::with_capacity(counted.len());
        let mut wait_ms = 0;
        for one in counted {
            let at_us = whole_at_us.get(one).copied().unwrap_or(now_us);
            match one.allowance().take(at_us, now_us) {
                Ok((after_us, _)) => taken.push((*one, after_us)),
                Err(refused) => wait_ms = refused.wait_ms.max(wait_ms),
            }
        }
        if wait_ms > 0 {
            return Err(wait_ms);
        }
        if whole_at_us.len() + counted.len() > REMEMBERED_MAX {
            forget(&mut whole_at_us, now_us);
        }
        whole_at_us.extend(taken);
        Ok(())
    }

    /// Gives a try back that turned out to be its owner's.
    fn give_back(&self, counted: &[Counted]) {
        let mut whole_at_us = self.lock();
        for one in counted {
            if let Some(at_us) = whole_at_us.get_mut(one) {
                *at_us = one.allowance().give_back(*at_us);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Counted, i64>> {
        // A number is whole whatever panicked beside it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes room: those with their whole allowance go, then the half with the most of it.
fn forget(whole_at_us: &mut HashMap<Counted, i64>, now_us: i64) {
    whole_at_us.retain(|_, at_us| *at_us > now_us);
    if whole_at_us.len() < REMEMBERED_MAX / 2 {
        return;
    }
    let mut times: Vec<i64> = whole_at_us.values().copied().collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    whole_at_us.retain(|_, at_us| *at_us > median);
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

fn account(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// A try that was taken. It is spent, unless it turns out to have been its owner's.
#[derive(Debug)]
pub(crate) struct Taken(Vec<Counted>);

impl Services {
    /// Takes a try from an account, named by its address or id, and from a network; from both or
    /// from none.
    pub(crate) fn take_try(
        &self,
        attempt: Attempt,
        name: Option<&str>,
        from: Option<IpAddr>,
    ) -> Result<Taken, TooManyTries> {
        let whose = [name.map(|name| Who::Account(account(name))), from.map(|from| Who::Network(network(from)))];
        let counted: Vec<Counted> = whose.into_iter().flatten().map(|who| Counted { attempt, who }).collect();
        match self.throttle().take(&counted, self.clock().now_ms()) {
            Ok(()) => Ok(Taken(counted)),
            Err(retry_after_ms) => {
                metrics::counter!("tallyport_tries_refused_total").increment(1);
                Err(TooManyTries { retry_after_ms })
            }
        }
    }

    /// Gives a try back that turned out to be its owner's.
    pub(crate) fn give_back(&self, taken: &Taken) {
        self.throttle().give_back(&taken.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_700_000_000_000;
    const WINDOW_MS: i64 = 15 * 60 * 1000;
    const ACCOUNT_TRIES_MAX: i64 = 10;
    const NETWORK_TRIES_MAX: i64 = 30;
    const ADA: Counted = of_account(1);

    const fn of_account(number: u64) -> Counted {
        Counted { attempt: Attempt::Password, who: Who::Account(number) }
    }

    fn from(address: &str) -> Counted {
        Counted { attempt: Attempt::Password, who: Who::Network(network(address.parse().unwrap())) }
    }

    #[test]
    fn what_is_tried_is_counted_apart() {
        let throttle = Throttle::default();
        for _ in 0..ACCOUNT_TRIES_MAX {
            throttle.take(&[ADA], NOW_MS).unwrap();
        }
        assert!(throttle.take(&[ADA], NOW_MS).is_err());
        assert_eq!(throttle.take(&[Counted { attempt: Attempt::Mail, ..ADA }], NOW_MS), Ok(()));
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
            throttle.take(&[of_account(guess), from("203.0.113.9")], NOW_MS).unwrap();
        }
        assert!(throttle.take(&[of_account(99), from("203.0.113.9")], NOW_MS).is_err());
        assert_eq!(throttle.take(&[of_account(99), from("203.0.113.10")], NOW_MS), Ok(()));
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
            throttle.take(&[of_account(1000 + guess)], NOW_MS).unwrap();
        }
        assert!(throttle.lock().len() <= REMEMBERED_MAX);
        assert!(throttle.take(&[ADA], NOW_MS).is_err());
    }
}
