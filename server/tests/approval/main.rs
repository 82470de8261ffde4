//! Approval as browsers without scripts and partners see it.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../portal_account/browser.rs"]
#[allow(dead_code, reason = "shared with the tests of accounts, which use more of it")]
mod browser;
#[path = "../support/mod.rs"]
mod support;

mod documents;
mod live_tokens;
mod people;
mod walk;
