//! The account holder who pays, when it is one: then their consent says exactly what.

use crate::ids::{GrantId, HolderId};
use crate::ledger::{AccountKey, AccountsOf};
use crate::oauth::Payee;

/// An account holder who consented to a payment and pays it from their wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Who pays.
    pub holder_id: HolderId,
    /// The grant whose consent the payment uses up.
    pub grant_id: GrantId,
    /// Whom they mean to pay.
    pub payee: Payee,
}

impl Payer {
    /// Their wallet in the world and currency of a payment.
    #[must_use]
    pub const fn wallet(&self, of: AccountsOf) -> AccountKey {
        of.wallet(self.holder_id)
    }
}
