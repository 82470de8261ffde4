//! The ledger: accounts, and the named rules that move money between them.
//!
//! Credits are positive and debits negative, so the entries of every posting, and with them all the
//! balances of a currency, sum to zero.

mod account;
mod posting;
mod table;

pub use account::{Account, AccountKey, AccountPurpose, AccountsOf, Entry, EntryRefusal, Owner};
pub use posting::{Line, Posting, Rule};
pub use table::table;
