//! The books of the whole platform as administrators see them.

use std::collections::BTreeMap;

use tallyport_domain::ledger::AccountPurpose;
use tallyport_domain::{Currency, Environment};
use tallyport_storage::administration::{self, PurposeTotal};

use super::Administrator;
use super::unknown::{self, UnknownOutcomes};
use crate::Services;
use crate::error::ServiceError;
use crate::lane::LaneFigures;

/// The platform's money at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyOverview {
    /// Each currency of each environment.
    pub books: Vec<CurrencyBook>,
    /// How this process's write lane does.
    pub lane: LaneFigures,
    /// How many objects a worker should have looked at by now.
    pub overdue: i64,
    /// What nobody knows the outcome of.
    pub unknown: UnknownOutcomes,
}

/// All accounts of one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyBook {
    /// The world.
    pub environment: Environment,
    /// The currency.
    pub currency: Currency,
    /// How many accounts there are.
    pub accounts: i64,
    /// What they hold, by what they are for.
    pub totals: Vec<(AccountPurpose, i128)>,
}

impl CurrencyBook {
    /// The sum of all balances: zero, or the book is broken.
    #[must_use]
    pub fn sum_minor(&self) -> i128 {
        self.totals.iter().map(|(_, minor)| minor).sum()
    }
}

impl Services {
    /// The platform's money at a glance.
    pub async fn money_overview(&self, _by: &Administrator) -> Result<MoneyOverview, ServiceError> {
        let mut reader = self.db().read().await?;
        let totals = administration::purpose_totals(&mut reader).await?;
        let overdue = administration::overdue_work(&mut reader, self.clock().now_ms()).await?;
        let unknown = unknown::load(&mut reader).await?;
        Ok(MoneyOverview { books: books(totals), lane: self.lane().figures(), overdue, unknown })
    }
}

fn books(totals: Vec<PurposeTotal>) -> Vec<CurrencyBook> {
    let mut books: BTreeMap<(&'static str, &'static str), CurrencyBook> = BTreeMap::new();
    for total in totals {
        let book = books.entry((total.environment.as_str(), total.currency.code())).or_insert_with(|| CurrencyBook {
            environment: total.environment,
            currency: total.currency,
            accounts: 0,
            totals: Vec::new(),
        });
        book.accounts += total.accounts;
        book.totals.push((total.purpose, total.balance_minor));
    }
    books.into_values().collect()
}
