//! The write lane and what surrounds it, on both databases: crowds, races between processes, lost
//! processes, full queues and the end.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod ask;
mod batches;
mod by_hand;
mod clearing;
mod crowds;
mod due;
mod ending;
mod process;
mod races;
mod refusals;
mod sixteen;
mod verifying;
