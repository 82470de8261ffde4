//! Every line of Tallyport's SQL, one text for SQLite and PostgreSQL.
//!
//! Owns the connection pools, transactions, migrations and one file of statements per table. It
//! decides nothing: what may happen to a row is said by `tallyport_domain`, when and in which
//! transaction by the service.

mod column;
mod conn;
mod db;
mod dialect;
mod error;
mod locking;
mod on;
mod open_error;
mod postgres;
mod rows;
mod scratch_folder;
mod sqlite;
mod url;

pub mod account_changes;
pub mod administration;
pub mod announcements;
pub mod application_icons;
pub mod applications;
pub mod approval;
pub mod audit;
pub mod authorization;
pub mod batches;
pub mod calls;
pub mod channel_instances;
pub mod credentials;
pub mod crowd;
pub mod data_keys;
pub mod developers;
pub mod events;
pub mod expired;
pub mod fees;
pub mod holders;
#[cfg(any(test, feature = "test-support"))]
pub mod integrity;
pub mod lane;
pub mod ledger;
pub mod mails;
pub mod migrate;
pub mod movements;
pub mod one_time_links;
pub mod outside_identities;
pub mod payments;
pub mod plans;
pub mod platform_keys;
pub mod processes;
pub mod public_keys;
pub mod recovery_codes;
pub mod sandbox_clocks;
pub mod sessions;
pub mod settings;
pub mod switched_off;
pub mod team_invitations;
pub mod teams;
#[cfg(any(test, feature = "test-support"))]
pub mod test_support;
pub mod totp;
pub mod verify;

pub use conn::{Conn, Reader, Tx};
pub use db::{Db, DbOptions};
pub use dialect::Dialect;
pub use error::StorageError;
pub use open_error::OpenError;
pub use url::{DatabaseUrl, InvalidDatabaseUrl};
