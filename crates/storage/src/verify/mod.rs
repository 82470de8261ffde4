//! Going over the whole book, page by page: what must hold between rows and no single constraint can
//! say. Each page is read from one unchanging state of its own, so a walk takes little memory, holds
//! nobody up and is not fooled by what is written meanwhile.

mod accounts;
mod rules;
mod walk;

pub use accounts::{CheckedAccount, CheckedLine, CurrencySum, accounts, currency_sums, find_account, lines};
pub use rules::WALKS;
pub use walk::{Page, Walk, Walker};

/// A place where a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule, in words.
    pub rule: &'static str,
    /// The table of the row that breaks it.
    pub table: &'static str,
    /// What tells the row from the others.
    pub place: String,
    /// What the row says.
    pub stands: String,
    /// What it had to say, as everything else has it.
    pub follows: String,
}

#[cfg(test)]
mod tests;
