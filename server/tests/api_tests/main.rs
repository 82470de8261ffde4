//! The open API, tested as its partners see it, on both databases.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../support/mod.rs"]
mod support;

mod payments;
