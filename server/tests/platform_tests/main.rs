//! The server's platform, tested from outside: the built program, its settings, its exit codes, its
//! limits and its end. Knows nothing of payments or pages.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]
#![allow(clippy::print_stdout, reason = "a test that counts tells how much it did")]

#[path = "../portal_account/mail_server.rs"]
#[allow(dead_code, reason = "each test program uses the part that it needs")]
mod mail_server;

mod answers;
mod canaries;
mod commands;
mod drain;
mod exit_codes;
mod limits;
#[allow(dead_code, reason = "each test program uses the part that it needs")]
mod program;
mod settings;
mod tls;
