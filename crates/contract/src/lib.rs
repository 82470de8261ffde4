//! What goes over Tallyport's wire: requests, responses, events and error codes.
//!
//! The types here are exactly what a partner sees. They hold texts, not rules: the domain's types
//! are made from them at the edge and turned back into them on the way out.

pub mod application;
pub mod balance;
pub mod echo;
pub mod event;
pub mod language;
pub mod ledger_entry;
pub mod list;
pub mod metadata;
pub mod movement;
mod optional;
pub mod payment;
pub mod problem;
pub mod sandbox_clock;
pub mod strict;
pub mod time;
pub mod token;

pub use language::{Language, Text};
pub use problem::{ErrorCode, Problem};

/// The header by which a page tells the server, and nobody else, at which other origin its form ends.
pub const FORM_LEADS_TO: &str = "x-form-leads-to";
