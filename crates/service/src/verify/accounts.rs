//! Balances: currency by currency they sum to zero, and each is what its account's lines come to.

use tallyport_domain::ledger::AccountPurpose;
use tallyport_storage::Db;
use tallyport_storage::verify::{CheckedAccount, CheckedLine, Fault, accounts, currency_sums, find_account, lines};

use super::Watch;
use crate::error::ServiceError;

const LINES: &str = "ledger_entries";

/// The balances of each currency of each environment sum to zero.
pub(super) async fn check_sums(db: &Db, watch: &mut Watch<'_>) -> Result<(), ServiceError> {
    for sum in currency_sums(db).await? {
        if sum.sum_minor != 0 {
            watch.faults([fault(
                "the balances of a currency sum to zero",
                "accounts",
                format!("{} {}", sum.environment, sum.currency),
                sum.sum_minor,
                0,
            )]);
        }
    }
    Ok(())
}

/// Every account is what its lines come to.
pub(super) async fn check_lines(db: &Db, watch: &mut Watch<'_>) -> Result<(), ServiceError> {
    let mut after = String::new();
    loop {
        let page = accounts(db, &after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.id);
        for account in &page {
            check_account(db, account, watch).await?;
        }
        watch.walked("accounts", i64::try_from(page.len()).unwrap_or(i64::MAX));
    }
}

/// The lines of an account, added up one by one.
struct Running {
    sequence: i64,
    balance_minor: i128,
    /// The balance after as many lines as the account said it has.
    at_count: Option<i128>,
}

async fn check_account(db: &Db, account: &CheckedAccount, watch: &mut Watch<'_>) -> Result<(), ServiceError> {
    let may_be_negative = account.purpose.parse().is_ok_and(AccountPurpose::may_be_negative);
    if account.balance_minor < 0 && !may_be_negative {
        let rule = "what the platform owes is never below zero";
        watch.faults([fault(rule, "accounts", account.id.clone(), account.balance_minor, 0)]);
    }
    let mut running = Running { sequence: 0, balance_minor: 0, at_count: (account.entry_count == 0).then_some(0) };
    loop {
        let page = lines(db, &account.id, running.sequence).await?;
        if page.is_empty() {
            break;
        }
        for line in &page {
            check_line(&account.id, &mut running, line, watch);
            if line.sequence == account.entry_count {
                running.at_count = Some(running.balance_minor);
            }
        }
        watch.walked(LINES, i64::try_from(page.len()).unwrap_or(i64::MAX));
    }
    // Lines may have been added since the account was read, with the account; none may be missing.
    let lines_counted = running.sequence;
    let count = if lines_counted > account.entry_count {
        find_account(db, &account.id).await?.map_or(0, |now| now.entry_count.min(lines_counted))
    } else {
        account.entry_count
    };
    if count != lines_counted {
        let rule = "an account has as many lines as it says";
        watch.faults([fault(rule, "accounts", account.id.clone(), count, lines_counted)]);
    }
    let sum = running.at_count.unwrap_or(running.balance_minor);
    if i128::from(account.balance_minor) != sum {
        let rule = "a balance is the sum of its account's lines";
        watch.faults([fault(rule, "accounts", account.id.clone(), account.balance_minor, sum)]);
    }
    Ok(())
}

fn check_line(account_id: &str, running: &mut Running, line: &CheckedLine, watch: &mut Watch<'_>) {
    let place = || format!("{account_id} {} of {}", line.sequence, line.posting_id);
    if line.sequence != running.sequence + 1 {
        let rule = "lines are numbered from one without gaps";
        watch.faults([fault(rule, LINES, place(), line.sequence, running.sequence + 1)]);
    }
    let balance_minor = running.balance_minor + i128::from(line.amount_minor);
    if i128::from(line.balance_after_minor) != balance_minor {
        let rule = "a line carries the balance after it";
        watch.faults([fault(rule, LINES, place(), line.balance_after_minor, balance_minor)]);
    }
    if line.objects != 1 {
        let rule = "a line is about a payment that took money or about a movement";
        watch.faults([fault(rule, LINES, place(), line.objects, 1)]);
    }
    *running = Running { sequence: line.sequence, balance_minor, at_count: running.at_count };
}

fn fault(
    rule: &'static str,
    table: &'static str,
    place: String,
    stands: impl Into<i128>,
    follows: impl Into<i128>,
) -> Fault {
    Fault { rule, table, place, stands: stands.into().to_string(), follows: follows.into().to_string() }
}
