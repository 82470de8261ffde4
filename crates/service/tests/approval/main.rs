//! Approval on both databases: who may take which step, what everybody is told, and who wins.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod documents;
#[path = "../administration/ground.rs"]
#[allow(dead_code, reason = "shared with the tests of administration, which use more of it")]
mod ground;
mod queue;
mod races;
mod review;
mod rights;
mod shop;
mod submit;
