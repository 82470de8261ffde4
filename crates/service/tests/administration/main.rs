//! Administration on both databases: who may decide, who is left, what the log says, what every process
//! sees.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]
#![allow(clippy::print_stdout, reason = "a test that counts tells how much it did")]

#[path = "../lane/ask.rs"]
#[allow(dead_code, reason = "shared with the tests of the write lane, which use more of it")]
mod ask;
#[path = "../ownership/crowd.rs"]
mod crowd;

mod announcements;
mod audit;
mod closing;
mod ground;
mod links;
mod overview;
mod people;
mod plans;
mod roles;
mod settings;
mod suspension;
