//! What the write lane needs of the database: everything a batch of commands touches, loaded with a
//! few set-based queries, and everything it changed, written with a few multi-row statements.
//!
//! Rows are locked payments first, then accounts, each in the order of their ids, so that several
//! processes on PostgreSQL wait for each other instead of dead-locking.

mod audit;
mod calls;
mod load;
mod write;

pub use audit::broken_rules;
pub use calls::{delete_expired_nonces, lease_due_calls};
pub use load::load;
pub use write::{Rendered, write};
