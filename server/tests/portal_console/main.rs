//! What teams do with their applications and keys in the portal, and what comes of it on the API.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[allow(dead_code, reason = "the part of it that accounts need is for another program")]
#[path = "../portal_account/browser.rs"]
mod browser;
#[path = "../support/mod.rs"]
mod support;

mod client_settings;
mod forms;
mod icons;
mod keys;
mod money;
mod payers;
mod roles;
mod signatures;
mod stopping;
mod teams;
