//! Moving money from the caller's balance to another account: at once, and inside the books only.

use crate::Money;
use crate::books::step::Step;
use crate::books::{MakeMovement, Outcome, Refusal};
use crate::ids::AccountId;
use crate::ledger::{AccountKey, AccountsOf, EntryRefusal, Posting};
use crate::movement::{MovementKind, MovementState};

pub(super) fn apply(step: &mut Step<'_, '_>, make: &MakeMovement, to: AccountId) -> Result<Outcome, Refusal> {
    let amount = make.amount.ok_or(Refusal::NoSuchAccount { account: to })?;
    let from_key = from(make, amount);
    let to_key = destination(step, to, from_key)?;
    let from = step.books.accounts.get(&from_key).map(|account| account.id);
    let nothing = Money::from_minor(0, amount.currency());
    let from = from.ok_or(EntryRefusal::InsufficientBalance { balance: nothing })?;
    let posting = Posting::transferred(from_key, to_key, amount);

    let mut transfer = make.begin(MovementKind::Transfer { from, to }, amount, step.now_ms);
    transfer.state = MovementState::Succeeded;
    step.post(&[posting], transfer.id)?;
    let event = step.tell_movement(&transfer);
    step.remember(&make.keyed, make.id, Some(event));
    step.add_movement(transfer, None);
    Ok(Outcome::Done { event })
}

fn from(make: &MakeMovement, amount: Money) -> AccountKey {
    let scope = &make.keyed.scope;
    let of =
        AccountsOf { application: scope.application_id, environment: scope.environment, currency: amount.currency() };
    of.available()
}

fn destination(step: &Step<'_, '_>, to: AccountId, from: AccountKey) -> Result<AccountKey, Refusal> {
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
