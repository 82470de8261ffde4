//! The books as a pure function: what each command does, what it refuses, and what holds whatever
//! comes.

#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod balances;
mod captures;
mod consents;
mod histories;
mod movements;
mod payments;
mod world;
