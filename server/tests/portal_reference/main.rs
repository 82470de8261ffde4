//! The generated API reference, the error pages and "try it", as a browser sees them.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[allow(dead_code, reason = "the browser can do more than these tests ask of it")]
#[path = "../portal_account/browser.rs"]
mod browser;
mod pages;
#[path = "../support/mod.rs"]
mod support;
mod try_it;
