//! The built program under load, and what goes wrong beneath it: it is killed, its disk fails or is full,
//! the power goes. Whoever was told that a payment is made finds it there once, in books that add up.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod faults;
mod killed;
mod partner;
mod power_loss;
#[path = "../platform_tests/program.rs"]
#[allow(dead_code, reason = "this test starts and kills the program and asks it through the sdk")]
mod program;
mod recording;
