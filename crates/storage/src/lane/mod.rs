//! What the write lane needs of the database: everything a batch of commands touches, loaded with a
//! few set-based queries, and everything it changed, written with a few multi-row statements.
//!
//! Rows are locked payments first, then movements, clocks, accounts and consents, each in the order of their ids, so
//! that several processes on PostgreSQL wait for each other instead of dead-locking. What is only
//! looked up is read after that: then it shows what those did who were waited for.

mod accounts;
mod consents;
mod due;
mod held;
mod load;
mod look_up;
mod statistics;
mod write;
mod write_objects;

pub use due::{Lease, lease_due_work, postpone};
pub use load::load;
pub use statistics::refresh_statistics;
pub use write::{Rendered, write};
