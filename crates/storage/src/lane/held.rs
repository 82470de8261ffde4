//! What a batch holds until its end: the clocks of sandboxes, and the accounts that money may move between. The fees
//! come along, because one question for all of it is one trip to the database.

use std::collections::HashSet;

use tallyport_domain::Currency;
use tallyport_domain::books::{Books, Command};
use tallyport_domain::ids::AppId;
use tallyport_domain::ledger::AccountKey;

use super::accounts::AccountRow;
use crate::column::RowOf;
use crate::fees::FeeRow;
use crate::rows::{RowTexts, ask};
use crate::sandbox_clocks::ClockRow;
use crate::{StorageError, Tx};

/// What a row is; the columns of the others are empty.
const CLOCK: i64 = 1;
const FEE: i64 = 2;
const ACCOUNT: i64 = 3;

/// PostgreSQL works on the parts in their order, so clocks are locked before accounts. SQLite keeps the order of a
/// `CROSS JOIN`, so it searches the table once per key.
static HELD: RowTexts = RowTexts::new(
    "WITH clock_wanted (application_id) AS (VALUES {}), \
     fee_wanted (application_id, currency) AS (VALUES {}), \
     account_wanted (owner, environment, purpose, currency) AS (VALUES {}), \
     clock AS (\
     SELECT known.application_id, known.frozen_at_ms, known.ahead_ms \
     FROM clock_wanted AS wanted CROSS JOIN sandbox_clocks AS known \
     WHERE known.application_id = wanted.application_id ORDER BY known.application_id{lock}), \
     account AS (\
     SELECT known.id, known.owner, known.environment, known.purpose, known.currency, known.balance_minor, \
     known.entry_count, known.created_at_ms FROM account_wanted AS wanted CROSS JOIN accounts AS known \
     WHERE known.owner = wanted.owner AND known.environment = wanted.environment \
     AND known.purpose = wanted.purpose AND known.currency = wanted.currency \
     ORDER BY known.owner, known.environment, known.purpose, known.currency{lock}) \
     SELECT CAST(1 AS BIGINT) AS kind, application_id AS id, CAST(NULL AS TEXT) AS owner, \
     CAST(NULL AS TEXT) AS environment, CAST(NULL AS TEXT) AS purpose, CAST(NULL AS TEXT) AS currency, \
     frozen_at_ms, ahead_ms, CAST(NULL AS BIGINT) AS basis_points, CAST(NULL AS BIGINT) AS fixed_minor, \
     CAST(NULL AS BIGINT) AS balance_minor, CAST(NULL AS BIGINT) AS entry_count, \
     CAST(NULL AS BIGINT) AS created_at_ms FROM clock \
     UNION ALL \
     SELECT 2, known.application_id, NULL, NULL, NULL, known.currency, NULL, NULL, known.basis_points, \
     known.fixed_minor, NULL, NULL, NULL FROM fee_wanted AS wanted CROSS JOIN fees AS known \
     WHERE known.application_id = wanted.application_id AND known.currency = wanted.currency \
     UNION ALL \
     SELECT 3, id, owner, environment, purpose, currency, NULL, NULL, NULL, NULL, balance_minor, entry_count, \
     created_at_ms FROM account",
    &[1, 2, 4],
);

/// What the commands need.
struct Wanted {
    clocks: Vec<AppId>,
    fees: Vec<(AppId, Currency)>,
    accounts: Vec<AccountKey>,
}

impl Wanted {
    /// Clocks and accounts stand in the order in which they are locked, across statements as well.
    fn by(books: &Books, commands: &[Command]) -> Self {
        let clocks: HashSet<AppId> = commands.iter().filter_map(|command| books.sandbox_of(command)).collect();
        let mut clocks: Vec<AppId> = clocks.into_iter().collect();
        clocks.sort_unstable();

        let fees: HashSet<(AppId, Currency)> = commands.iter().filter_map(Command::charged).collect();

        let mut touched = Vec::with_capacity(commands.len() * 3);
        for command in commands {
            books.accounts_of(command, &mut touched);
        }
        let accounts: HashSet<AccountKey> = touched.into_iter().collect();
        let mut accounts: Vec<AccountKey> = accounts.into_iter().collect();
        accounts.sort_by_cached_key(|key| {
            (key.owner.to_string(), key.environment.as_str(), key.purpose.as_str(), key.currency.code())
        });
        Self { clocks, fees: fees.into_iter().collect(), accounts }
    }
}

/// Adds to the books what the commands need, locked where it may change.
pub(super) async fn add(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let wanted = Wanted::by(books, commands);
    let groups = [wanted.clocks.len(), wanted.fees.len(), wanted.accounts.len()];
    let found: Vec<Found> = ask(tx, &HELD, &groups, |values, places| {
        for place in places.clone() {
            values.add(wanted.clocks.get(place).map(ToString::to_string))?;
        }
        for place in places.clone() {
            let fee = wanted.fees.get(place);
            values.add(fee.map(|(application_id, _)| application_id.to_string()))?;
            values.add(fee.map(|(_, currency)| currency.code()))?;
        }
        for place in places {
            let account = wanted.accounts.get(place);
            values.add(account.map(|key| key.owner.to_string()))?;
            values.add(account.map(|key| key.environment.as_str()))?;
            values.add(account.map(|key| key.purpose.as_str()))?;
            values.add(account.map(|key| key.currency.code()))?;
        }
        Ok(())
    })
    .await?;
    found.into_iter().try_for_each(|found| found.add_to(books))
}

/// A row of the answer.
#[derive(sqlx::FromRow)]
struct Found {
    kind: i64,
    id: String,
    owner: Option<String>,
    environment: Option<String>,
    purpose: Option<String>,
    currency: Option<String>,
    frozen_at_ms: Option<i64>,
    ahead_ms: Option<i64>,
    basis_points: Option<i64>,
    fixed_minor: Option<i64>,
    balance_minor: Option<i64>,
    entry_count: Option<i64>,
    created_at_ms: Option<i64>,
}

impl Found {
    fn add_to(self, books: &mut Books) -> Result<(), StorageError> {
        match self.kind {
            CLOCK => {
                let (application_id, clock) = self.clock()?.read()?;
                books.clocks.insert(application_id, clock);
            }
            FEE => {
                let (charged, fee) = self.fee()?.read()?;
                books.fees.insert(charged, fee);
            }
            ACCOUNT => {
                let account = self.account()?.read()?;
                books.accounts.insert(account.key, account);
            }
            _ => return Err(RowOf { table: "what is held", id: &self.id }.corrupt("kind")),
        }
        Ok(())
    }

    fn clock(self) -> Result<ClockRow, StorageError> {
        let row = RowOf { table: "sandbox_clocks", id: &self.id };
        let ahead_ms = row.some("ahead_ms", self.ahead_ms)?;
        Ok(ClockRow { frozen_at_ms: self.frozen_at_ms, ahead_ms, application_id: self.id })
    }

    fn fee(self) -> Result<FeeRow, StorageError> {
        let row = RowOf { table: "fees", id: &self.id };
        Ok(FeeRow {
            currency: row.some("currency", self.currency)?,
            basis_points: row.some("basis_points", self.basis_points)?,
            fixed_minor: row.some("fixed_minor", self.fixed_minor)?,
            application_id: self.id,
        })
    }

    fn account(self) -> Result<AccountRow, StorageError> {
        let row = RowOf { table: "accounts", id: &self.id };
        Ok(AccountRow {
            owner: row.some("owner", self.owner)?,
            environment: row.some("environment", self.environment)?,
            purpose: row.some("purpose", self.purpose)?,
            currency: row.some("currency", self.currency)?,
            balance_minor: row.some("balance_minor", self.balance_minor)?,
            entry_count: row.some("entry_count", self.entry_count)?,
            created_at_ms: row.some("created_at_ms", self.created_at_ms)?,
            id: self.id,
        })
    }
}
