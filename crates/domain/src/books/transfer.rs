//! Moving money from the caller's balance to another account: at once, and inside the books only.

use crate::Money;
use crate::books::step::Step;
use crate::books::{MakeMovement, Outcome, Refusal, TransferTo};
use crate::ids::AccountId;
use crate::ledger::{AccountKey, AccountsOf, EntryRefusal, Posting};
use crate::movement::{MovementKind, MovementState};

pub(super) fn apply(step: &mut Step<'_, '_>, make: &MakeMovement, to: TransferTo) -> Result<Outcome, Refusal> {
    let amount = make.amount.expect("only a refund may leave its amount open");
    let of = accounts(make, amount);
    let from_key = of.available();
    let to_key = match to {
        TransferTo::Account(id) => named(step, id, from_key)?,
        TransferTo::Wallet(holder) => of.wallet(holder),
    };
    let from = step.books.accounts.get(&from_key).map(|account| account.id);
    let nothing = Money::from_minor(0, amount.currency());
    let from = from.ok_or(EntryRefusal::InsufficientBalance { balance: nothing })?;
    step.post(&[Posting::transferred(from_key, to_key, amount)], make.id)?;

    let to = step.books.accounts.get(&to_key).expect("a posting opens the accounts that it needs").id;
    let mut transfer = make.begin(MovementKind::Transfer { from, to }, amount, step.now_ms);
    transfer.state = MovementState::Succeeded;
    let event = step.tell_movement(&transfer);
    step.remember(&make.keyed, make.id, Some(event));
    step.add_movement(transfer, None);
    Ok(Outcome::Done { event })
}

fn accounts(make: &MakeMovement, amount: Money) -> AccountsOf {
    let scope = &make.keyed.scope;
    AccountsOf { application: scope.application_id, environment: scope.environment, currency: amount.currency() }
}

fn named(step: &Step<'_, '_>, to: AccountId, from: AccountKey) -> Result<AccountKey, Refusal> {
    let key = step.books.account_keys.get(&to).copied();
    let takes = |key: &AccountKey| {
        key.purpose.takes_transfers() && key.environment == from.environment && key.currency == from.currency
    };
    match key.filter(takes) {
        Some(key) if key == from => Err(Refusal::SameAccount),
        Some(key) => Ok(key),
        None => Err(Refusal::NoSuchAccount { account: to }),
    }
}
