//! Tallyport's rules: money, ids, ledger, payments and signatures.
//!
//! Nothing here reads, writes, waits, asks for the time or draws a random number: those come in as
//! arguments, so that every rule can be tested by itself and runs in the browser as well.

pub mod administration;
pub mod announcement;
pub mod approval;
pub mod audit;
pub mod books;
pub mod card_number;
pub mod channel;
pub mod credential;
pub mod device;
pub mod environment;
pub mod fee;
pub mod icon;
pub mod ids;
pub mod json;
pub mod label;
pub mod language;
pub mod ledger;
pub mod money;
pub mod movement;
pub mod network;
pub mod oauth;
pub mod password;
pub mod payment;
pub mod place;
pub mod plan;
pub mod public_key;
pub mod purpose;
pub mod rate;
pub mod redirect_uri;
pub mod role;
pub mod routing;
pub mod sandbox_clock;
pub mod schedule;
pub mod scope;
pub mod settings;
pub mod signature;
pub mod switched_off;
pub mod team;
mod text_enum;

pub use environment::Environment;
pub use language::Language;
pub use money::{Currency, Money};
pub use purpose::{KeyPurpose, LinkPurpose, TokenAlgorithm};
pub use role::Role;
pub use team::TeamRole;

/// A text that names no value of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known {kind}")]
pub struct UnknownText {
    /// The enum that was asked for.
    pub kind: &'static str,
}
