//! The open API, tested as its partners see it, on both databases.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

#[path = "../support/mod.rs"]
mod support;

mod amounts;
mod answer_signatures;
mod bearer;
mod bodies;
mod browsers;
mod client_credentials;
mod discovery;
mod encrypted;
mod examples;
mod foreign_clients;
mod forge;
mod front_door;
mod idempotency;
mod life_cycle;
mod lists;
mod movements;
mod nonces;
mod orders;
mod payments;
mod problems;
mod rate_limits;
mod sandbox_clock;
mod sdk;
mod signature_lifetimes;
mod signatures;
mod token_algorithms;
mod token_lifetimes;
mod wallets;
