//! The server's platform, tested from outside: the built program, its settings, its exit codes, its
//! limits and its end. Knows nothing of payments or pages.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod answers;
mod commands;
mod drain;
mod exit_codes;
mod limits;
mod program;
mod settings;
mod tls;
