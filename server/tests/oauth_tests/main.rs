//! The authorization server, tested as clients and account holders see it, on both databases.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod assertions;
mod client;
mod codes;
mod devices;
mod doubled;
mod dpop;
mod keys;
mod lifecycle;
mod oauth2_crate;
#[cfg(feature = "portal")]
mod pages;
mod payments;
mod pushed;
mod redirects;
mod refreshing;
